using System.Numerics;
using CsCheck;

namespace Discovery.Ranking.Tests;

public sealed class PropertyTests
{
    [Fact]
    public void The_order_of_ballots_never_matters() => Profile.Any.Sample(profile =>
    {
        var expected = Count.Run(profile.Tally(), profile.Rules()).ResultHash();
        Assert.Equal(expected, Count.Run(profile.Tally(profile.Ballots.Reverse()), profile.Rules()).ResultHash());
        Assert.Equal(expected, Count.Run(profile.Tally(profile.Ballots.OrderBy(b => b.Ballot.Tiers.Count)), profile.Rules()).ResultHash());
    });

    [Fact]
    public void Adding_and_removing_equals_counting_anew() => Gen.Select(Profile.Any, Gen.Int[0, 100]).Sample((profile, seed) =>
    {
        var (kept, tally) = (profile.Ballots.ToList(), profile.Tally());
        var random = new Random(seed);
        for (var i = 0; i < 20 && kept.Count > 1; i++)
        {
            var at = random.Next(kept.Count);
            tally.Remove(kept[at].Group, kept[at].Units, kept[at].Ballot);
            if (random.Next(2) == 0) tally.Add(kept[at].Group, kept[at].Units, kept[at].Ballot);
            else kept.RemoveAt(at);
        }

        Assert.True(tally.StateEquals(profile.Tally(kept)));
        Assert.Equal(Count.Run(profile.Tally(kept), profile.Rules()).ResultHash(), Count.Run(tally, profile.Rules()).ResultHash());
    });

