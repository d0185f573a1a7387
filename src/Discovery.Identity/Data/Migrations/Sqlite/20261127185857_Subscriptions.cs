using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Identity.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Subscriptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "news_issues",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    through = table.Column<long>(type: "INTEGER", nullable: false),
                    written_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_news_issues", x => new { x.round, x.number });
                });

            migrationBuilder.CreateTable(
                name: "round_news",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    phase = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ends = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    heard_at = table.Column<long>(type: "INTEGER", nullable: false),
                    issue = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_news", x => new { x.round, x.key });
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    region = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    version = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                });

            // By hand: with AddForeignKey the whole table is built anew, outside of the migration's transaction.
            migrationBuilder.Sql("alter table letters add column subscription integer null constraint fk_letters_subscriptions_subscription references subscriptions (id) on delete cascade");

            migrationBuilder.CreateIndex(
                name: "ix_letters_subscription",
                table: "letters",
                column: "subscription");

            migrationBuilder.CreateIndex(
                name: "ix_news_issues_written_at",
                table: "news_issues",
                column: "written_at");

            migrationBuilder.CreateIndex(
                name: "ix_round_news_issue",
                table: "round_news",
                column: "issue");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_address_region",
                table: "subscriptions",
                columns: new[] { "address", "region" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_token_hash",
                table: "subscriptions",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_letters_subscriptions_subscription",
                table: "letters");

            migrationBuilder.DropTable(
                name: "news_issues");

            migrationBuilder.DropTable(
                name: "round_news");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropIndex(
                name: "ix_letters_subscription",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "subscription",
                table: "letters");
        }
    }
}
