using Discovery.Aggregation.Counting;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>Whether a counted shortlist waits for an official, for the desk of the round.</summary>
internal static class CountWaiting
{
    public sealed record Query(string Round, CurrentUser Official) : IRequest<Answer>;

    /// <param name="IsAsked">One official has asked to publish, a second one must confirm.</param>
    /// <param name="AskedByMe">It was whoever looks.</param>
    public sealed record Answer(RoundCopy Round, ReadResults.Stage Stage, bool IsAsked, bool AskedByMe);

    public sealed class Handler(AggregationDb db, BrokenLedgers broken) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            query.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var outcome = await db.Outcomes.Where(o => o.Round == round.Id).Select(o => new { o.PublishedAt, o.AskedBy }).SingleOrDefaultAsync(ct);
            var stage = outcome is not null ? outcome.PublishedAt is null ? ReadResults.Stage.Checking : ReadResults.Stage.Published
                : broken.Of(round.Id) is not null ? ReadResults.Stage.Broken
                : round.IsIn(PhaseKinds.Voting) ? ReadResults.Stage.Voting
                : round.HasEnded(PhaseKinds.Voting) ? ReadResults.Stage.Counting : ReadResults.Stage.Early;
            return new(round, stage, outcome?.AskedBy is not null, outcome?.AskedBy is { } by && by == query.Official.Id);
        }
    }
}
