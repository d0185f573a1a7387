using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Discovery.Ranking.Tests;

/// <summary>Participatory budgets: the files' own totals, and balanced counts computed by other engines.</summary>
public sealed class PabulibTests
{
    public static IEnumerable<TheoryDataRow<string>> Files => Shared.Names("pabulib", ".pb").Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_official_votes_and_scores_are_reproduced(string name)
    {
        var file = ElectionFile.Read(Shared.DataFile("pabulib", name));
        var (votes, score) = (new long[file.Proposals.Count], new long[file.Proposals.Count]);
        foreach (var vote in file.Votes)
        {
            var place = 0;
            foreach (var p in vote.Named)
            {
                votes[p]++;
                score[p] += vote.Values?[place].Value ?? 3 - place;
                place++;
            }
        }

        for (var p = 0; p < votes.Length; p++)
        {
            var columns = file.Proposals[p].Columns;
            Assert.Equal(columns["votes"], votes[p].ToString(CultureInfo.InvariantCulture));
            if (columns.TryGetValue("score", out var official) && official.Length > 0)
                Assert.Equal(official, score[p].ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Unit_weights_give_the_seats_of_sequential_Phragmen(string name)
    {
        var path = Shared.DataFile("pabulib", name);
        if (Expected.Of(path).At("abcvoting") is not { } abc) return;
        var result = Named(ElectionFile.Read(path), Grouping.None, 1, abc.GetProperty("k").GetInt32());
        SeatsAgree(result, abc.GetProperty("methods").GetProperty("seqphragmen").GetProperty("result"), scaled: false);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_balanced_count_agrees_with_other_engines(string name)
    {
        var path = Shared.DataFile("pabulib", name);
        var expected = Expected.Of(path);
        if (expected.At("balanced") is not { } balanced) return;
        var abc = balanced.GetProperty("abcvoting weighted");
        var r = Named(ElectionFile.Read(path), Grouping.Age, 30, abc.GetProperty("k").GetInt32());
        var m = r.Proposals.Count;

        Assert.Equal(
            balanced.GetProperty("groups").EnumerateObject().Select(g => (g.Name, g.Value.GetInt64())).Order(),
            r.Groups.Select(g => (g.Id, g.Ballots)).Order());
        Assert.Equal(balanced.GetProperty("L").GetString(), r.L.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(balanced.GetProperty("margin_sha256").GetString(), MarginHash(r));
        Assert.Equal(
            balanced.GetProperty("row_sums_of_margins(balanced Borda)").EnumerateArray().Select(x => BigInteger.Parse(x.GetString()!, CultureInfo.InvariantCulture)),
            Enumerable.Range(0, m).Select(p => r.Borda[p]!.Value));
        if (expected.Order("balanced", "ranked_pairs_tb_order (tie_breaker=0..M-1)", "result") is { } order) Assert.Equal(order, r.Consensus);
        if (expected.Classes("balanced", "refrank.schulze classes (ours)", "result") is { } classes) Assert.Equal(classes, r.SchulzeClasses);
        SeatsAgree(r, abc.GetProperty("methods").GetProperty("seqphragmen").GetProperty("result"), scaled: true);
    }

    private static Result Named(ElectionFile file, Grouping by, long damping, int k)
    {
        string[] groups = [.. file.Votes.Select(v => VoterGroups.Of(v, by)).Distinct().Order(StringComparer.Ordinal)];
        var tally = new Tally([.. file.Proposals.Select(p => p.Id)], groups);
        foreach (var vote in file.Votes)
            tally.Add(Array.IndexOf(groups, VoterGroups.Of(vote, by)), 1, new Ballot(vote.Tiers, [.. vote.Named]), vote.Count);
        return Count.Run(tally, new CountRules([.. groups.Select(g => new Group(g, 1, damping))], k, "")
        {
            Theta = 0,
            Beta = 0,
            ForceTop = false,
            Exposure = false,
            OrdinaryUnits = 1,
            TieOrder = [.. Enumerable.Range(0, file.Proposals.Count)],
        });
    }

    internal static void SeatsAgree(Result r, JsonElement phragmen, bool scaled)
    {
        var order = phragmen.GetProperty("order").EnumerateArray().Select(x => x.GetInt32()).ToArray();
        var tied = phragmen.GetProperty("tied").EnumerateArray().Select(t => t.EnumerateArray().Select(x => x.GetInt32()).ToArray()).ToArray();
        var loads = phragmen.GetProperty("max_load").EnumerateArray().Select(x => Fraction.Parse(x.GetString()!)).ToArray();
        for (var t = 0; t < order.Length; t++)
        {
            Assert.Contains(r.Seats[t].Proposal, tied[t]);
            Assert.Equal(loads[t], scaled ? r.Seats[t].Load * new Fraction(r.L, 1) : r.Seats[t].Load);
            // Ties go to the better rank here and to the lower index there: after one, the paths differ.
            if (r.Seats[t].Proposal != order[t]) return;
        }
    }

    internal static string MarginHash(Result r)
    {
        var all = Enumerable.Range(0, r.Proposals.Count).ToArray();
        var json = "[" + string.Join(",", all.Select(a =>
            "[" + string.Join(",", all.Select(b => $"\"{r.D(a, b).ToString(CultureInfo.InvariantCulture)}\"")) + "]")) + "]";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }
}
