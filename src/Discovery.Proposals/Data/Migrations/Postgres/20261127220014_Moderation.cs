using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Proposals.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Moderation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "acts");

            migrationBuilder.AddColumn<long>(
                name: "appeal_heard",
                table: "proposals",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "appealed_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "decision_heard",
                table: "proposals",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "hidden_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason_code",
                table: "proposals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "submission",
                table: "proposals",
                type: "bigint",
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddColumn<int>(
                name: "suggested_merge",
                table: "proposals",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "was_shown",
                table: "proposals",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "record_details",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_details", x => new { x.record, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "record_entries",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    details_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_entries", x => new { x.record, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "record_heads",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_heads", x => x.record);
                });

            migrationBuilder.CreateIndex(
                name: "ix_record_entries_person",
                table: "record_entries",
                column: "person");

            // What is public was shown: whoever looks for it later learns that it is gone.
            migrationBuilder.Sql("update proposals set was_shown = published_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "record_details");

            migrationBuilder.DropTable(
                name: "record_entries");

            migrationBuilder.DropTable(
                name: "record_heads");

            migrationBuilder.DropColumn(
                name: "appeal_heard",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "appealed_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "decision_heard",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "hidden_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "reason_code",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "submission",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "suggested_merge",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "was_shown",
                table: "proposals");

            migrationBuilder.CreateTable(
                name: "acts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_acts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_acts_round_proposal",
                table: "acts",
                columns: new[] { "round", "proposal" });
        }
    }
}
