using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Identity.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AmendmentsAndPauses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "round_copies",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pause_sequence",
                table: "round_copies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "round_copies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "told_authority",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    has_second_factor = table.Column<bool>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_told_authority", x => x.person);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "told_authority");

            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "round_copies");

            migrationBuilder.DropColumn(
                name: "pause_sequence",
                table: "round_copies");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "round_copies");
        }
    }
}
