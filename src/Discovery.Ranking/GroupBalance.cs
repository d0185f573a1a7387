using System.Numerics;

namespace Discovery.Ranking;

/// <summary>
/// Exact group weights (ranking.md 2.2): one unit of group g weighs w_g / m_g with m_g = max(n_g, q_g). Over the common
/// denominator L = lcm of m_g (groups with units and weight) that is the integer c_g = w_g * L / m_g.
/// </summary>
internal sealed class GroupBalance
{
    public GroupBalance(Tally tally, CountRules rules)
    {
        if (rules.Groups.Count != tally.Groups.Count || rules.Groups.Where((g, i) => g.Id != tally.Groups[i]).Any())
            throw new ArgumentException("The rules and the tally name different groups.", nameof(rules));
        ArgumentOutOfRangeException.ThrowIfLessThan(rules.Rho, 1);

        var groups = Enumerable.Range(0, tally.Groups.Count).ToArray();
        var ballots = groups.Sum(tally.Ballots);
        var weights = rules.Groups.Sum(g => (long)g.Weight);
        Damping = [.. rules.Groups.Select(g => g.Damping ?? DefaultDamping(g.Weight, ballots, weights, rules))];
        Active = [.. groups.Where(g => tally.Units(g) > 0 && rules.Groups[g].Weight > 0)];

        var divisors = groups.Select(g => new BigInteger(Math.Max(tally.Units(g), Damping[g]))).ToArray();
        L = Active.Aggregate(BigInteger.One, (l, g) => l / BigInteger.GreatestCommonDivisor(l, divisors[g]) * divisors[g]);
        C = new BigInteger[groups.Length];
        foreach (var g in Active)
        {
            C[g] = rules.Groups[g].Weight * L / divisors[g];
            Total += C[g] * tally.Units(g);
        }
    }

    public long[] Damping { get; }

    public BigInteger L { get; }

    /// <summary>c_g, 0 for a group that is not active.</summary>
    public BigInteger[] C { get; }

    /// <summary>Groups with units and weight.</summary>
    public int[] Active { get; }

    /// <summary>Sum of c_g * n_g.</summary>
    public BigInteger Total { get; }

    private static long DefaultDamping(int weight, long ballots, long weights, CountRules rules)
    {
        if (weights == 0) return checked(10 * rules.OrdinaryUnits);
        var average = (Int128)rules.Rho * weights;
        var ramp = (long)(((Int128)ballots * weight + average - 1) / average);
        return checked(Math.Max(10, ramp) * rules.OrdinaryUnits);
    }
}
