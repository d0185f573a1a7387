using System.Numerics;

namespace Discovery.Ranking;

/// <summary>One group as it was counted.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Weight">Charter weight.</param>
/// <param name="Damping">q_g in units, after the default rule.</param>
/// <param name="Ballots">Counted ballots.</param>
/// <param name="Units">n_g.</param>
/// <param name="C">c_g, the weight of one unit in 1/L; 0 when the group is not active.</param>
/// <param name="Approval">Units that approve, by proposal.</param>
/// <param name="ApprovalBallots">Ballots that approve, by proposal.</param>
public sealed record GroupResult(
    string Id, int Weight, long Damping, long Ballots, long Units, BigInteger C, IReadOnlyList<long> Approval, IReadOnlyList<long> ApprovalBallots)
{
    /// <summary>Has ballots and weight.</summary>
    public bool Active => !C.IsZero;
}

/// <summary>A pair that was not locked, because stronger pairs already lead from its loser to its winner.</summary>
/// <param name="Winner">Index of the proposal with the positive margin.</param>
/// <param name="Loser">Index of the other, which stands higher in the ranking.</param>
/// <param name="Margin">D, in 1/L.</param>
/// <param name="Path">Locked pairs from the loser to the winner, both included.</param>
public sealed record OverriddenPair(int Winner, int Loser, BigInteger Margin, IReadOnlyList<int> Path);

/// <summary>Two neighbours of the consensus ranking.</summary>
/// <param name="Above">Index of the higher.</param>
/// <param name="Below">Index of the lower.</param>
/// <param name="Margin">D, in 1/L; may be negative where the pair was overridden.</param>
/// <param name="FlipBallots">The least number of ordinary ballots of one group that would have to reverse the pair; null
/// unless the margin is positive. Exact for the pair; with cycles only indicative for the ranking.</param>
/// <param name="FlipGroup">Index of that group.</param>
public sealed record Neighbours(int Above, int Below, BigInteger Margin, BigInteger? FlipBallots, int? FlipGroup)
{
    /// <summary>The margin is 0: the tie order decided.</summary>
    public bool Tied => Margin.IsZero;
}

/// <summary>The count without one group: same damping, same proposals taking part.</summary>
/// <param name="Group">Index of the group left out.</param>
/// <param name="Consensus">The ranking without it, best first.</param>
/// <param name="Shift">By proposal: rank without the group minus rank with it (positive = the proposal needs the group);
/// 0 for proposals that do not take part.</param>
/// <param name="Seats">The shortlist without it.</param>
public sealed record LeftOut(int Group, IReadOnlyList<int> Consensus, IReadOnlyList<int> Shift, IReadOnlyList<int> Seats);

/// <summary>The same ballots with one vote per ballot unit and no group balance, among the same proposals.</summary>
/// <param name="Borda">By row sum of plain margins, best first.</param>
/// <param name="RankedPairs">Best first.</param>
public sealed record PlainCount(IReadOnlyList<int> Borda, IReadOnlyList<int> RankedPairs);

/// <summary>
/// Everything the count publishes. Lists "by proposal" are indexed like <see cref="Proposals"/>; all other integers in
/// lists are proposal indices; weights, margins and approvals are exact integers in units of 1/L.
/// </summary>
public sealed record Result
{
    public required IReadOnlyList<string> Proposals { get; init; }

    public required IReadOnlyList<GroupResult> Groups { get; init; }

    /// <summary>The common denominator of all weights.</summary>
    public required BigInteger L { get; init; }

    /// <summary>Sum of c_g * n_g.</summary>
    public required BigInteger Total { get; init; }

    /// <summary>P[a][b]: weight of ballots that place a strictly above b, for all proposals.</summary>
    public required IReadOnlyList<IReadOnlyList<BigInteger>> P { get; init; }

    public required IReadOnlyList<int> TieOrder { get; init; }

    /// <summary>Not seen by half of the weight; taken out of the ranking.</summary>
    public required IReadOnlyList<int> UnderExposed { get; init; }

    /// <summary>The consensus ranking R: Ranked Pairs on balanced margins, best first.</summary>
    public required IReadOnlyList<int> Consensus { get; init; }

    public required IReadOnlyList<OverriddenPair> Overridden { get; init; }

    public required IReadOnlyList<Neighbours> Neighbours { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> SchulzeClasses { get; init; }

    /// <summary>By proposal: wins minus losses; null for proposals that do not take part.</summary>
    public required IReadOnlyList<int?> Copeland { get; init; }

    /// <summary>By proposal: row sum of D; null for proposals that do not take part.</summary>
    public required IReadOnlyList<BigInteger?> Borda { get; init; }

    /// <summary>By proposal: the largest margin by which another beats it (not above 0 for a Condorcet winner); null as above or when alone.</summary>
    public required IReadOnlyList<BigInteger?> WorstDefeat { get; init; }

    /// <summary>Minimax by margins: smallest worst defeat first; equal ones by tie order.</summary>
    public required IReadOnlyList<int> Minimax { get; init; }

    public required IReadOnlyList<int> SplitCycleUndefeated { get; init; }

    /// <summary>By proposal: A(p).</summary>
    public required IReadOnlyList<BigInteger> Approval { get; init; }

    /// <summary>By proposal: product over active groups of (approving ballots + 1) / (ballots + 2).</summary>
    public required IReadOnlyList<Fraction> Bridging { get; init; }

    /// <summary>The same product in units instead of ballots, as the exchange format of <see cref="CoreCases"/> has it.</summary>
    public required IReadOnlyList<Fraction> BridgingUnits { get; init; }

    /// <summary>By proposal.</summary>
    public required IReadOnlyList<Standing> Standings { get; init; }

    /// <summary>The shortlist S, in order of its places.</summary>
    public required IReadOnlyList<Seat> Seats { get; init; }

    /// <summary>One entry for each active group; empty when only one is active.</summary>
    public required IReadOnlyList<LeftOut> WithoutGroup { get; init; }

    public required PlainCount Plain { get; init; }

    /// <summary>The tie order had a say: two neighbours are tied, or the reversed tie order ranks otherwise.</summary>
    public required bool TieDecided { get; init; }

    /// <summary>No weight was counted.</summary>
    public required bool NoData { get; init; }

    /// <summary>D[a,b] = P[a,b] - P[b,a].</summary>
    public BigInteger D(int a, int b) => P[a][b] - P[b][a];

    /// <summary>Candidates that the last place was denied only by the tie order of R; empty when there was no such tie.</summary>
    public IReadOnlyList<int> ExcludedTwins =>
        Seats.Count == 0 ? [] : [.. Seats[^1].Tied.Where(p => Seats.All(s => s.Proposal != p))];

    /// <summary>Deterministic UTF-8 JSON: keys in ordinal order, no spaces, numbers that may be long as strings.</summary>
    public byte[] CanonicalJson() => ResultJson.Of(this);

    /// <summary>SHA-256 of <see cref="CanonicalJson"/> in lower-case hexadecimal.</summary>
    public string ResultHash() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(CanonicalJson()));
}
