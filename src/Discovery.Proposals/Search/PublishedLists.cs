using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Participants;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Proposals.Search;

/// <summary>
/// Keeps what is published in a round while somebody asks for it: every list, search and comparison is answered from memory, and only what has changed is read again.
/// What this process writes is seen at once, what others write within two seconds. Decision 0019.
/// </summary>
internal sealed class PublishedLists([FromKeyedServices("proposals")] DataVersion written, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(2), Kept = TimeSpan.FromMinutes(10);

    readonly MemoryCache kept = new(new MemoryCacheOptions());
    readonly SemaphoreSlim one = new(1);

    /// <param name="Versions">Sums instead of the highest: one of many may change and stay below it.</param>
    sealed record Stamp(int Count, long Versions, long Weighted);

    sealed record Voices(int Count, DateTimeOffset? Last);

    /// <param name="Organisations">Count and sum of sequences: names, owners and kinds of authors and supporters change.</param>
    sealed record Stamps(Stamp Proposals, Stamp Organisations, Voices Support);

    /// <param name="SupportSeen">By proposal: only where it has changed it is read again.</param>
    sealed record Entry(Stamps Stamps, PublishedProposals Published, IReadOnlyDictionary<Guid, Voices> SupportSeen, long Written, long At);

    public async Task<PublishedProposals> OfAsync(ProposalsDb db, string slug, CancellationToken ct)
    {
        if (IsFresh(out var entry)) return entry!.Published;
        // One at a time: a crowd that meets an old list must not read it a hundred times.
        await one.WaitAsync(ct);
        try
        {
            if (IsFresh(out entry)) return entry!.Published;
            var (version, at) = (written.Value, clock.GetTimestamp());
            var round = await db.GetRound(slug, ct);
            var stamps = await StampsAsync(db, round.Id, ct);
            entry = entry is not null && entry.Stamps == stamps ? entry with { Published = entry.Published.In(round), Written = version, At = at } : await ReadAsync(db, round, entry, stamps, version, at, ct);
            kept.Set(slug, entry, new MemoryCacheEntryOptions { SlidingExpiration = Kept });
            return entry.Published;
        }
        finally
        {
            one.Release();
        }

        bool IsFresh(out Entry? known) => kept.TryGetValue(slug, out known) && known!.Written == written.Value && clock.GetElapsedTime(known.At) < Trusted;
    }

    static IQueryable<Proposals.Proposal> Published(ProposalsDb db, Guid round) => db.Proposals.AsNoTracking().Where(p => p.Round == round && p.PublishedAt != null);

    static async Task<Stamps> StampsAsync(ProposalsDb db, Guid round, CancellationToken ct) => new(
        await Published(db, round).GroupBy(_ => 1).Select(all => new Stamp(all.Count(), all.Sum(p => (long)p.Version), all.Sum(p => (long)p.Version * p.Number))).SingleOrDefaultAsync(ct) ?? new(0, 0, 0),
        await db.Organisations.GroupBy(_ => 1).Select(all => new Stamp(all.Count(), all.Sum(o => o.Sequence), 0)).SingleOrDefaultAsync(ct) ?? new(0, 0, 0),
        await db.Endorsements.Where(e => e.Round == round).GroupBy(_ => 1).Select(all => new Voices(all.Count(), all.Max(e => e.At))).SingleOrDefaultAsync(ct) ?? new(0, null));

    static async Task<Entry> ReadAsync(ProposalsDb db, RoundCopy round, Entry? old, Stamps stamps, long version, long at, CancellationToken ct)
    {
        var moved = old?.Stamps.Organisations != stamps.Organisations;
        var all = old is not null && !moved && old.Stamps.Proposals == stamps.Proposals ? old.Published.All : await ListAsync(db, round, old?.Published.All ?? [], ct);

        var seen = old is not null && old.Stamps.Support == stamps.Support ? old.SupportSeen
            : await db.Endorsements.Where(e => e.Round == round.Id).GroupBy(e => e.Proposal).ToDictionaryAsync(p => p.Key, p => new Voices(p.Count(), p.Max(e => e.At)), ct);
        var support = old?.Published.Support ?? new Dictionary<Guid, Backing>();
        if (moved || !ReferenceEquals(seen, old!.SupportSeen))
        {
            List<Guid>? changed = moved ? null : [.. seen.Where(s => old!.SupportSeen.GetValueOrDefault(s.Key) != s.Value).Select(s => s.Key)];
            var read = await db.SupportAsync(round, changed, ct);
            var now = changed is null ? [] : support.Where(s => seen.ContainsKey(s.Key) && !changed.Contains(s.Key)).ToDictionary();
            foreach (var (proposal, of) in read) now[proposal] = new(of.Voices, of.ByGroup);
            support = now;
        }
        return new(stamps, new(round, all, support, old?.Published), seen, version, at);
    }

    static async Task<IReadOnlyList<Listed>> ListAsync(ProposalsDb db, RoundCopy round, IReadOnlyList<Listed> old, CancellationToken ct)
    {
        var versions = await Published(db, round.Id).Select(p => new { p.Id, p.Version }).ToListAsync(ct);
        var known = old.ToDictionary(p => p.Id);
        var changed = versions.FindAll(v => known.GetValueOrDefault(v.Id)?.Version != v.Version).ConvertAll(v => v.Id);
        var all = versions.Where(v => known.GetValueOrDefault(v.Id)?.Version == v.Version).Select(v => known[v.Id]).ToList();
        foreach (var page in changed.Chunk(500)) all.AddRange((await Published(db, round.Id).Where(p => page.Contains(p.Id)).ToListAsync(ct)).Select(Listed.Of));

        var authors = await db.Organisations.AsNoTracking().Where(o => Published(db, round.Id).Any(p => p.Organisation == o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var groupOf = round.Charter.GroupsByKind();
        return [.. all.OrderBy(p => p.Number).Select(p => p.Author is { } a && authors.GetValueOrDefault(a) is { } o ? p with { Organisation = OrganisationCard.Of(o), Group = groupOf.GetValueOrDefault(o.Kind) } : p)];
    }

    public void Dispose()
    {
        kept.Dispose();
        one.Dispose();
    }
}
