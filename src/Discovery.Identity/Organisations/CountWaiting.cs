using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>How much waits for an official among the books, for the desk of a round. Organisations belong to no round: every desk shows the same.</summary>
internal static class CountWaiting
{
    public sealed record Query(string Round) : IRequest<Answer>;

    /// <param name="Claims">With their proof, to be decided.</param>
    /// <param name="Since">When the oldest of them was asked for.</param>
    /// <param name="Letters">Asked for by post and not printed yet.</param>
    public sealed record Answer(RoundCopy Round, int Claims, DateTimeOffset? Since, int Letters, int Disputes, DateTimeOffset? DisputedSince);

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            user.MustRun(round.Region.Slug, round.Charter.Origin);
            var now = claims.Now;
            var open = db.Claims.Where(c => c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative);
            var proved = await open.Where(c => c.ProvedAt != null).Select(c => c.AskedAt).ToListAsync(ct);
            var letters = await open.Where(c => c.ProvedAt == null && c.Route == ClaimRoutes.Letter)
                .Join(db.Organisations, c => c.Organisation, o => o.Id, (c, o) => new { c, o })
                .CountAsync(x => x.o.FrameAddress != null && !EF.Functions.Like(x.o.FrameAddress, "%@%") && !db.LetterCodes.Any(l => l.Organisation == x.o.Id && l.CreatedAt >= x.c.AskedAt && l.ExpiresAt > now), ct);
            var disputes = await db.Disputes.Where(d => d.ResolvedAt == null).Select(d => d.OpenedAt).ToListAsync(ct);
            return new(round, proved.Count, Oldest(proved), letters, disputes.Count, Oldest(disputes));
        }

        static DateTimeOffset? Oldest(List<DateTimeOffset> times) => times.Count == 0 ? null : times.Min();
    }
}
