using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>What the vote wants of an official now, for the desk of the round.</summary>
internal static class GetTask
{
    public sealed record Query(string Round, CurrentUser Official) : IRequest<Answer>;

    /// <param name="State"><c>early</c>, <c>no-list</c> (the phase runs and nobody can vote), <c>opening</c>, <c>open</c>, <c>closing</c>, <c>reconciliation</c>, <c>sealing</c>, <c>sealed</c>.</param>
    /// <param name="At">When this state ends; of the sealed ledger when it was sealed.</param>
    public sealed record Answer(RoundCopy Round, string State, DateTimeOffset? At)
    {
        public bool IsLate => State is "no-list";
        public bool IsUrgent => State is "closing" or "reconciliation" or "sealing";
    }

    public sealed class Handler(VotingDb db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var (round, now) = (await db.GetRound(query.Round, ct), clock.GetUtcNow());
            // Whoever has no business here is not told that there is a desk.
            if (!query.Official.MayRun(round.Region.Slug, round.Charter.Origin)) throw new RuleBroken("round.unknown") { Status = 404 };
            if (await db.Heads.AsNoTracking().SingleOrDefaultAsync(h => h.Round == round.Id, ct) is not { } head)
            {
                if (!round.IsIn(PhaseKinds.Voting)) return new(round, "early", round.Charter.Phases.FirstOrDefault(p => p.Kind == PhaseKinds.Voting)?.Starts);
                return new(round, await db.Lists.AnyAsync(l => l.Round == round.Id, ct) ? "opening" : "no-list", null);
            }
            if (head.SealedAt is { } at) return new(round, "sealed", at);
            if (head.ClosedAt is not { } closed) return new(round, head.ClosesAt > now ? "open" : "closing", head.ClosesAt);
            var seals = closed.AddHours(round.Charter.ReconciliationHours);
            return new(round, seals > now ? "reconciliation" : "sealing", seals);
        }
    }
}
