using Discovery.Contracts;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Progress;

/// <summary>A published round in numbers, from what other services have told.</summary>
internal static class GetProgress
{
    const int FewestShown = 5;

    public sealed record Query(string Slug) : IRequest<Progress>;

    /// <param name="ByMunicipality">By key of the cell.</param>
    /// <param name="Voters">Null before the seal, and where fewer than five took part.</param>
    public sealed record Progress(
        RoundCopy Round, int Proposals, int Organisations, IReadOnlyDictionary<string, int> ByMunicipality, IReadOnlyList<SectorCount> BySector,
        int? Listed, bool Sealed, int? Voters, IReadOnlyList<Seat> Shortlist);

    public sealed record SectorCount(string Sector, int Proposals);

    public sealed record Seat(int Number, Text Title, string Sector);

    public sealed class Handler(RoundsDb db) : IRequestHandler<Query, Progress>
    {
        public async Task<Progress> Handle(Query query, CancellationToken ct)
        {
            var copy = await db.GetRound(query.Slug, ct);
            var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == copy.Id, ct);
            var proposals = await db.Proposals.AsNoTracking().Where(p => p.Round == copy.Id && (p.IsListed || p.Sequence > p.HiddenSequence)).ToListAsync(ct);
            var known = proposals.ToDictionary(p => p.Number);
            return new(copy, proposals.Count, proposals.Select(p => p.Organisation).OfType<Guid>().Distinct().Count(),
                proposals.Where(p => p.Municipality is not null).CountBy(p => p.Municipality!).ToDictionary(),
                [.. proposals.CountBy(p => p.Sector).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new SectorCount(s.Key, s.Value))],
                round.Listed, round.Voters is not null, round.Voters < FewestShown ? null : round.Voters,
                [.. round.Shortlist.Select(n => known.TryGetValue(n, out var p) ? new Seat(n, p.Title, p.Sector) : new Seat(n, new Text($"№ {n}", $"No. {n}"), ""))]);
        }
    }
}
