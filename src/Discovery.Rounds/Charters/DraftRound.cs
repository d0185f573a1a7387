using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Charters;

/// <summary>An official writes the charter of a round. It is seen only by officials until it is published, and may be incomplete: <see cref="Readiness"/> says what is missing.</summary>
internal static class DraftRound
{
    /// <summary>All of the charter but what is only known at its publication.</summary>
    public sealed record Form
    {
        public string Slug { get; init; } = "";
        public Region? Region { get; init; }
        public Text Title { get; init; } = [];
        public Text Question { get; init; } = [];
        public Text Summary { get; init; } = [];
        public IReadOnlyList<Group> Groups { get; init; } = [];
        public int K { get; init; } = 10;
        public string Ballot { get; init; } = "ranking";
        public int MaxRanked { get; init; } = 10;
        public bool Ties { get; init; } = true;
        public string Floor { get; init; } = "1/20";
        public string Breadth { get; init; } = "1/20";
        public bool Exposure { get; init; } = true;
        public int Rho { get; init; } = 10;
        public bool ListedTies { get; init; }
        public IReadOnlyList<Phase> Phases { get; init; } = [];
        public string Origin { get; init; } = Origins.Live;
        public string Standings { get; init; } = "auditors";
        public int ReconciliationHours { get; init; }
        public string Profile { get; init; } = Profiles.Regional;
        public int Endorsements { get; init; }
        public int EndorsingGroups { get; init; }
        public Contact? Verification { get; init; }
        public Contact? Appeals { get; init; }
        public Text Moderation { get; init; } = [];
        public int ReplyDays { get; init; } = 30;

        public CountingRules ToRules(string commitment) => new(
            K, Ballot, MaxRanked, Ties, Floor, Breadth, Exposure, Rho, ListedTies, [.. Groups.Select(g => new GroupRule(g.Id, g.Weight, g.Damping, g.Partner))], commitment);

        /// <param name="version">1 at publication; every amendment counts on.</param>
        public Charter ToCharter(string rules, string rulesHash, int version) => new(
            Slug, Region!, Title, Question, Summary, [.. Groups.Select(g => new GroupText(g.Id, g.Name, g.Short!, g.Kinds))],
            rules, rulesHash, Phases, Origin, Standings, ReconciliationHours, Profile, Endorsements, EndorsingGroups, Verification, Appeals, Moderation, ReplyDays, version);

        /// <summary>One spelling of each: times as instants, texts without blanks and empty languages, no contact of nothing.</summary>
        public Form Normal() => this with
        {
            Slug = Slug.Trim(),
            Title = Clean(Title),
            Question = Clean(Question),
            Summary = Clean(Summary),
            Moderation = Clean(Moderation),
            Verification = Clean(Verification),
            Appeals = Clean(Appeals),
            Region = Region! with { Name = Clean(Region.Name), Cells = [.. Region.Cells.Select(c => c with { Name = Clean(c.Name) })] },
            Groups = [.. Groups.Select(g => g with { Name = Clean(g.Name), Short = Clean(g.Short) is { Count: > 0 } s ? s : Clean(g.Name) })],
            Phases = [.. Phases.Select(p => p with { Starts = p.Starts.ToUniversalTime(), Ends = p.Ends.ToUniversalTime() })],
        };

        internal static Text Clean(Text? text)
        {
            var clean = new Text();
            foreach (var (language, value) in text ?? [])
                if (!string.IsNullOrWhiteSpace(value)) clean[language] = value.Trim().ReplaceLineEndings("\n").Normalize();
            return clean;
        }

        internal static Contact? Clean(Contact? contact) =>
            contact is null || (Clean(contact.Name).Count == 0 && string.IsNullOrWhiteSpace(contact.Address)) ? null : new(Clean(contact.Name), contact.Address?.Trim() ?? "");
    }

    public sealed record Group(string Id, Text Name, Text? Short, IReadOnlyList<string> Kinds, int Weight = 1, int? Damping = null, string? Partner = null);

    /// <param name="Slug">The draft that is written again; null for a new one.</param>
    /// <param name="Version">As it was read: what somebody else has written meanwhile is not overwritten.</param>
    public sealed record Command(Form Input, string? Slug = null, int? Version = null) : IRequest<Drafted>;

    public sealed record Drafted(Guid Id, string Slug);

    public static void Map(IEndpointRouteBuilder rounds)
    {
        rounds.MapPost("", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            var drafted = await mediator.Send(new Command(form), ct);
            return TypedResults.Created($"/api/rounds/{drafted.Slug}", drafted);
        }).RequireAuthorization();
        rounds.MapPut("/{slug}", async (string slug, Form form, int? version, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(form, slug, version), ct))).RequireAuthorization();
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Drafted>
    {
        public async Task<Drafted> Handle(Command command, CancellationToken ct)
        {
            var form = command.Input.Normal();
            user.MustRun(form.Region!.Slug, form.Origin);
            Round round;
            if (command.Slug is null)
            {
                round = Round.Draft(form, user.Id, await db.ClockAsync(clock, ct));
                db.Add(round);
            }
            else
            {
                round = await db.GetForRunningAsync(command.Slug, user, ct);
                if (command.Version is { } version && version != round.Version) throw new RuleBroken("rounds.raced");
                round.Rewrite(form);
            }
            await db.RememberAsync(user, ct);
            await db.SaveAsync(round, "rounds.draft.taken", ct);
            return new(round.Id, round.Slug);
        }
    }
}
