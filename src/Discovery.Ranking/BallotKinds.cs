namespace Discovery.Ranking;

/// <summary>
/// From what a voter writes to a weak order (ranking.md 2.1). Proposals are indices 0..proposals-1; every method throws
/// <see cref="BallotInvalid"/> on a duplicate, an unknown proposal, a value out of range or an overdrawn budget.
/// A ballot that names nothing has no tiers: it is exhausted.
/// </summary>
public static class BallotKinds
{
    /// <summary>A ranking with ties and truncation; the first <paramref name="accepted"/> tiers are approved (null: default).</summary>
    public static Ballot FromRanking(int proposals, IReadOnlyList<int[]> tiers, int? accepted = null, int[]? unseen = null)
    {
        NoDuplicates(proposals, tiers.SelectMany(tier => tier));
        if (tiers.Any(tier => tier.Length == 0)) throw new BallotInvalid(BallotFault.Empty);
        if (accepted < 0 || accepted > tiers.Count) throw new BallotInvalid(BallotFault.OutOfRange);
        if (unseen is not null) NotRanked(proposals, unseen, tiers);
        return new(tiers, accepted is null ? null : [.. tiers.Take(accepted.Value).SelectMany(tier => tier)], unseen);
    }

    /// <summary>Integer scores 0..10; equal scores tie, blanks stay unranked, "no opinion" is not seen; approved from the threshold on.</summary>
    public static Ballot FromScores(
        int proposals, IReadOnlyCollection<(int Proposal, int Score)> scores, int[]? noOpinion = null, int threshold = 6, int highest = 10)
    {
        NoDuplicates(proposals, scores.Select(s => s.Proposal));
        foreach (var (proposal, score) in scores)
            if (score < 0 || score > highest) throw new BallotInvalid(BallotFault.OutOfRange, proposal);
        var tiers = Descending(scores);
        if (noOpinion is not null) NotRanked(proposals, noOpinion, tiers);
        return new(tiers, [.. scores.Where(s => s.Score >= threshold).Select(s => s.Proposal)], noOpinion);
    }

    /// <summary>An approval set: one tier, which is also the approval set.</summary>
    public static Ballot FromApproval(int proposals, int[] approved)
    {
        NoDuplicates(proposals, approved);
        return new(approved.Length == 0 ? [] : [approved], approved);
    }

    /// <summary>Points with a sum of at most the budget; 0 = unranked; a point is an approval.</summary>
    public static Ballot FromPoints(int proposals, IReadOnlyCollection<(int Proposal, int Points)> points, long budget)
    {
        NotNegative(proposals, points);
        if (points.Sum(p => (long)p.Points) > budget) throw new BallotInvalid(BallotFault.OverBudget);
        return FromAmounts(points);
    }

    /// <summary>Quadratic votes: the sum of squares is at most the credits; 0 = unranked; a vote is an approval.</summary>
    public static Ballot FromQuadratic(int proposals, IReadOnlyCollection<(int Proposal, int Votes)> votes, long credits)
    {
        NotNegative(proposals, votes);
        Int128 spent = 0;
        foreach (var (_, v) in votes) spent += (Int128)v * v;
        if (spent > credits) throw new BallotInvalid(BallotFault.OverBudget);
        return FromAmounts(votes);
    }

    private static Ballot FromAmounts(IReadOnlyCollection<(int Proposal, int Amount)> amounts)
    {
        var tiers = Descending([.. amounts.Where(a => a.Amount > 0)]);
        return new(tiers, [.. tiers.SelectMany(tier => tier)]);
    }

    private static int[][] Descending(IReadOnlyCollection<(int Proposal, int Amount)> amounts) =>
        [.. amounts.GroupBy(a => a.Amount).OrderByDescending(tier => tier.Key)
            .Select(tier => tier.Select(a => a.Proposal).Order().ToArray())];

    private static void NotNegative(int proposals, IReadOnlyCollection<(int Proposal, int Amount)> amounts)
    {
        NoDuplicates(proposals, amounts.Select(a => a.Proposal));
        foreach (var (proposal, amount) in amounts)
            if (amount < 0) throw new BallotInvalid(BallotFault.Negative, proposal);
    }

    private static void NotRanked(int proposals, int[] unseen, IReadOnlyList<int[]> tiers)
    {
        NoDuplicates(proposals, unseen);
        foreach (var proposal in tiers.SelectMany(tier => tier))
            if (unseen.Contains(proposal)) throw new BallotInvalid(BallotFault.RankedButUnseen, proposal);
    }

    private static void NoDuplicates(int proposals, IEnumerable<int> named)
    {
        var before = new HashSet<int>();
        foreach (var proposal in named)
        {
            if (proposal < 0 || proposal >= proposals) throw new BallotInvalid(BallotFault.Unknown, proposal);
            if (!before.Add(proposal)) throw new BallotInvalid(BallotFault.Duplicate, proposal);
        }
    }
}
