using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Identity.Data.Migrations.Postgres
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
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pause_sequence",
                table: "round_copies",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "paused_at",
                table: "round_copies",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "told_authority",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    roles = table.Column<string>(type: "text", nullable: false),
                    has_second_factor = table.Column<bool>(type: "boolean", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
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
