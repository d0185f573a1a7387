using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Charters;

/// <summary>A region as its latest round describes it, so that nobody types its municipalities twice.</summary>
internal static class LastRegion
{
    /// <param name="Slug">Null: whichever region the person runs.</param>
    public sealed record Query(string? Slug) : IRequest<Region?>;

    public sealed class Handler(RoundsDb db, CurrentUser user) : IRequestHandler<Query, Region?>
    {
        public async Task<Region?> Handle(Query query, CancellationToken ct)
        {
            var rounds = await db.Rounds.AsNoTracking().Where(r => r.Origin != Origins.Import && (query.Slug == null || r.Region == query.Slug)).OrderByDescending(r => r.DraftedAt).ToListAsync(ct);
            return rounds.Find(r => user.Is(Roles.Official, r.Region))?.Plan.Region;
        }
    }
}