    [Fact]
    public void A_batch_counts_like_its_ballots_one_by_one() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 300], Gen.Int[0, 1000]).Sample((m, n, seed) =>
    {
        var random = new Random(seed);
        var ballots = Enumerable.Range(0, n).Select(_ =>
        {
            var order = Enumerable.Range(0, m).ToArray();
            random.Shuffle(order);
            var tiers = order.Take(random.Next(1, m + 1)).GroupBy(p => random.Next(1 + (seed % 9))).Select(t => t.ToArray()).ToArray();
            return new Ballot(tiers, random.Next(3) > 0 ? null : order[..random.Next(m)]);
        }).ToArray();
        string[] ids = [.. Enumerable.Range(0, m).Select(p => $"p{p}")];
        var (one, all, batch) = (new Tally(ids, ["g"]), new Tally(ids, ["g"]), new BallotBatch(m));
        foreach (var ballot in ballots)
        {
            one.Add(0, 3, ballot);
            batch.Add(ballot);
        }

        all.AddAll(0, 3, batch);
        Assert.True(one.StateEquals(all));
    }, iter: 300);

    [Fact]
    public void Merged_tallies_equal_one_tally() => Gen.Select(Profile.Any, Gen.Int[0, 25]).Sample((profile, cut) =>
    {
        var first = profile.Tally(profile.Ballots.Take(cut));
        first.Merge(profile.Tally(profile.Ballots.Skip(cut)));
        Assert.True(first.StateEquals(profile.Tally()));
    });

    [Fact]
    public void A_recount_from_the_published_numbers_gives_the_same_hash() => Profile.Any.Sample(profile =>
    {
        var tally = profile.Tally();
        var matrices = Enumerable.Range(0, profile.Groups).Select(tally.Matrix).ToArray();
        Assert.Equal(
            Count.Run(tally, profile.Rules()).ResultHash(),
            Count.FromMatrices(tally.Proposals, matrices, tally.ApprovalRows(), profile.Rules()).ResultHash());
    });

    [Fact]
    public void The_matrix_counts_the_units_of_ballots_that_place_one_above_the_other() => Profile.Any.Sample(profile =>
    {
        var tally = profile.Tally();
        for (var g = 0; g < profile.Groups; g++)
            for (var a = 0; a < profile.Proposals; a++)
                for (var b = 0; b < profile.Proposals; b++)
                    Assert.Equal(profile.Ballots.Where(x => x.Group == g && Above(x.Ballot, a, b)).Sum(x => x.Units), tally.N(g, a, b));

        static bool Above(Ballot ballot, int a, int b)
        {
            if (ballot.Unseen!.Contains(a) || ballot.Unseen!.Contains(b)) return false;
            return Tier(ballot, a) < Tier(ballot, b);
        }

        static int Tier(Ballot ballot, int p) =>
            Enumerable.Range(0, ballot.Tiers.Count).Where(t => ballot.Tiers[t].Contains(p)).DefaultIfEmpty(int.MaxValue).First();
    });

    [Fact]
    public void Scaling_all_weights_changes_no_decision() => Gen.Select(Profile.Any, Gen.Int[2, 9]).Sample((profile, t) =>
        SameDecisions(Count.Run(profile.Tally(), profile.Rules()), Count.Run(profile.Tally(), profile.Rules(weight: t))));

    [Fact]
    public void Repeating_every_ballot_changes_no_decision_once_groups_are_past_damping() => Gen.Select(Profile.Any, Gen.Int[2, 5]).Sample((profile, t) =>
        SameDecisions(
            Count.Run(profile.Tally(), profile.Rules(damping: 1)),
            Count.Run(profile.Tally(Enumerable.Repeat(profile.Ballots, t).SelectMany(b => b)), profile.Rules(damping: 1))));

    [Fact]
    public void Withdrawing_the_first_or_the_last_leaves_the_rest_in_order() => Profile.Any.Sample(profile =>
    {
        var rules = profile.Rules() with { Exposure = false };
        var order = Count.Run(profile.Tally(), rules with { TieOrder = [.. Enumerable.Range(0, profile.Proposals)] }).Consensus;
        foreach (var withdrawn in new[] { order[0], order[^1] })
        {
            // An exhausted ballot would change n_g and with it the weights; local independence is about equal margins.
            var rest = profile.Ballots.Select(b => (b.Group, b.Units, Ballot: b.Ballot.Without(new HashSet<int> { withdrawn })
                ?.Renumbered(p => p > withdrawn ? p - 1 : p))).ToArray();
            if (rest.Any(b => b.Ballot is null)) continue;
            var left = profile with { Proposals = profile.Proposals - 1, Ballots = rest! };
            var after = Count.Run(left.Tally(), rules with { TieOrder = [.. Enumerable.Range(0, left.Proposals)] }).Consensus;
            Assert.Equal(order.Where(p => p != withdrawn), after.Select(p => p >= withdrawn ? p + 1 : p));
        }
    });

    [Fact]
    public void Raising_a_proposal_on_a_ballot_never_lowers_its_rank() => Gen.Select(
        Gen.Int[3, 6].SelectMany(m => Profile.Strict(m).Array[1, 15]), Gen.Int[0, 14], Gen.Int[0, 5]).Sample((ballots, which, place) =>
    {
        var m = ballots[0].Tiers.Count;
        (which, place) = (which % ballots.Length, 1 + place % (m - 1));
        var raised = ballots[which].Tiers[place][0];
        var tiers = ballots[which].Tiers.ToArray();
        (tiers[place - 1], tiers[place]) = (tiers[place], tiers[place - 1]);
        var changed = ballots.Select((b, i) => i == which ? new Ballot(tiers) : b);

        Assert.True(Rank(changed) <= Rank(ballots));

        int Rank(IEnumerable<Ballot> counted)
        {
            var profile = new Profile(m, 1, [.. counted.Select(b => (0, 1L, b))]);
            return Count.Run(profile.Tally(), profile.Rules()).Consensus.ToList().IndexOf(raised);
        }
    });

    [Fact]
    public void A_clone_does_not_change_who_wins() => Gen.Int[2, 5].SelectMany(m => Profile.Strict(m).Array[1, 15]).Sample(ballots =>
    {
        var m = ballots[0].Tiers.Count;
        var order = Ranked(m, ballots);
        var cloned = Ranked(m + 1, ballots.Select(b => new Ballot([.. b.Tiers.SelectMany(t => t[0] == 0 ? new int[][] { [0], [m] } : [t])])));
        // Every ballot has the clone right behind the original: dropping it must give the order without clones.
        Assert.Equal(order, cloned.Where(p => p != m));

        static IReadOnlyList<int> Ranked(int m, IEnumerable<Ballot> ballots)
        {
            var profile = new Profile(m, 1, [.. ballots.Select(b => (0, 1L, b))]);
            return Count.Run(profile.Tally(), profile.Rules() with { TieOrder = Enumerable.Range(0, m).ToArray() }).Consensus;
        }
    });

    [Fact]
    public void Every_seat_is_paid_for_in_full() => Profile.Any.Sample(profile =>
        Assert.All(Count.Run(profile.Tally(), profile.Rules()).Seats, seat =>
            Assert.Equal(1, seat.Paid.Aggregate((Fraction)0, (sum, x) => sum + x))));

    [Fact]
    public void An_overridden_pair_names_a_chain_of_pairs_that_are_at_least_as_strong() => Profile.Any.Sample(profile =>
    {
        var r = Count.Run(profile.Tally(), profile.Rules());
        Assert.All(r.Overridden, o =>
        {
            Assert.Equal((o.Loser, o.Winner), (o.Path[0], o.Path[^1]));
            Assert.All(o.Path.Zip(o.Path.Skip(1)), step => Assert.True(r.D(step.First, step.Second) >= o.Margin));
        });
    });

    [Fact]
    public void Without_cycles_Schulze_and_the_ranking_agree() => Profile.Any.Sample(profile =>
    {
        var r = Count.Run(profile.Tally(), profile.Rules());
        if (r.Overridden.Count > 0 || r.Neighbours.Any(n => n.Margin <= BigInteger.Zero)) return;
        if (r.SchulzeClasses.All(c => c.Count == 1)) Assert.Equal(r.Consensus, r.SchulzeClasses.SelectMany(c => c));
    });

    [Fact]
    public void With_one_group_there_is_nothing_to_leave_out() => Profile.Any.Sample(profile =>
    {
        var r = Count.Run(profile.Tally(), profile.Rules());
        Assert.Equal(r.Groups.Count(g => g.Active) < 2 ? 0 : r.Groups.Count(g => g.Active), r.WithoutGroup.Count);
    });

    private static void SameDecisions(Result a, Result b)
    {
        Assert.Equal(a.Consensus, b.Consensus);
        Assert.Equal(a.Standings, b.Standings);
        Assert.Equal(a.SchulzeClasses, b.SchulzeClasses);
        Assert.Equal(a.Seats.Select(s => s.Proposal), b.Seats.Select(s => s.Proposal));
    }
}
