using CsCheck;

namespace Discovery.Ranking.Tests;

/// <summary>Random profiles for properties: a few groups, weak orders with ties and truncation, some unseen proposals.</summary>
internal sealed record Profile(int Proposals, int Groups, (int Group, long Units, Ballot Ballot)[] Ballots)
{
    public static readonly Gen<Profile> Any =
        from m in Gen.Int[2, 7]
        from g in Gen.Int[1, 3]
        from ballots in Gen.Select(Gen.Int[0, g - 1], Gen.Long[1, 4], Weak(m)).Array[1, 25]
        select new Profile(m, g, ballots);

    public IReadOnlyList<string> Ids => [.. Enumerable.Range(0, Proposals).Select(p => $"p{p}")];

    public Tally Tally(IEnumerable<(int Group, long Units, Ballot Ballot)>? ballots = null)
    {
        var tally = new Tally(Ids, [.. Enumerable.Range(0, Groups).Select(g => $"g{g}")]);
        foreach (var (group, units, ballot) in ballots ?? Ballots) tally.Add(group, units, ballot);
        return tally;
    }

    public CountRules Rules(int weight = 1, long damping = 3) =>
        new([.. Enumerable.Range(0, Groups).Select(g => new Group($"g{g}", weight * (g + 1), damping))], 3, "seed") { OrdinaryUnits = 1 };

    public static Gen<Ballot> Weak(int m) =>
        from ranks in Gen.Int[0, 4].Array[m]
        from unseen in Gen.Int[0, 5].Array[m]
        from first in Gen.Int[0, m - 1]
        select Of(ranks, unseen, first);

    public static Gen<Ballot> Strict(int m) => Gen.Shuffle(Enumerable.Range(0, m).ToArray()).Select(order => new Ballot([.. order.Select(p => new[] { p })]));

    // Rank 4 = unranked; among those, 0 in the second list = not seen.
    private static Ballot Of(int[] ranks, int[] unseen, int first)
    {
        ranks[first] = 0;
        var all = Enumerable.Range(0, ranks.Length).ToArray();
        return new(
            [.. all.Where(p => ranks[p] < 4).GroupBy(p => ranks[p]).OrderBy(t => t.Key).Select(t => t.ToArray())],
            null,
            [.. all.Where(p => ranks[p] == 4 && unseen[p] == 0)]);
    }
}
