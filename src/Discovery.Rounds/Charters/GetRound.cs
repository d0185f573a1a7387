using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Charters;

/// <summary>The charter and what has become of it. A draft exists only for those who run it.</summary>
internal static class GetRound
{
    public sealed record Query(string Slug) : IRequest<View>;

    /// <param name="Status"><c>draft</c>, <c>published</c> or <c>closed</c>.</param>
    /// <param name="Phase">The kind of the phase that runs now.</param>
    /// <param name="Rules">The exact text that <paramref name="RulesHash"/> is the SHA-256 of; null in a draft.</param>
    /// <param name="Shortlist">Proposal numbers in the order of seats.</param>
    public sealed record View(
        Guid Id, string Slug, string Status, string? Phase, Region Region, Text Title, Text Question, Text Summary, IReadOnlyList<GroupView> Groups,
        string? Rules, string? RulesHash, IReadOnlyList<PhaseView> Phases, string Origin, string Standings, int ReconciliationHours, string? SeedCommitment,
        DateTimeOffset? PublishedAt, DateTimeOffset? ClosedAt, int? Listed, string? ListHash, int? Voters, IReadOnlyList<int> Shortlist, string? ResultHash,
        string Profile, int Endorsements, int EndorsingGroups, Contact? Verification, Contact? Appeals, Text Moderation, int ReplyDays,
        int CharterVersion, DateTimeOffset? PausedAt, string? PauseReason, IReadOnlyList<AmendmentView> Amendments, IReadOnlyList<PauseView> Pauses);

    /// <param name="Until">Null while it lasts.</param>
    public sealed record PauseView(DateTimeOffset From, string Reason, DateTimeOffset? Until, string? EndReason);

    /// <param name="State"><c>applied</c>, <c>waiting</c> for Voting's answer, or <c>refused</c>.</param>
    public sealed record AmendmentView(int Number, DateTimeOffset At, string Reason, string State, IReadOnlyList<Change> What);

    public sealed record GroupView(string Id, Text Name, Text Short, IReadOnlyList<string> Kinds, int Weight, int? Damping, string? Partner);

    /// <param name="Starts">By the charter; as is <paramref name="Ends"/>.</param>
    /// <param name="EndsAt">The end as it stands now: a phase started late by hand keeps its length.</param>
    /// <param name="StartReason">Why it was started by hand; null when the clock did it.</param>
    public sealed record PhaseView(
        string Kind, DateTimeOffset Starts, DateTimeOffset Ends, DateTimeOffset EndsAt, DateTimeOffset? StartedAt, string? StartReason, DateTimeOffset? EndedAt, string? EndReason);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{slug}", async (string slug, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(slug), ct)));

    public sealed class Handler(RoundsDb db, CurrentUser user) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.Whole.AsNoTracking().SingleOrDefaultAsync(r => r.Slug == query.Slug, ct);
            if (round is null || (round.PublishedAt is null && !user.MayRun(round.Region, round.Origin))) throw new RuleBroken("round.unknown") { Status = 404 };
            return Of(round);
        }

        static View Of(Round round)
        {
            var plan = round.Plan;
            return new(
                round.Id, round.Slug, round.ClosedAt is not null ? "closed" : round.PublishedAt is not null ? "published" : "draft", round.Running?.Kind,
                plan.Region!, plan.Title, plan.Question, plan.Summary,
                [.. plan.Groups.Select(g => new GroupView(g.Id, g.Name, g.Short!, g.Kinds, g.Weight, g.Damping, g.Partner))],
                round.Rules, round.RulesHash,
                [.. round.Phases.OrderBy(p => p.Position).Select((p, i) => new PhaseView(p.Kind, p.Starts, plan.Phases[i].Ends, p.Ends, p.StartedAt, p.StartReason, p.EndedAt, p.EndReason))],
                round.Origin, plan.Standings, plan.ReconciliationHours, round.SeedCommitment, round.PublishedAt, round.ClosedAt,
                round.Listed, round.ListHash, Shown(round.Voters), round.Shortlist, round.ResultHash,
                plan.Profile, plan.Endorsements, plan.EndorsingGroups, plan.Verification, plan.Appeals, plan.Moderation, plan.ReplyDays,
                round.CharterVersion, round.PausedAt, round.PauseReason, [.. round.Amendments.OrderByDescending(a => a.Number).Select(a => new AmendmentView(a.Number, a.At, a.Reason, a.State, a.What))],
                [.. round.Pauses.OrderByDescending(p => p.Number).Select(p => new PauseView(p.From, p.Reason, p.Until, p.EndReason))]);
        }

        // Fewer than five are not told.
        static int? Shown(int? voters) => voters < 5 ? null : voters;
    }
}
