using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Rounds.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Wheel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "listed_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "proposals",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "wheel_scores",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    factor = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: false),
                    comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    suggested = table.Column<int>(type: "integer", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wheel_scores", x => new { x.round, x.factor, x.revision });
                });

            migrationBuilder.CreateIndex(
                name: "ix_wheel_scores_by",
                table: "wheel_scores",
                column: "by");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "wheel_scores");

            migrationBuilder.DropColumn(
                name: "listed_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "proposals");
        }
    }
}
