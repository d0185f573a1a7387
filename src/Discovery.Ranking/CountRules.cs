namespace Discovery.Ranking;

/// <summary>A group of voters in the charter.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Weight">Charter weight w_g, at least 0.</param>
/// <param name="Damping">q_g in units, at least 1; null takes the default rule (ranking.md 2.2):
/// max(10, ceil(n * w_g / (rho * sum w))) ordinary ballots, n = counted ballots of the whole election.</param>
public sealed record Group(string Id, int Weight = 1, long? Damping = null);

/// <summary>What the charter fixes about the count.</summary>
/// <param name="Groups">In the same order as the groups of the tally.</param>
/// <param name="K">Places on the shortlist, at least 0.</param>
/// <param name="Seed">Text that decides ties: proposals are ordered by SHA-256(seed, 0x1F, id).</param>
public sealed record CountRules(IReadOnlyList<Group> Groups, int K, string Seed)
{
    /// <summary>The floor: a seat needs this share of the total weight as approval.</summary>
    public Fraction Theta { get; init; } = new(1, 20);

    /// <summary>The breadth guard: this share of approval in at least min(2, active groups) groups is preferred.</summary>
    public Fraction Beta { get; init; } = new(1, 20);

    /// <summary>Whether the first seat goes to the best-ranked eligible proposal of the consensus ranking.</summary>
    public bool ForceTop { get; init; } = true;

    /// <summary>Whether proposals seen by less than half of the weight are taken out before ranking.</summary>
    public bool Exposure { get; init; } = true;

    /// <summary>A ballot never weighs more than Rho times the average ballot (default damping), at least 1.</summary>
    public int Rho { get; init; } = 10;

    /// <summary>Units of one ordinary ballot: 720720 = lcm(1..16) where owner families share a vote, else 1.</summary>
    public long OrdinaryUnits { get; init; } = 720720;

    /// <summary>An explicit order of proposal indices that decides ties; null takes the seed.</summary>
    public IReadOnlyList<int>? TieOrder { get; init; }
}
