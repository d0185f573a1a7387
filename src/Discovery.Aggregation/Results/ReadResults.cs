using Discovery.Aggregation.Counting;
using Discovery.Aggregation.Data;
using Discovery.Aggregation.Ledger;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>How far a round has come on its way to a published list, and the count for those who may see it.</summary>
internal static class ReadResults
{
    public sealed record Query(string Round, CurrentUser User) : IRequest<View>;

    public enum Stage
    {
        /// <summary>Voting has not started.</summary>
        Early,
        Voting,

        /// <summary>The ledger is not sealed, or not counted yet.</summary>
        Counting,

        /// <summary>The chain of the ledger does not hold: nothing will be published.</summary>
        Broken,

        /// <summary>Counted, not published; shown to officials and auditors only.</summary>
        Checking,
        Published,
    }

    /// <param name="Final">Null unless this person may see the count.</param>
    /// <param name="BrokenAt">Only for officials and auditors.</param>
    public sealed record View(RoundCopy Round, Stage Stage, FinalCount? Final, Outcome? Outcome, Closing? Closing, long? BrokenAt);

    public sealed class Handler(AggregationDb db, FinalCounts counts, BrokenLedgers broken) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var outcome = await db.Outcomes.AsNoTracking().SingleOrDefaultAsync(o => o.Round == round.Id, ct);
            if (outcome is null) return Before(round, query.User);

            var stage = outcome.PublishedAt is null ? Stage.Checking : Stage.Published;
            if (!outcome.MaySee(round, query.User)) return new(round, stage, null, null, null, null);
            var closing = await db.Closings.AsNoTracking().SingleAsync(c => c.Round == round.Id, ct);
            return new(round, stage, await counts.OfAsync(round, outcome, db, ct), outcome, closing, null);
        }

        View Before(RoundCopy round, CurrentUser user)
        {
            if (broken.Of(round.Id) is { } entry)
            {
                var may = user.Is(Roles.Official, round.Region.Slug) || user.Is(Roles.Auditor, round.Region.Slug);
                return new(round, Stage.Broken, null, null, null, may ? entry : null);
            }
            var stage = round.IsIn(PhaseKinds.Voting) ? Stage.Voting : round.HasEnded(PhaseKinds.Voting) || round.HasStarted(PhaseKinds.Results) || round.IsClosed ? Stage.Counting : Stage.Early;
            return new(round, stage, null, null, null, null);
        }
    }
}
