using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Aggregation.Data.Migrations.Sqlite
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
