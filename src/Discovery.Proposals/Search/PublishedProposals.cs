using System.Collections.Concurrent;
using Discovery.Contracts;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Similar;
using Discovery.Site;

namespace Discovery.Proposals.Search;

/// <summary>A published proposal as lists show it, with the words that the search looks at.</summary>
/// <param name="Group">Group of the charter that the author's kind belongs to.</param>
internal sealed record Listed(
    Guid Id, int Number, int Version, Guid? Author, Text Title, Text Summary, string Sector, string? Also, string Track, string Type, string Mode, string? Municipality,
    DateTimeOffset PublishedAt, int? Seat, int? Rank, int Shuffle, IReadOnlyList<Field> Words)
{
    public OrganisationCard? Organisation { get; init; }
    public string? Group { get; init; }

    public static Listed Of(Proposal p) => new(
        p.Id, p.Number, p.Version, p.Organisation, p.Content.Title, p.Content.Summary, p.Content.Sector, p.Content.Also, p.Content.Track, p.Content.Kind, p.Content.Mode, p.Content.Municipality,
        p.PublishedAt!.Value, p.Seat, p.Rank, p.Shuffle,
        [
            // As people name it: "№ 12". Titles say what a proposal is; what stands in the long answers is often by the way.
            new(4, [p.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)]), .. Texts(4, p.Content.Title), .. Texts(2, p.Content.Summary),
            .. Texts(1, p.Content.Today), .. Texts(1, p.Content.Market), .. Texts(1, p.Content.Strengths), Line(2, p.Content.Details.Keywords),
            .. p.Content.Title.Keys.Select(lang => Line(1, p.Content.Details.Words(lang))),
        ]);

    public static IEnumerable<Field> Texts(float weight, Text text) => text.Values.Select(t => new Field(weight, [.. Similar.Words.Plain(t, MostWords)]));

    static Field Line(float weight, IEnumerable<string> texts) => new(weight, [.. Similar.Words.Plain(string.Join(' ', texts), MostWords)]);

    const int MostWords = 1000;
}

/// <summary>How much support a proposal has; see <see cref="Endorsements.Support"/>.</summary>
internal sealed record Backing(int Voices, IReadOnlyDictionary<string, int> ByGroup)
{
    public static readonly Backing None = new(0, new Dictionary<string, int>());
}

/// <summary>What is published in a round at one moment: all that lists, search and comparison need, without asking the database. Nothing in it changes.</summary>
internal sealed class PublishedProposals(RoundCopy round, IReadOnlyList<Listed> all, IReadOnlyDictionary<Guid, Backing> support, PublishedProposals? before = null)
{
    // Support comes more often than texts change: the indexes of unchanged texts go on.
    readonly Lazy<SearchIndex> search = before is not null && ReferenceEquals(before.All, all) ? before.search
        : new(() => new SearchIndex([.. all.Select(p => p.Organisation is { } o ? [.. p.Words, .. Listed.Texts(2, o.Name)] : p.Words)]));

    readonly Lazy<IReadOnlyDictionary<string, SimilarIndex>> similar = before is not null && ReferenceEquals(before.All, all) ? before.similar : new(() => all
        .SelectMany(p => p.Title.Keys.Union(p.Summary.Keys).Select(language => (Language: language, p.Number, Title: p.Title.GetValueOrDefault(language, ""), Summary: p.Summary.GetValueOrDefault(language, ""))))
        .GroupBy(t => t.Language)
        .ToDictionary(t => t.Key, t => new SimilarIndex([.. t.Select(x => (x.Number, x.Title, x.Summary))])));

    readonly ConcurrentDictionary<string, IReadOnlyList<Listed>> orders = new();

    public RoundCopy Round => round;

    /// <summary>Whether a result is published, so that there are places.</summary>
    public bool HasResult { get; } = all.Any(p => p.Rank is not null);

    /// <summary>By number.</summary>
    public IReadOnlyList<Listed> All => all;

    /// <summary>By proposal; those without are not in it.</summary>
    public IReadOnlyDictionary<Guid, Backing> Support => support;

    /// <summary>Over <see cref="All"/>, in its order.</summary>
    public SearchIndex Search => search.Value;

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, SimilarIndex> Similar => similar.Value;

    /// <summary>All in an order that is the same for everybody.</summary>
    public IReadOnlyList<Listed> InOrder(string order) => orders.GetOrAdd(order, _ => [.. order switch
    {
        "new" => all.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Number),
        "supported" => all.OrderByDescending(p => SupportOf(p).Voices).ThenBy(p => p.Number),
        "unsupported" => all.OrderBy(p => SupportOf(p).Voices).ThenByDescending(p => p.Number),
        "place" => all.OrderBy(p => p.Seat ?? int.MaxValue).ThenBy(p => p.Rank ?? int.MaxValue).ThenBy(p => p.Number),
        _ => (IEnumerable<Listed>)all,
    }]);

    /// <summary>The same proposals; of the round something else is known now.</summary>
    public PublishedProposals In(RoundCopy newer) => new(newer, all, support, this);

    public Backing SupportOf(Listed proposal) => support.GetValueOrDefault(proposal.Id) ?? Backing.None;
}
