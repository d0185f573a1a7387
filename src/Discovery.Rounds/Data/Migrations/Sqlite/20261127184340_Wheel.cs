using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Rounds.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Wheel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "listed_at",
                table: "rounds",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "proposals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "wheel_scores",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    factor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    score = table.Column<int>(type: "INTEGER", nullable: false),
                    comment = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    suggested = table.Column<int>(type: "INTEGER", nullable: true),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
