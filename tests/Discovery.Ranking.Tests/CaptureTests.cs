namespace Discovery.Ranking.Tests;

/// <summary>
/// The capture simulation of ranking.md 2.11 in the direction of its effect: a bloc of firms, and a growing share of the
/// other groups, votes one slate of six incumbents; six seats are to be had.
/// </summary>
public sealed class CaptureTests
{
    private static readonly (string Id, int Voters)[] Groups = [("firms", 300), ("univ", 40), ("consumers", 120), ("public", 12)];

    [Fact]
    public void Seats_follow_the_balanced_share_where_a_head_count_jumps()
    {
        var runs = new[] { 0.0, 0.1, 0.2, 0.3, 0.5, 0.7 }.Select(f => Run(f, new Random(11))).ToArray();

        Assert.Equal(6, runs[0].HeadCount);
        Assert.Equal(0, runs[0].Balanced);
        Assert.All(runs, r => Assert.Equal(6, r.HeadCount));
        Assert.All(runs.Zip(runs.Skip(1)), step => Assert.True(step.First.Seats <= step.Second.Seats));
        // One seat off at most: seats are whole, shares are not.
        Assert.All(runs, r => Assert.InRange(r.Seats, (int)Math.Floor(6 * r.Share) - 1, (int)Math.Ceiling(6 * r.Share)));
        Assert.True(runs.Select(r => r.Seats).Distinct().Count() >= 4, "seats rise step by step");
        Assert.Equal((0, 6), (runs[2].Balanced, runs[4].Balanced));
    }

    private static (int HeadCount, int Balanced, int Seats, double Share) Run(double f, Random random)
    {
        string[] proposals = [.. Enumerable.Range(1, 6).Select(i => $"I{i}"), .. Enumerable.Range(1, 6).Select(i => $"O{i}")];
        var (pooled, grouped) = (new Tally(proposals, ["all"]), new Tally(proposals, [.. Groups.Select(g => g.Id)]));
        var share = 0.0;
        for (var g = 0; g < Groups.Length; g++)
        {
            var bloc = (int)Math.Round(Groups[g].Voters * (g == 0 ? 0.8 : f));
            share += bloc / (4.0 * Groups[g].Voters);
            for (var v = 0; v < Groups[g].Voters; v++)
            {
                var ballot = v < bloc ? Slate() : Others(random);
                pooled.Add(0, 1, ballot);
                grouped.Add(g, 1, ballot);
            }
        }

        var plain = Count.Run(pooled, Rules([new("all", 1, 10)]));
        var balanced = Count.Run(grouped, Rules([.. Groups.Select(g => new Group(g.Id, 1, 10))]));
        return (Incumbents(plain.Consensus.Take(6)), Incumbents(balanced.Consensus.Take(6)), Incumbents(balanced.Seats.Select(s => s.Proposal)), share);

        static CountRules Rules(Group[] groups) => new(groups, 6, "capture") { OrdinaryUnits = 1 };
        static int Incumbents(IEnumerable<int> order) => order.Count(p => p < 6);
    }

    private static Ballot Slate() => new([.. Enumerable.Range(0, 6).Select(p => new[] { p })]);

    // Independent voters spread over the others and rank three to six of them.
    private static Ballot Others(Random random)
    {
        int[] order = [6, 7, 8, 9, 10, 11];
        random.Shuffle(order);
        return new([.. order.Take(random.Next(3, 7)).Select(p => new[] { p })]);
    }
}
