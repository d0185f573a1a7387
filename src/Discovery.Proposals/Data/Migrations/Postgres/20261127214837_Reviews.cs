using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Proposals.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    novelty = table.Column<int>(type: "integer", nullable: true),
                    market = table.Column<int>(type: "integer", nullable: true),
                    stake = table.Column<int>(type: "integer", nullable: true),
                    spill_over = table.Column<int>(type: "integer", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    has_interest = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => new { x.proposal, x.person });
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_person_round",
                table: "reviews",
                columns: new[] { "person", "round" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reviews");
        }
    }
}
