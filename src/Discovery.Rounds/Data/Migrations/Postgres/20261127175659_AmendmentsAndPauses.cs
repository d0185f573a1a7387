using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Rounds.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AmendmentsAndPauses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "rounds",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "paused_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "paused_by",
                table: "rounds",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "proposed_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "proposed_by",
                table: "rounds",
                type: "uuid",
                nullable: true);

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
                name: "amendments",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    request = table.Column<long>(type: "bigint", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_amendments", x => new { x.round, x.number });
                    table.ForeignKey(
                        name: "fk_amendments_rounds_round",
                        column: x => x.round,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "officials",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    regions = table.Column<string>(type: "text", nullable: false),
                    has_second_factor = table.Column<bool>(type: "boolean", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_officials", x => x.person);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "amendments");

            migrationBuilder.DropTable(
                name: "officials");

            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "paused_by",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "proposed_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "proposed_by",
                table: "rounds");

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
