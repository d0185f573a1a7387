using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Discovery.Ranking.Ledger;

namespace Discovery.Ranking.Tests;

/// <summary>From ledger entries to a count: families, changed and withdrawn ballots, withdrawn proposals, small groups.</summary>
public class LedgerTallyTests
{
    const string Rules = """
        {"k":2,"ballot":"ranking","maxRanked":5,"ties":true,"floor":"1/20","breadth":"1/20","exposure":false,"rho":10,"listedTies":true,
         "groups":[{"id":"firms","weight":1,"damping":null,"partner":null},{"id":"consumers","weight":1,"damping":null,"partner":null}],"seedCommitment":"00"}
        """;

    static readonly string[] Proposals = ["1", "2", "3", "4", "5"];

    static string Ballot(string key, string group, string? family, int revision, params string[][] tiers) => JsonSerializer.Serialize(
        new { a = (string[]?)null, b = key, c = "c", g = group, k = "rank", n = Array.Empty<string>(), o = family, r = revision, t = tiers, v = 1 });

    static LedgerTally Tally(string rules = Rules) => new(new(rules), Proposals);

    static void Apply(LedgerTally tally, string kind, string payload) => tally.Apply(kind, Encoding.UTF8.GetBytes(payload));

    [Fact]
    public void Sixteen_ballots_of_one_family_weigh_as_one_voter()
    {
        var tally = Tally();
        for (var i = 0; i < 16; i++) Apply(tally, "ballot", Ballot($"firm{i}", "firms", "holding", 1, ["1"], ["2"]));
        Apply(tally, "ballot", Ballot("alone", "firms", "alone", 1, ["2"], ["1"]));

        var counted = tally.Count("seed").Tally;

        Assert.Equal(2 * LedgerRules.Units, counted.Units(0));
        Assert.Equal(counted.N(0, 0, 1), counted.N(0, 1, 0));
        Assert.Equal(17, counted.Ballots(0));
    }

    [Fact]
    public void A_withdrawn_proposal_leaves_the_count_and_ballots_that_named_only_it_are_exhausted()
    {
        var tally = Tally();
        Apply(tally, "ballot", Ballot("a", "firms", "a", 1, ["1"], ["2"]));
        Apply(tally, "ballot", Ballot("b", "firms", "b", 1, ["1"]));
        Apply(tally, "withdraw-proposal", """{"c":"c","k":"withdraw-proposal","p":"1","v":1,"w":"why"}""");

        var (counted, result) = tally.Count("seed");

        Assert.Equal(["2", "3", "4", "5"], result.Proposals);
        Assert.Equal(1, counted.Ballots(0));
        Assert.Equal("2", result.Proposals[result.Consensus[0]]);
    }

    [Fact]
    public void A_group_of_fewer_than_ten_is_counted_with_its_partner()
    {
        var tally = Tally(Rules.Replace("""{"id":"consumers","weight":1,"damping":null,"partner":null}""", """{"id":"consumers","weight":1,"damping":null,"partner":"firms"}""", StringComparison.Ordinal));
        for (var i = 0; i < 12; i++) Apply(tally, "ballot", Ballot($"firm{i}", "firms", $"firm{i}", 1, ["1"]));
        for (var i = 0; i < 9; i++) Apply(tally, "ballot", Ballot($"person{i}", "consumers", null, 1, ["2"]));

        Assert.Equal(["firms"], tally.Count("seed").Tally.Groups);
        Assert.Equal(21, tally.Count("seed").Tally.Ballots(0));

        Apply(tally, "ballot", Ballot("person9", "consumers", null, 1, ["2"]));
        Assert.Equal(["firms", "consumers"], tally.Count("seed").Tally.Groups);
    }

    [Fact]
    public void Entries_that_cannot_be_read_are_refused()
    {
        var tally = Tally();
        Assert.Throws<FormatException>(() => Apply(tally, "ballot", "{"));
        Assert.Throws<FormatException>(() => Apply(tally, "ballot", Ballot("a", "nobody", null, 1, ["1"])));
        Assert.Throws<FormatException>(() => Apply(tally, "ballot", Ballot("a", "firms", "a", 1, ["77"])));
        Assert.Throws<FormatException>(() => Apply(tally, "rumour", "{}"));
    }

    /// <summary>Whatever happened on the way, the state is that of a recount of the ballots that stand.</summary>
    [Fact]
    public void Changes_and_withdrawals_leave_the_state_of_a_recount() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 9], Gen.Shuffle(Proposals, 1, 5)).List[1, 60].Sample(acts =>
        {
            var tally = Tally();
            var standing = new Dictionary<string, (string Group, string? Family, string[] Order)>();
            var withdrawn = new List<string>();
            foreach (var (what, who, order) in acts)
            {
                var key = who.ToString(CultureInfo.InvariantCulture);
                var (group, family) = who < 6 ? ("firms", "family" + who % 2) : ("consumers", (string?)null);
                if (what == 0)
                {
                    Apply(tally, "withdraw", JsonSerializer.Serialize(new { b = key }));
                    standing.Remove(key);
                }
                else if (what == 1 && withdrawn.Count < 3)
                {
                    Apply(tally, "withdraw-proposal", JsonSerializer.Serialize(new { p = order[0] }));
                    if (!withdrawn.Contains(order[0])) withdrawn.Add(order[0]);
                }
                else
                {
                    Apply(tally, "ballot", Ballot(key, group, family, 1, [.. order.Select(p => new[] { p })]));
                    standing[key] = (group, family, order);
                }
            }

            var recount = Tally();
            foreach (var proposal in withdrawn) Apply(recount, "withdraw-proposal", JsonSerializer.Serialize(new { p = proposal }));
            foreach (var (key, (group, family, order)) in standing) Apply(recount, "ballot", Ballot(key, group, family, 1, [.. order.Select(p => new[] { p })]));

            return tally.Count("seed").Tally.StateEquals(recount.Count("seed").Tally) && tally.Count("seed").Result.ResultHash() == recount.Count("seed").Result.ResultHash();
        });
}
