using System.Globalization;
using System.Numerics;

namespace Discovery.Ranking.Tests;

/// <summary>Real and textbook elections against three other engines (the files' .expected.json).</summary>
public sealed class RealElectionsTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Files =>
        from source in new (string Folder, string[] Endings)[]
        {
            ("textbook", [".soc", ".soi", ".toc", ".toi"]), ("prefvoting-minimal", [".soc"]), ("nswla", [".soi"]),
            ("scot-elex", [".csv"]), ("debian", [".txt"]), ("tideman", [".HIL"]), ("pabulib", [".pb"]),
        }
        from name in Shared.Names(source.Folder, source.Endings)
        select new TheoryDataRow<string, string>(source.Folder, name);

    [Theory]
    [MemberData(nameof(Files))]
    public void The_plain_count_agrees_with_other_engines(string folder, string name)
    {
        var path = Shared.DataFile(folder, name);
        var (expected, file) = (Expected.Of(path), OtherFormats.Read(path));
        if (expected.At("condorcet_php") is null && expected.At("pref_voting") is null) return;
        var r = Plain(file);
        var m = r.Proposals.Count;

        if (expected.Matrix("condorcet_php", "pairwise_wins") is { } wins)
            Each(m, (a, b) => Assert.Equal(wins[a][b], r.P[a][b]));
        if (expected.Matrix("pref_voting", "methods", "margin_matrix", "result") is { } margins)
            Each(m, (a, b) => Assert.Equal(margins[a][b], r.D(a, b)));
        if (expected.Order("pref_voting", "methods", "ranked_pairs_tb_order (tie_breaker=0..M-1)", "result") is { } order)
            Assert.Equal(order, r.Consensus);
        if (expected.Classes("refrank (ours)", "schulze_margin_classes") is { } classes)
            Assert.Equal(classes, r.SchulzeClasses);
        if (expected.Order("pref_voting", "methods", "split_cycle", "result") is { } undefeated)
            Assert.Equal(undefeated, r.SplitCycleUndefeated);
        if (expected.Order("pref_voting", "methods", "beat_path", "result") is { } widest)
            Assert.Equal(widest, r.SchulzeClasses[0]);
        if (expected.Order("pref_voting", "methods", "minimax", "result") is { } minimax)
            Assert.Equal(minimax, Best(m, p => -(r.WorstDefeat[p] ?? 0)));
        if (expected.At("pref_voting", "methods", "copeland_scores", "result") is { } copeland)
            Assert.All(copeland.EnumerateObject(), x => Assert.Equal((int)x.Value.GetDouble(), r.Copeland[int.Parse(x.Name, CultureInfo.InvariantCulture)]));

        SameClasses("Copeland", p => r.Copeland[p]!.Value);
        SameClasses("BordaCount", p => r.Borda[p]!.Value);
        SameClasses("Minimax Margin", p => -(r.WorstDefeat[p] ?? 0));

        void SameClasses(string method, Func<int, BigInteger> score)
        {
            if (expected.Classes("condorcet_php", "methods", method, "rank") is not { } rank) return;
            Assert.Equal(rank.Select(c => c.Order().ToArray()), Enumerable.Range(0, m).GroupBy(score).OrderByDescending(c => c.Key).Select(c => c.ToArray()));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_condorcet_winner_stands_first(string folder, string name)
    {
        if (folder is not ("prefvoting-minimal" or "scot-elex" or "nswla")) return;
        var r = Plain(OtherFormats.Read(Shared.DataFile(folder, name)));
        var all = Enumerable.Range(0, r.Proposals.Count).ToArray();
        var winner = all.Where(a => all.All(b => a == b || r.D(a, b) > 0)).ToArray();
        if (folder == "prefvoting-minimal") Assert.Single(winner);
        if (winner.Length == 1) Assert.Equal(winner[0], r.Consensus[0]);
    }

    internal static Result Plain(ElectionFile file) =>
        ElectionCount.Result(file, new() { Damping = 1, NoExposure = true, TiesListed = true, K = 0 });

    private static int[] Best(int m, Func<int, BigInteger> score)
    {
        var highest = Enumerable.Range(0, m).Max(score);
        return [.. Enumerable.Range(0, m).Where(p => score(p) == highest)];
    }

    private static void Each(int m, Action<int, int> pair)
    {
        for (var a = 0; a < m; a++)
            for (var b = 0; b < m; b++) pair(a, b);
    }
}
