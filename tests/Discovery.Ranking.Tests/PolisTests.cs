using System.Globalization;
using System.Numerics;

namespace Discovery.Ranking.Tests;

/// <summary>Polis conversations: most participants have not seen most statements. Data: compdemocracy.org/polis, CC BY 4.0.</summary>
public sealed class PolisTests
{
    public static IEnumerable<TheoryDataRow<string>> Files => Shared.Names("polis", ".csv").Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_balanced_margins_agree_when_the_unseen_abstains(string name)
    {
        var path = Shared.DataFile("polis", name);
        var expected = Expected.Of(path);
        if (expected.At("balanced") is not { } balanced) return;
        var r = Read(path, balanced.GetProperty("groups").EnumerateObject().ToDictionary(g => g.Name, g => g.Value.GetInt64()));

        Assert.Equal(balanced.GetProperty("L").GetString(), r.L.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(balanced.GetProperty("margin_sha256").GetString(), PabulibTests.MarginHash(r));
        Assert.Equal(
            balanced.GetProperty("row_sums_of_margins(balanced Borda)").EnumerateArray().Select(x => BigInteger.Parse(x.GetString()!, CultureInfo.InvariantCulture)),
            r.Borda.Select(x => x!.Value));
        if (expected.Order("balanced", "ranked_pairs_tb_order (tie_breaker=0..M-1)", "result") is { } order) Assert.Equal(order, r.Consensus);
        if (expected.Order("balanced", "split_cycle", "result") is { } undefeated) Assert.Equal(undefeated, r.SplitCycleUndefeated);
        if (expected.Classes("balanced", "refrank.schulze classes (ours)", "result") is { } classes) Assert.Equal(classes, r.SchulzeClasses);
        PabulibTests.SeatsAgree(r, balanced.GetProperty("abcvoting weighted").GetProperty("methods").GetProperty("seqphragmen").GetProperty("result"), scaled: true);
    }

    private static Result Read(string path, Dictionary<string, long> members)
    {
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        var (group, first) = (Array.IndexOf(header, "group-id"), Array.IndexOf(header, "n-disagree") + 1);
        var ids = header[first..];
        string[] groups = [.. members.Keys];
        var tally = new Tally(ids, groups);
        foreach (var cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            var votes = cells.Skip(first).Select((vote, p) => (vote, p)).ToArray();
            var tiers = votes.Where(x => x.vote.Length > 0).GroupBy(x => int.Parse(x.vote, CultureInfo.InvariantCulture))
                .OrderByDescending(t => t.Key).Select(t => t.Select(x => x.p).ToArray()).ToArray();
            if (tiers.Length == 0) continue;
            tally.Add(Array.IndexOf(groups, cells[group].Length == 0 ? "none" : cells[group]), 1, new Ballot(tiers,
                [.. votes.Where(x => x.vote == "1").Select(x => x.p)], [.. votes.Where(x => x.vote.Length == 0).Select(x => x.p)]));
        }

        // Participants who voted on nothing count in the published group sizes: damping stands in for them.
        return Count.Run(tally, new CountRules([.. groups.Select(g => new Group(g, 1, Math.Max(10, members[g])))], 10, "")
        {
            Theta = 0,
            Beta = 0,
            ForceTop = false,
            Exposure = false,
            OrdinaryUnits = 1,
            TieOrder = [.. Enumerable.Range(0, ids.Length)],
        });
    }
}
