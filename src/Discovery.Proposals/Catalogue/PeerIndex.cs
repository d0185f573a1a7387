using Discovery.Proposals.Proposals;
using Discovery.Proposals.Search;
using Discovery.Proposals.Similar;

namespace Discovery.Proposals.Catalogue;

/// <summary>
/// How near a proposal is to the priorities of other regions (features.md F6): 0.6 × cosine of the texts (TF-IDF over word stems, in the language in which it is nearest)
/// + 0.4 × Jaccard of the tags. Tags are the stems of the domains' words: of a catalogue row its economic, scientific and policy domains, of a proposal the names of its
/// sectors in all languages, its keywords, and its key enabling technologies. Nothing here changes after it is made.
/// </summary>
internal sealed class PeerIndex
{
    const double OfText = 0.6, OfTags = 0.4;

    /// <summary>A region with something so near does the same.</summary>
    const double Crowded = 0.6;

    /// <summary>Shown beside each.</summary>
    const int MostWords = 6, MostPeers = 5;

    readonly IReadOnlyList<PeerPriority> peers;
    readonly Dictionary<string, List<(int Peer, double Weight)>> postings = new(StringComparer.Ordinal);
    readonly HashSet<string>[] tags;
    readonly int regions;

    public PeerIndex(IReadOnlyList<PeerPriority> peers)
    {
        this.peers = peers;
        regions = peers.Select(p => p.Region).Distinct().Count();
        tags = [.. peers.Select(p => Stems(p.Domains).ToHashSet())];
        var texts = peers.Select(p => Stems(p.Text).Distinct().ToList()).ToList();
        foreach (var stem in texts.SelectMany(t => t)) postings.TryAdd(stem, []);
        var counts = texts.SelectMany(t => t).CountBy(s => s).ToDictionary();
        for (var i = 0; i < texts.Count; i++)
        {
            var norm = Math.Sqrt(texts[i].Sum(s => Math.Pow(Idf(counts[s]), 2)));
            foreach (var stem in texts[i]) postings[stem].Add((i, Idf(counts[stem]) / norm));
        }
    }

    /// <param name="Unique">1 minus the nearest.</param>
    /// <param name="Crowd">Share of the regions that do the same.</param>
    public sealed record Answer(double Unique, double Crowd, IReadOnlyList<Near> Nearest);

    /// <param name="Words">That both use; the rarest first.</param>
    public sealed record Near(string Region, string Text, string? Source, DateOnly? Date, double Similarity, IReadOnlyList<string> Words);

    public Answer Compare(Content content, IEnumerable<string> sectorNames)
    {
        var own = sectorNames.Concat(content.Details.Keywords).Concat(content.Details.Technologies).SelectMany(Stems).ToHashSet();
        var best = new (double Score, IReadOnlyList<string> Words)[peers.Count];
        for (var i = 0; i < best.Length; i++) best[i] = (OfTags * Jaccard(own, tags[i]), []);
        var texts = new double[peers.Count];
        foreach (var language in content.Title.Keys.Union(content.Summary.Keys))
        {
            // As it stands in the text, for people; what is compared are stems.
            var words = Words.Plain($"{content.Title.GetValueOrDefault(language)} {content.Summary.GetValueOrDefault(language)}", 300).GroupBy(Stemmer.Stem).ToDictionary(w => w.Key, w => w.First());
            var norm = Math.Sqrt(words.Keys.Sum(s => Math.Pow(Idf(postings.GetValueOrDefault(s)?.Count ?? 0), 2)));
            var (sum, shared) = (new double[peers.Count], new Dictionary<int, List<(string Word, double Weight)>>());
            foreach (var (stem, word) in words)
                foreach (var (peer, weight) in postings.GetValueOrDefault(stem) ?? [])
                {
                    sum[peer] += weight * Idf(postings[stem].Count) / norm;
                    if (!shared.TryGetValue(peer, out var list)) shared[peer] = list = [];
                    list.Add((word, weight));
                }
            foreach (var (peer, list) in shared)
                if (sum[peer] > texts[peer])
                {
                    best[peer] = (best[peer].Score + OfText * (sum[peer] - texts[peer]), [.. list.OrderByDescending(w => w.Weight).Take(MostWords).Select(w => w.Word)]);
                    texts[peer] = sum[peer];
                }
        }
        var order = Enumerable.Range(0, best.Length).OrderByDescending(i => best[i].Score).ThenBy(i => peers[i].Region, StringComparer.Ordinal).ThenBy(i => i).ToList();
        var crowd = order.TakeWhile(i => best[i].Score >= Crowded).Select(i => peers[i].Region).Distinct().Count();
        return new(
            Math.Round(1 - Math.Min(1, best[order[0]].Score), 2), Math.Round((double)crowd / regions, 2),
            [.. order.Where(i => best[i].Score > 0).Take(MostPeers).Select(i => new Near(peers[i].Region, peers[i].Text, peers[i].Source, peers[i].Date, Math.Round(Math.Min(1, best[i].Score), 2), best[i].Words))]);
    }

    // A word in every row says nothing; a small catalogue is no reason to call any of its words common.
    double Idf(int count) => Math.Log(1 + (Math.Max(peers.Count, 20) + 0.5) / (count + 0.5));

    static double Jaccard(HashSet<string> a, HashSet<string> b) => a.Count == 0 || b.Count == 0 ? 0 : a.Count(b.Contains) is var both ? (double)both / (a.Count + b.Count - both) : 0;

    static IEnumerable<string> Stems(string text) => Words.Plain(text, 300).Select(Stemmer.Stem);
}
