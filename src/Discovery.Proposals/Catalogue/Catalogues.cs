using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Discovery.Proposals.Catalogue;

/// <summary>Keeps the catalogue of a round ready to compare with while proposals are looked at; made anew when it was imported anew.</summary>
internal sealed class Catalogues : IDisposable
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    readonly MemoryCache kept = new(new MemoryCacheOptions());

    /// <returns>Null: the round has none.</returns>
    public async Task<(PeerIndex Index, Catalogue Of)?> OfAsync(ProposalsDb db, Guid round, CancellationToken ct)
    {
        if (await db.CatalogueAsync(round, ct) is not { } now) return null;
        if (kept.TryGetValue(round, out (PeerIndex Index, Catalogue Of) known) && known.Of == now) return known;
        var made = (new PeerIndex(await db.Peers.AsNoTracking().Where(p => p.Round == round).OrderBy(p => p.Id).ToListAsync(ct)), now);
        kept.Set(round, made, new MemoryCacheEntryOptions { SlidingExpiration = Kept });
        return made;
    }

    public void Dispose() => kept.Dispose();
}

/// <param name="Latest">The latest decision in it: how old what it says is.</param>
internal sealed record Catalogue(int Count, int Regions, DateTimeOffset ImportedAt, DateOnly? Latest);

internal static class CatalogueOf
{
    /// <returns>Null: the round has none.</returns>
    public static Task<Catalogue?> CatalogueAsync(this ProposalsDb db, Guid round, CancellationToken ct) =>
        db.Peers.Where(p => p.Round == round).GroupBy(_ => 1).Select(all => new Catalogue(all.Count(), all.Select(p => p.Region).Distinct().Count(), all.Max(p => p.ImportedAt), all.Max(p => p.Date))).SingleOrDefaultAsync(ct)!;
}
