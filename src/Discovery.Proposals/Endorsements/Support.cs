using Discovery.Contracts.Rounds;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Endorsements;

/// <summary>Who supports a proposal. Organisations of one owner are one voice, as they are in the vote (features.md F2).</summary>
/// <param name="Organisations">By name.</param>
/// <param name="Voices">How many owners stand behind them.</param>
/// <param name="ByGroup">The same by the group of the charter; groups without support are not in it.</param>
internal sealed record Support(IReadOnlyList<OrganisationCard> Organisations, int Voices, IReadOnlyDictionary<string, int> ByGroup)
{
    public static readonly Support None = new([], 0, new Dictionary<string, int>());
}

internal static class Supporters
{
    /// <summary>The group of the charter that a kind of organisation belongs to.</summary>
    public static IReadOnlyDictionary<string, string> GroupsByKind(this Charter charter) =>
        charter.Groups.SelectMany(g => g.Kinds.Select(kind => (kind, g.Id))).GroupBy(g => g.kind).ToDictionary(g => g.Key, g => g.First().Id);

    /// <summary>The support of these proposals, or of all of the round; by proposal, those without are not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Support>> SupportAsync(this ProposalsDb db, RoundCopy round, IReadOnlyCollection<Guid>? proposals, CancellationToken ct)
    {
        var groupOf = round.Charter.GroupsByKind();
        var all = await db.Endorsements.AsNoTracking().Where(e => e.Round == round.Id && (proposals == null || proposals.Contains(e.Proposal)))
            .Join(db.Organisations.Where(o => o.MayAct), e => e.Organisation, o => o.Id, (e, o) => new { e.Proposal, Organisation = o }).ToListAsync(ct);
        // Owners change: a supporter that has become one house with the author does not count any more.
        var supported = all.Select(e => e.Proposal).Distinct().ToList();
        var authors = await db.Proposals.AsNoTracking().Where(p => supported.Contains(p.Id)).Select(p => new { p.Id, p.Organisation, p.CoAuthors }).ToListAsync(ct);
        var ids = authors.SelectMany(a => a.CoAuthors.Append(a.Organisation ?? Guid.Empty)).Distinct().ToList();
        var familyOf = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Family, ct);
        var own = authors.ToDictionary(a => a.Id, a => a.CoAuthors.Append(a.Organisation ?? Guid.Empty).Where(familyOf.ContainsKey).Select(o => familyOf[o]).ToHashSet());
        all.RemoveAll(e => own[e.Proposal].Contains(e.Organisation.Family));
        return all.Where(e => groupOf.ContainsKey(e.Organisation.Kind)).GroupBy(e => e.Proposal).ToDictionary(p => p.Key, p => new Support(
            [.. p.Select(e => OrganisationCard.Of(e.Organisation)).OrderBy(o => o.Name.Here(), StringComparer.CurrentCulture)],
            p.Select(e => e.Organisation.Family).Distinct().Count(),
            p.Select(e => (Group: groupOf[e.Organisation.Kind], e.Organisation.Family)).Distinct().CountBy(e => e.Group).ToDictionary()));
    }
}
