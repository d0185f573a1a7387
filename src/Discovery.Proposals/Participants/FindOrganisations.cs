using Discovery.Proposals.Data;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Participants;

internal static class FindOrganisations
{
    const int Most = 10, LeastLetters = 3;

    /// <summary>Organisations that may act and whose name has all the words, for a form that names one.</summary>
    public static async Task<IReadOnlyList<OrganisationCard>> FindOrganisationsAsync(this ProposalsDb db, string? find, IReadOnlyCollection<Guid> without, CancellationToken ct)
    {
        var words = PlainText.Searchable(find ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Sum(w => w.Length) < LeastLetters) return [];
        var found = db.Organisations.AsNoTracking().Where(o => o.MayAct && !without.Contains(o.Id));
        foreach (var word in words.Take(8)) found = found.Where(o => o.Search.Contains(word));
        return (await found.OrderBy(o => o.Search).Take(Most).ToListAsync(ct)).ConvertAll(OrganisationCard.Of);
    }
}
