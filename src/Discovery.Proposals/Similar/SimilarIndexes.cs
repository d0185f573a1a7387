using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Proposals.Similar;

/// <summary>
/// Keeps the index of a round, one for each language, while somebody asks for it. It is made anew when a published proposal has come, gone or changed; what other
/// processes write is seen within two seconds.
/// </summary>
internal sealed class SimilarIndexes([FromKeyedServices("proposals")] DataVersion written, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(2), Kept = TimeSpan.FromMinutes(10);

    readonly MemoryCache kept = new(new MemoryCacheOptions());
    readonly SemaphoreSlim one = new(1);

    /// <param name="Versions">Sums instead of the highest: one of many may change and stay below it.</param>
    sealed record Stamp(int Count, long Versions, long Weighted);

    sealed record Entry(Stamp Stamp, IReadOnlyDictionary<string, SimilarIndex> Languages, long Written, long At);

    public async Task<IReadOnlyDictionary<string, SimilarIndex>> OfAsync(ProposalsDb db, Guid round, CancellationToken ct)
    {
        if (IsFresh(out var entry)) return entry!.Languages;
        // One at a time: a crowd that meets an old index must not build it a hundred times.
        await one.WaitAsync(ct);
        try
        {
            if (IsFresh(out entry)) return entry!.Languages;
            var (version, at) = (written.Value, clock.GetTimestamp());
            var published = db.Proposals.AsNoTracking().Where(p => p.Round == round && p.PublishedAt != null);
            var stamp = await published.GroupBy(_ => 1).Select(all => new Stamp(all.Count(), all.Sum(p => (long)p.Version), all.Sum(p => (long)p.Version * p.Number))).SingleOrDefaultAsync(ct) ?? new(0, 0, 0);
            entry = new(stamp, entry?.Stamp == stamp ? entry.Languages : await MakeAsync(published, ct), version, at);
            kept.Set(round, entry, new MemoryCacheEntryOptions { SlidingExpiration = Kept });
            return entry.Languages;
        }
        finally
        {
            one.Release();
        }

        bool IsFresh(out Entry? known) => kept.TryGetValue(round, out known) && known!.Written == written.Value && clock.GetElapsedTime(known.At) < Trusted;
    }

    static async Task<IReadOnlyDictionary<string, SimilarIndex>> MakeAsync(IQueryable<Proposals.Proposal> published, CancellationToken ct)
    {
        var texts = await published.OrderBy(p => p.Number).Select(p => new { p.Number, p.Content.Title, p.Content.Summary }).ToListAsync(ct);
        return texts.SelectMany(t => t.Title.Keys.Union(t.Summary.Keys).Select(language => (Language: language, t.Number, Title: t.Title.GetValueOrDefault(language, ""), Summary: t.Summary.GetValueOrDefault(language, ""))))
            .GroupBy(t => t.Language)
            .ToDictionary(t => t.Key, t => new SimilarIndex([.. t.Select(x => (x.Number, x.Title, x.Summary))]));
    }

    public void Dispose()
    {
        kept.Dispose();
        one.Dispose();
    }
}
