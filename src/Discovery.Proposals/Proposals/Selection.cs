using System.Globalization;
using Discovery.Contracts.Identity;
using Discovery.Proposals.Search;
using Discovery.Site;

namespace Discovery.Proposals.Proposals;

/// <summary>What of a round's published proposals somebody wants to see, as it stands in the address. Everything is text, because an address may hold anything: what makes no sense is ignored and named.</summary>
internal sealed class Filter
{
    /// <summary>Words that all must occur, in whatever inflection; the beginning of a word is enough; a phrase stands in quotes.</summary>
    public string? Q { get; init; }

    public string[]? Sector { get; init; }

    /// <summary>new, diversify, transition, modernise.</summary>
    public string[]? Type { get; init; }

    /// <summary>general, application, mixed.</summary>
    public string[]? Mode { get; init; }

    /// <summary>main, emerging, local-social.</summary>
    public string[]? Track { get; init; }

    /// <summary>Key of a cell of the region; "-" for proposals that are about the whole region.</summary>
    public string[]? Municipality { get; init; }

    /// <summary>Kind of the author organisation.</summary>
    public string[]? Kind { get; init; }

    /// <summary>Group of the charter that the author belongs to.</summary>
    public string[]? Group { get; init; }

    /// <summary>Group of the charter from which there is support.</summary>
    public string[]? Supporters { get; init; }

    /// <summary>
    /// random (the default: another order every day), relevance (the default where there are words), new, supported (most first), unsupported (those that need support first), number, place.
    /// </summary>
    public string? Sort { get; init; }

    /// <summary>The random order that page 1 had.</summary>
    public string? Seed { get; init; }

    /// <summary>Page, from 1.</summary>
    public string? P { get; init; }

    /// <summary>cards, map (with the numbers by municipality), table.</summary>
    public string? View { get; init; }
}

/// <summary>One value of a filter that was chosen: <c>sector=agro</c>.</summary>
internal sealed record Choice(string Name, string Value);

/// <summary>A filter by values of a proposal: several values of one widen it, several filters narrow it.</summary>
/// <param name="Known">What may be asked for in this round.</param>
/// <param name="Fits">Whether a proposal has one of the values.</param>
internal sealed record Facet(string Name, Func<Filter, string[]?> Asked, Func<RoundCopy, IEnumerable<string>> Known, Func<Listed, Backing, IReadOnlyCollection<string>, bool> Fits)
{
    public const string WholeRegion = "-";

    public static readonly IReadOnlyList<Facet> All =
    [
        new("sector", f => f.Sector, _ => Choices.Sectors, (p, _, values) => values.Contains(p.Sector) || (p.Also is not null && values.Contains(p.Also))),
        new("type", f => f.Type, _ => Choices.Kinds, (p, _, values) => values.Contains(p.Type)),
        new("mode", f => f.Mode, _ => Choices.Modes, (p, _, values) => values.Contains(p.Mode)),
        new("track", f => f.Track, _ => Choices.Tracks, (p, _, values) => values.Contains(p.Track)),
        new("municipality", f => f.Municipality, r => r.Region.Cells.Select(c => c.Key).Append(WholeRegion), (p, _, values) => values.Contains(p.Municipality ?? WholeRegion)),
        new("kind", f => f.Kind, _ => OrganisationKinds.All, (p, _, values) => p.Organisation is not null && values.Contains(p.Organisation.Kind)),
        new("group", f => f.Group, r => r.Charter.Groups.Select(g => g.Id), (p, _, values) => p.Group is not null && values.Contains(p.Group)),
        new("supporters", f => f.Supporters, r => r.Charter.Groups.Select(g => g.Id), (_, support, values) => values.Any(support.ByGroup.ContainsKey)),
    ];
}

