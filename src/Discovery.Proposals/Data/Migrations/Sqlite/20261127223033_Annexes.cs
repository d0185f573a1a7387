using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Proposals.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Annexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // EF would build the whole table anew, outside of a transaction.
            migrationBuilder.Sql("alter table proposals drop column search");

            migrationBuilder.AddColumn<int>(
                name: "base_version",
                table: "drafts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "annex_readings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    annex = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annex_readings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "annexes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false),
                    readers = table.Column<string>(type: "TEXT", nullable: false),
                    for_officials = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }
    }
}
