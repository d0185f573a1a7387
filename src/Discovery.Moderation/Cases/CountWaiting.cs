using Discovery.Moderation.Data;
using Discovery.Moderation.Participants;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>How much waits, for the desk of the round.</summary>
internal static class CountWaiting
{
    public sealed record Query(string Round, CurrentUser Official) : IRequest<Answer>;

    /// <param name="Since">When the oldest came into the queue.</param>
    public sealed record Answer(RoundCopy Round, int Waiting, int Late, DateTimeOffset? Since);

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            query.Official.MustModerate(round);
            var now = await db.ClockAsync(clock, ct);
            var open = await db.Cases.AsNoTracking().Where(c => c.Round == round.Id && c.ClosedAt == null).ToListAsync(ct);
            return new(round, open.Count, open.Count(c => c.Due < now), open.Count == 0 ? null : open.Min(c => c.OpenedAt));
        }
    }
}
