using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Discovery.Identity.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Subscriptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "subscription",
                table: "letters",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "news_issues",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    through = table.Column<long>(type: "bigint", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_news_issues", x => new { x.round, x.number });
                });

            migrationBuilder.CreateTable(
                name: "round_news",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    phase = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    ends = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issue = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_news", x => new { x.round, x.key });
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    address = table.Column<byte[]>(type: "bytea", nullable: false),
                    region = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                });

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

            migrationBuilder.AddForeignKey(
                name: "fk_letters_subscriptions_subscription",
                table: "letters",
                column: "subscription",
                principalTable: "subscriptions",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
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
