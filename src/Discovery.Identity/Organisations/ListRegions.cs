using Discovery.Contracts.Rounds;
using Discovery.Identity.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>The regions that rounds have been published for, each as its latest round describes it.</summary>
internal static class ListRegions
{
    public sealed record Query : IRequest<IReadOnlyList<Region>>;

    public sealed class Handler(IdentityDb db) : IRequestHandler<Query, IReadOnlyList<Region>>
    {
        public async Task<IReadOnlyList<Region>> Handle(Query query, CancellationToken ct)
        {
            var rounds = await db.Rounds.AsNoTracking().Where(r => r.CharterJson != null).OrderByDescending(r => r.Id).ToListAsync(ct);
            return [.. rounds.Select(r => r.Region).DistinctBy(r => r.Slug)];
        }
    }
}
