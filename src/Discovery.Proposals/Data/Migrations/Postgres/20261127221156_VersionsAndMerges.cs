using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Proposals.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class VersionsAndMerges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "merged_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "merged_into",
                table: "proposals",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "proposals",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "shown_before",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdraw_reason",
                table: "proposals",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawn_at",
                table: "proposals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merge",
                table: "endorsements",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "amendments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    base_version = table.Column<int>(type: "integer", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_amendments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.proposal, x.organisation });
                });

            migrationBuilder.CreateTable(
                name: "merge_answers",
                columns: table => new
                {
                    merge = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: false),
                    agrees = table.Column<bool>(type: "boolean", nullable: true),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_answers", x => new { x.merge, x.organisation });
                });

            migrationBuilder.CreateTable(
                name: "merge_parts",
                columns: table => new
                {
                    merge = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_parts", x => new { x.merge, x.proposal });
                });

            migrationBuilder.CreateTable(
                name: "merges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<Guid>(type: "uuid", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undo_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lead_version = table.Column<int>(type: "integer", nullable: true),
                    joined = table.Column<string>(type: "text", nullable: false),
                    undone_by = table.Column<Guid>(type: "uuid", nullable: true),
                    undo_reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    suggested_by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revisions", x => new { x.proposal, x.number });
                });

            migrationBuilder.CreateTable(
                name: "touched_supports",
                columns: table => new
                {
                    merge = table.Column<Guid>(type: "uuid", nullable: false),
                    proposal = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    endorsed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_touched_supports", x => new { x.merge, x.proposal, x.organisation });
                });

            migrationBuilder.CreateIndex(
                name: "ix_endorsements_merge",
                table: "endorsements",
                column: "merge");

            migrationBuilder.CreateIndex(
                name: "ix_amendments_person_round",
                table: "amendments",
                columns: new[] { "person", "round" });

            migrationBuilder.CreateIndex(
                name: "ix_amendments_proposal",
                table: "amendments",
                column: "proposal");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_round_organisation",
                table: "invitations",
                columns: new[] { "round", "organisation" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_answers_person",
                table: "merge_answers",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_merge_parts_proposal",
                table: "merge_parts",
                column: "proposal");

            migrationBuilder.CreateIndex(
                name: "one_open_merge",
                table: "merge_parts",
                column: "proposal",
                unique: true,
                filter: "is_open");

            migrationBuilder.CreateIndex(
                name: "ix_merges_person",
                table: "merges",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_merges_round_state",
                table: "merges",
                columns: new[] { "round", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_merges_state_expires_at",
                table: "merges",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_revisions_person",
                table: "revisions",
                column: "person");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "amendments");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "merge_answers");

            migrationBuilder.DropTable(
                name: "merge_parts");

            migrationBuilder.DropTable(
                name: "merges");

            migrationBuilder.DropTable(
                name: "revisions");

            migrationBuilder.DropTable(
                name: "touched_supports");

            migrationBuilder.DropIndex(
                name: "ix_endorsements_merge",
                table: "endorsements");

            migrationBuilder.DropColumn(
                name: "merged_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "shown_before",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "withdraw_reason",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "proposals");

            migrationBuilder.DropColumn(
                name: "merge",
                table: "endorsements");
        }
    }
}
