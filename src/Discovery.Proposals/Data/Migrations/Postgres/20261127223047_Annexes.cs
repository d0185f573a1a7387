using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Proposals.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Annexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "search",
                table: "proposals");

            migrationBuilder.AddColumn<int>(
                name: "base_version",
                table: "drafts",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "annex_readings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    annex = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annex_readings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "annexes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    readers = table.Column<string>(type: "text", nullable: false),
                    for_officials = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annexes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_annex_readings_annex",
                table: "annex_readings",
                column: "annex");

            migrationBuilder.CreateIndex(
                name: "ix_annex_readings_person",
                table: "annex_readings",
                column: "person");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "annex_readings");

            migrationBuilder.DropTable(
                name: "annexes");

            migrationBuilder.DropColumn(
                name: "base_version",
                table: "drafts");

            migrationBuilder.AddColumn<string>(
                name: "search",
                table: "proposals",
                type: "text",
                nullable: false,
                defaultValue: "");
        }
    }
}
