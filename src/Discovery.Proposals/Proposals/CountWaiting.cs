using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Lists;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>How much waits for an official here, for the desk of the round: undecided proposals, and how far the ballot list is.</summary>
internal static class CountWaiting
{
    public sealed record Query(string Round, CurrentUser Official) : IRequest<Answer>;

    /// <param name="Since">When the one that has waited longest was submitted.</param>
    /// <param name="Listed">On the frozen list; before that those that are published.</param>
    /// <param name="List"><c>early</c>, <c>open</c> (it could be frozen now), <c>asked</c>, <c>mine</c> (asked by whoever looks: a second official must confirm), <c>frozen</c>.</param>
    public sealed record Answer(RoundCopy Round, int Waiting, DateTimeOffset? Since, int Listed, string List, DateTimeOffset? FrozenAt);

    public sealed class Handler(ProposalsDb db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            query.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var waiting = await db.Proposals.Where(p => p.Round == round.Id && p.PublishedAt == null && p.ReturnedAt == null && p.MergedInto == null && p.WithdrawnAt == null).Select(p => p.SubmittedAt).ToListAsync(ct);
            var docket = await db.Dockets.AsNoTracking().SingleOrDefaultAsync(d => d.Round == round.Id, ct);
            var frozen = await db.Lists.Where(l => l.Round == round.Id).Select(l => new { l.Count, l.FrozenAt }).SingleOrDefaultAsync(ct);
            var list = frozen is not null ? "frozen"
                : docket?.FreezeAskedBy is { } by ? by == query.Official.Id ? "mine" : "asked"
                : FreezeBallotList.IsTime(round) ? "open" : "early";
            return new(round, waiting.Count, waiting.Count == 0 ? null : waiting.Min(), frozen?.Count ?? await db.Proposals.CountAsync(p => p.Round == round.Id && p.PublishedAt != null, ct), list, frozen?.FrozenAt);
        }
    }
}