/// <summary>A filter as it was understood, and what it selects, in the order that was asked for.</summary>
/// <param name="Found">In no order.</param>
/// <param name="InOrder">The same as it was asked for; sorted as far as it is read.</param>
/// <param name="Q">The words, cleaned.</param>
/// <param name="Instead">Words that nothing holds, and what was looked for in their place.</param>
/// <param name="Ignored">Values that mean nothing here.</param>
internal sealed record Selection(
    IReadOnlyList<Listed> Found, IEnumerable<Listed> InOrder, string Q, IReadOnlyList<Choice> Chosen, string Sort, int Seed, string View, int Page, bool HasResult, IReadOnlyList<SearchIndex.Instead> Instead, IReadOnlyList<string> Ignored)
{
    public static readonly IReadOnlyList<string> Orders = ["relevance", "random", "new", "supported", "unsupported", "number", "place"], Views = ["cards", "map", "table"];

    /// <summary>Longer is no question.</summary>
    public const int MostLetters = 200;

    // More proposals than a round can have: numbers end at 100,000.
    const long Most = 1 << 17;

    /// <param name="seed">Of the random order, where the address has none.</param>
    public static Selection Of(PublishedProposals published, Filter filter, int seed)
    {
        var round = published.Round;
        var ignored = new List<string>();
        var chosen = Facet.All.SelectMany(f => Sensible(f.Asked(filter) ?? [], [.. f.Known(round)], ignored).Select(value => new Choice(f.Name, value))).ToList();
        var q = PlainText.Line(filter.Q);
        if (q.Length > MostLetters) q = q[..MostLetters];
        var sort = Sensible([filter.Sort], Orders, ignored).FirstOrDefault();
        var view = Sensible([filter.View], Views, ignored).FirstOrDefault() ?? Views[0];
        // Without words nothing is more relevant than anything else.
        if (sort is null or "relevance") sort = q.Length > 0 ? "relevance" : "random";
        seed = Whole(filter.Seed, ignored) ?? seed;
        var page = Whole(filter.P, ignored) ?? 1;

        var (texts, instead) = Searched(published, q);
        List<Listed> found = [.. texts.Where(Fits(published, chosen))];
        return new(found, Ordered(found, published, sort, seed), q, chosen, sort, seed, view, page, published.HasResult, instead, ignored);
    }

    /// <summary>How many there would be with other choices or other words.</summary>
    public static int Count(PublishedProposals published, string q, IReadOnlyList<Choice> chosen) => Searched(published, q).Texts.Count(Fits(published, chosen));

    /// <summary>How many are in each municipality, whichever of them was chosen.</summary>
    public IReadOnlyDictionary<string, int> ByMunicipality(PublishedProposals published)
    {
        List<Choice> others = [.. Chosen.Where(c => c.Name != "municipality")];
        return Searched(published, Q).Texts.Where(Fits(published, others)).CountBy(p => p.Municipality ?? Facet.WholeRegion).ToDictionary();
    }

    static (IEnumerable<Listed> Texts, IReadOnlyList<SearchIndex.Instead> Instead) Searched(PublishedProposals published, string q)
    {
        if (q.Length == 0) return (published.All, []);
        var answer = published.Search.Find(q);
        return (answer.Texts.Select(t => published.All[t.Text]), answer.Instead);
    }

    static Func<Listed, bool> Fits(PublishedProposals published, IReadOnlyList<Choice> chosen)
    {
        List<(Facet Facet, IReadOnlyCollection<string> Values)> all = [.. chosen.GroupBy(c => c.Name, c => c.Value).Select(c => (Facet.All.First(f => f.Name == c.Key), (IReadOnlyCollection<string>)c.ToHashSet()))];
        return proposal => all.TrueForAll(a => a.Facet.Fits(proposal, published.SupportOf(proposal), a.Values));
    }

    /// <summary>What comes from the search comes in the order of relevance, and what comes from a sorted list in its.</summary>
    static IEnumerable<Listed> Ordered(List<Listed> found, PublishedProposals published, string sort, int seed)
    {
        if (sort is "random")
        {
            // Multiplication by a number below a prime permutes the numbers below it: an order per seed, and pages that fit together.
            var factor = (long)seed * 7919 % (Proposal.Prime - 1) + 1;
            return found.OrderBy(p => p.Shuffle * factor % Proposal.Prime * Most + p.Number);
        }
        if (sort is "relevance" || found.Count == published.All.Count) return sort is "relevance" ? found : published.InOrder(sort);
        var chosen = found.ToHashSet();
        return published.InOrder(sort).Where(chosen.Contains);
    }

    /// <summary>In the order in which they are known: one list has one address.</summary>
    static IEnumerable<string> Sensible(IReadOnlyList<string?> values, IReadOnlyList<string> known, List<string> ignored)
    {
        ignored.AddRange(values.Where(v => !string.IsNullOrEmpty(v) && !known.Contains(v)).Select(v => Short(v!)));
        return known.Where(values.Contains);
    }

    static int? Whole(string? value, List<string> ignored)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        ignored.Add(Short(value));
        return null;
    }

    static string Short(string value) => PlainText.Line(value) is { Length: > 40 } line ? line[..40] + "…" : PlainText.Line(value);
}
