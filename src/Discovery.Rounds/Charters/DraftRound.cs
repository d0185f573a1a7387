using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Charters;

/// <summary>An official writes the charter of a round. It is seen only by officials until it is published.</summary>
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

        public CountingRules ToRules(string commitment) => new(
            K, Ballot, MaxRanked, Ties, Floor, Breadth, Exposure, Rho, ListedTies, [.. Groups.Select(g => new GroupRule(g.Id, g.Weight, g.Damping, g.Partner))], commitment);

        public Charter ToCharter(string rules, string rulesHash) => new(
            Slug, Region!, Title, Question, Summary, [.. Groups.Select(g => new GroupText(g.Id, g.Name, g.Short!, g.Kinds))],
            rules, rulesHash, Phases, Origin, Standings, ReconciliationHours);
    }

    public sealed record Group(string Id, Text Name, Text? Short, IReadOnlyList<string> Kinds, int Weight = 1, int? Damping = null, string? Partner = null);

    public sealed record Command(Form Input) : IRequest<Drafted>;

    public sealed record Drafted(Guid Id, string Slug);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            var drafted = await mediator.Send(new Command(form), ct);
            return TypedResults.Created($"/api/rounds/{drafted.Slug}", drafted);
        }).RequireAuthorization();

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Drafted>
    {
        public async Task<Drafted> Handle(Command command, CancellationToken ct)
        {
            user.MustRun(command.Input.Region!.Slug, command.Input.Origin);
            var round = Round.Draft(Normal(command.Input), user.Id, clock.GetUtcNow());
            db.Add(round);
            await db.SaveAsync(round, "rounds.draft.taken", ct);
            return new(round.Id, round.Slug);
        }

        // Times as instants, texts without blanks and empty languages: one spelling of each.
        static Form Normal(Form form) => form with
        {
            Title = Clean(form.Title),
            Question = Clean(form.Question),
            Summary = Clean(form.Summary),
            Region = form.Region! with { Name = Clean(form.Region.Name), Cells = [.. form.Region.Cells.Select(c => c with { Name = Clean(c.Name) })] },
            Groups = [.. form.Groups.Select(g => g with { Name = Clean(g.Name), Short = Clean(g.Short) is { Count: > 0 } s ? s : Clean(g.Name) })],
            Phases = [.. form.Phases.Select(p => p with { Starts = p.Starts.ToUniversalTime(), Ends = p.Ends.ToUniversalTime() })],
        };

        static Text Clean(Text? text)
        {
            var clean = new Text();
            foreach (var (language, value) in text ?? [])
                if (!string.IsNullOrWhiteSpace(value)) clean[language] = value.Trim().Normalize();
            return clean;
        }
    }
}
