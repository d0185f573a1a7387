namespace Discovery.Ranking.Tests;

public sealed class StabilityTests
{
    private static readonly string[] Ids = ["a", "b", "c", "d"];
    private static readonly CountRules Rules = new([new("g", 1, 1), new("h", 1, 1)], 2, "seed") { OrdinaryUnits = 1 };

    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        // Reference output of SplitMix64 for the state 1234567.
        var random = new SplitMix64(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Unanimous_ballots_leave_no_doubt()
    {
        var (buckets, all) = Buckets(40, _ => new([[2], [0], [1]]));
        var intervals = Stability.Bootstrap(buckets, all, Rules, shortlist: true, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (intervals[2].Low, intervals[2].High));
        Assert.Equal((4, 4), (intervals[3].Low, intervals[3].High));
        Assert.Equal(1, intervals[2].Shortlisted!.Value);
        Assert.Equal(0, intervals[3].Shortlisted!.Value);
    }

    [Fact]
    public void Close_ballots_give_an_interval_and_the_same_one_every_time()
    {
        var (buckets, all) = Buckets(41, i => i % 2 == 0 ? new([[0], [1]]) : new([[1], [0]]));
        var (first, second) = (Stability.Bootstrap(buckets, all, Rules, cancel: TestContext.Current.CancellationToken), Stability.Bootstrap(buckets, all, Rules, cancel: TestContext.Current.CancellationToken));
        Assert.Equal(first, second);
        Assert.Equal((1, 2), (first[0].Low, first[0].High));
    }

    [Fact]
    public void Weights_are_drawn_apart()
    {
        var tally = new Tally(Ids, ["g", "h"]);
        tally.Add(0, 1, new([[0], [1]]), 20);
        tally.Add(1, 1, new([[1], [0]]), 20);
        var intervals = Stability.Weights(tally, Rules, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((1, 2), (intervals[0].Low, intervals[0].High));
        Assert.Equal(3, Math.Min(intervals[2].Low, intervals[3].Low));
    }

    [Fact]
    public void The_largest_slate_of_a_group_is_found_and_shrinks_again()
    {
        var slates = new Slates();
        for (var i = 0; i < 5; i++) slates.Add(0, 2, new([[0], i % 2 == 0 ? [1, 2] : [2, 1]]));
        slates.Add(0, 9, new([[0], [1]]));
        slates.Add(1, 3, new([[0], [1], [2]]));
        Assert.Equal((10, 3), (slates.Largest(0), slates.Largest(1)));
        slates.Add(0, -8, new([[0], [1, 2]]));
        Assert.Equal((2, 0), (slates.Largest(0), slates.Largest(2)));
    }

    private static (Tally[] Buckets, Tally All) Buckets(int ballots, Func<int, Ballot> ballot)
    {
        var buckets = Enumerable.Range(0, Stability.Buckets).Select(_ => new Tally(Ids, ["g", "h"])).ToArray();
        var all = new Tally(Ids, ["g", "h"]);
        for (var i = 0; i < ballots; i++)
        {
            buckets[i % 32].Add(0, 1, ballot(i));
            all.Add(0, 1, ballot(i));
        }

        return (buckets, all);
    }
}
