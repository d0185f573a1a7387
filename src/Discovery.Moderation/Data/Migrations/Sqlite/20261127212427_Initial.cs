using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Discovery.Moderation.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "aliases",
                columns: table => new
                {
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    pseudonym = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_aliases", x => new { x.round, x.person });
                });

            migrationBuilder.CreateTable(
                name: "appeals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    decision = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    granted = table.Column<bool>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appeals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_escalated = table.Column<bool>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    assigned_to = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    place = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisations = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_shown = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_gone = table.Column<bool>(type: "INTEGER", nullable: false),
                    hints = table.Column<string>(type: "TEXT", nullable: false),
                    facts = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dead",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dead", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "TEXT", nullable: false),
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    of = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    other = table.Column<int>(type: "INTEGER", nullable: true),
                    moderator = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    batch = table.Column<Guid>(type: "TEXT", nullable: true),
                    sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "interests",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interests", x => new { x.person, x.organisation });
                });

            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "moderators",
                columns: table => new
                {
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    regions = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_moderators", x => x.person);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    family = table.Column<Guid>(type: "TEXT", nullable: false),
                    search = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    erased_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_copies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_details",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_details", x => new { x.record, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "record_entries",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    details_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_entries", x => new { x.record, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "record_heads",
                columns: table => new
                {
                    record = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_heads", x => x.record);
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false),
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "revocations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person = table.Column<Guid>(type: "TEXT", nullable: false),
                    session = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    heard_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revocations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "round_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    charter_json = table.Column<string>(type: "TEXT", nullable: true),
                    phase = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    phase_started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    phase_ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    paused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    pause_reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    charter_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    pause_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    phase_log = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_copies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sketches",
                columns: table => new
                {
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<long>(type: "INTEGER", nullable: false),
                    round = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sketches", x => new { x.content, x.language, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "wordings",
                columns: table => new
                {
                    content = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wordings", x => new { x.content, x.sequence });
                });

            migrationBuilder.CreateIndex(
                name: "ix_aliases_round_number",
                table: "aliases",
                columns: new[] { "round", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_appeals_decision",
                table: "appeals",
                column: "decision",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_appeals_person",
                table: "appeals",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_cases_content",
                table: "cases",
                column: "content");

            migrationBuilder.CreateIndex(
                name: "ix_cases_round_closed_at",
                table: "cases",
                columns: new[] { "round", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_contents_round_number",
                table: "contents",
                columns: new[] { "round", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_batch",
                table: "decisions",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_case",
                table: "decisions",
                column: "case",
                unique: true,
                filter: "sequence is null");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_content_sequence",
                table: "decisions",
                columns: new[] { "content", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_decisions_moderator",
                table: "decisions",
                column: "moderator");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_at",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_person",
                table: "mandates",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_family",
                table: "organisations",
                column: "family");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_message_id",
                table: "outbox",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_record_entries_person",
                table: "record_entries",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_reports_content_person",
                table: "reports",
                columns: new[] { "content", "person" },
                unique: true,
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_reports_person_at",
                table: "reports",
                columns: new[] { "person", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_revocations_heard_at",
                table: "revocations",
                column: "heard_at");

            migrationBuilder.CreateIndex(
                name: "ix_round_copies_slug",
                table: "round_copies",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sketches_round_hash",
                table: "sketches",
                columns: new[] { "round", "hash" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aliases");

            migrationBuilder.DropTable(
                name: "appeals");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "contents");

            migrationBuilder.DropTable(
                name: "dead");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "interests");

            migrationBuilder.DropTable(
                name: "mandates");

            migrationBuilder.DropTable(
                name: "moderators");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "person_copies");

            migrationBuilder.DropTable(
                name: "record_details");

            migrationBuilder.DropTable(
                name: "record_entries");

            migrationBuilder.DropTable(
                name: "record_heads");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropTable(
                name: "revocations");

            migrationBuilder.DropTable(
                name: "round_copies");

            migrationBuilder.DropTable(
                name: "sketches");

            migrationBuilder.DropTable(
                name: "wordings");
        }
    }
}
