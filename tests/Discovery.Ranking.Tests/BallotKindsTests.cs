namespace Discovery.Ranking.Tests;

public sealed class BallotKindsTests
{
    [Fact]
    public void A_ranking_approves_of_the_longest_prefix_of_whole_tiers_within_half_of_the_list()
    {
        Assert.Equal([0, 1], BallotKinds.FromRanking(6, [[0], [1], [2, 3], [4]]).ApprovedOf(6));
        Assert.Equal([0], BallotKinds.FromRanking(3, [[0], [1]]).ApprovedOf(3));
        Assert.Equal([0, 1, 2], BallotKinds.FromRanking(4, [[0, 1, 2], [3]]).ApprovedOf(4));
        Assert.Empty(BallotKinds.FromRanking(3, [[0, 1, 2]]).ApprovedOf(3));
        Assert.Equal([0, 1, 2], BallotKinds.FromRanking(4, [[0], [1], [2]], accepted: 3).ApprovedOf(4));
    }

    [Fact]
    public void Scores_become_tiers_and_no_opinion_is_not_seen()
    {
        var ballot = BallotKinds.FromScores(5, [(0, 3), (1, 9), (2, 9), (3, 6)], noOpinion: [4]);
        Assert.Equal<int[]>([[1, 2], [3], [0]], ballot.Tiers);
        Assert.Equal([1, 2, 3], ballot.Approved!);
        Assert.Equal([4], ballot.Unseen!);
    }

    [Fact]
    public void Points_and_votes_leave_zeros_unranked()
    {
        Assert.Equal<int[]>([[2], [0]], BallotKinds.FromPoints(3, [(0, 1), (1, 0), (2, 4)], 5).Tiers);
        Assert.Equal<int[]>([[1], [0]], BallotKinds.FromQuadratic(2, [(0, 3), (1, 4)], 25).Tiers);
        Assert.Empty(BallotKinds.FromPoints(2, [(0, 0)], 5).Tiers);
    }

    [Fact]
    public void A_refused_ballot_names_reason_and_proposal()
    {
        Refused(BallotFault.Duplicate, 1, () => BallotKinds.FromRanking(3, [[1], [0, 1]]));
        Refused(BallotFault.Unknown, 3, () => BallotKinds.FromApproval(3, [0, 3]));
        Refused(BallotFault.Unknown, -1, () => BallotKinds.FromApproval(3, [-1]));
        Refused(BallotFault.Empty, -1, () => BallotKinds.FromRanking(3, [[0], []]));
        Refused(BallotFault.OutOfRange, -1, () => BallotKinds.FromRanking(3, [[0]], accepted: 2));
        Refused(BallotFault.OutOfRange, 2, () => BallotKinds.FromScores(3, [(2, 11)]));
        Refused(BallotFault.RankedButUnseen, 2, () => BallotKinds.FromScores(3, [(2, 1)], noOpinion: [2]));
        Refused(BallotFault.Negative, 0, () => BallotKinds.FromPoints(3, [(0, -1)], 10));
        Refused(BallotFault.OverBudget, -1, () => BallotKinds.FromPoints(3, [(0, 6), (1, 5)], 10));
        Refused(BallotFault.OverBudget, -1, () => BallotKinds.FromQuadratic(3, [(0, 3), (1, 1)], 9));
        Refused(BallotFault.OverBudget, -1, () => BallotKinds.FromPoints(3, [(0, int.MaxValue), (1, int.MaxValue)], 10));
    }

    [Fact]
    public void A_tally_refuses_what_it_cannot_count_and_stays_as_it_was()
    {
        var tally = new Tally(["a", "b"], ["g"]);
        tally.Add(0, 1, new Ballot([[0]]));
        var before = new Tally(["a", "b"], ["g"]);
        before.Merge(tally);

        Refused(BallotFault.Empty, -1, () => tally.Add(0, 1, new Ballot([])));
        Refused(BallotFault.Duplicate, 0, () => tally.Add(0, 1, new Ballot([[0], [0]])));
        Refused(BallotFault.Unknown, 2, () => tally.Add(0, 1, new Ballot([[2]])));
        Refused(BallotFault.RankedButUnseen, 0, () => tally.Add(0, 1, new Ballot([[0]], null, [0])));
        Assert.Throws<InvalidOperationException>(() => tally.Remove(0, 1, new Ballot([[1]])));
        Assert.Throws<ArgumentOutOfRangeException>(() => tally.Add(1, 1, new Ballot([[1]])));
        Assert.Throws<ArgumentOutOfRangeException>(() => tally.Add(0, 0, new Ballot([[1]])));
        Assert.True(tally.StateEquals(before));
    }

    [Fact]
    public void A_ballot_without_its_withdrawn_proposals_may_be_exhausted()
    {
        var ballot = new Ballot([[0], [1, 2]], [0, 1], [3]);
        var left = ballot.Without(new HashSet<int> { 0 })!;
        Assert.Equal<int[]>([[1, 2]], left.Tiers);
        Assert.Equal([1], left.Approved!);
        Assert.Null(ballot.Without(new HashSet<int> { 0, 1, 2 }));
    }

    [Fact]
    public void Fractions_are_exact_and_read_back()
    {
        Assert.Equal("-3/4", new Fraction(6, -8).ToString());
        Assert.Equal(new Fraction(1, 2), Fraction.Parse("1/4") + Fraction.Parse("1/4"));
        Assert.Equal(default, (Fraction)0);
        Assert.True(Fraction.Parse("1/3") < Fraction.Parse("1/2"));
        Assert.Equal("12.5", new Fraction(1, 8).ToPercent());
        Assert.Equal("-0.1", new Fraction(-1, 2000).ToPercent());
        Assert.Equal("0.0", new Fraction(1, 2001).ToPercent());
        Assert.Throws<DivideByZeroException>(() => Fraction.Parse("1/0"));
    }

    private static void Refused(BallotFault reason, int proposal, Action action)
    {
        var refused = Assert.Throws<BallotInvalid>(action);
        Assert.Equal((reason, proposal), (refused.Reason, refused.Proposal));
    }
}
