using System.Numerics;

namespace Discovery.Ranking;

/// <summary>Whether a proposal may take a seat, and if not, why.</summary>
public enum Standing
{
    /// <summary>It passes every guard.</summary>
    Eligible,

    /// <summary>It fails only the breadth guard: it may take a seat that is left over.</summary>
    Narrow,

    /// <summary>Its approval is below the floor.</summary>
    BelowFloor,

    /// <summary>Nobody approves of it.</summary>
    NoApproval,

    /// <summary>Not enough of the weight has seen it.</summary>
    UnderExposed,
}

/// <summary>One place on the shortlist; places are filled in this order.</summary>
/// <param name="Proposal">Index of the proposal.</param>
/// <param name="Load">s(p), what its voters have paid in all, in seats per unit of weight 1/L.</param>
/// <param name="Forced">Whether it is the reserved first place.</param>
/// <param name="Narrow">Whether it fails the breadth guard.</param>
/// <param name="Tied">Other candidates whose s(p) was exactly equal: the consensus ranking decided.</param>
/// <param name="Paid">What the voters of each group paid; the sum is 1.</param>
public sealed record Seat(
    int Proposal, Fraction Load, bool Forced, bool Narrow, IReadOnlyList<int> Tied, IReadOnlyList<Fraction> Paid);

/// <summary>Guards and seats of the shortlist (ranking.md 2.4, 2.5).</summary>
internal static class Shortlist
{
    public static Standing[] Standings(
        Tally tally, CountRules rules, ApprovalCounts approvals, BigInteger[] c, BigInteger total, bool[] exposed)
    {
        var active = Enumerable.Range(0, c.Length).Where(g => !c[g].IsZero).ToArray();
        var balanced = approvals.Balanced(c);
        return [.. balanced.Select(Of)];

        Standing Of(BigInteger approval, int p)
        {
            if (!exposed[p]) return Standing.UnderExposed;
            if (approval.IsZero) return Standing.NoApproval;
            if (approval * rules.Theta.Denominator < total * rules.Theta.Numerator) return Standing.BelowFloor;
            var broad = active.Count(g =>
                approvals.Units[g][p] * rules.Beta.Denominator >= tally.Units(g) * rules.Beta.Numerator);
            return broad >= Math.Min(2, active.Length) ? Standing.Eligible : Standing.Narrow;
        }
    }

    /// <param name="tally">Approval sets.</param>
    /// <param name="rules">K and the reserved first place.</param>
    /// <param name="approvals">Approvals per group and proposal.</param>
    /// <param name="c">Weight of one unit of each group.</param>
    /// <param name="consensus">Proposals that take part, best first: decides ties and the first place.</param>
    /// <param name="standings">By proposal.</param>
    public static Seat[] Fill(
        Tally tally, CountRules rules, ApprovalCounts approvals, BigInteger[] c, int[] consensus, Standing[] standings)
    {
        var seats = new List<Seat>();
        var phragmen = new Phragmen(tally, approvals.Units, c, Math.Min(rules.K, consensus.Length));
        foreach (var standing in (Standing[])[Standing.Eligible, Standing.Narrow])
        {
            var open = consensus.Where(p => standings[p] == standing).ToList();
            while (open.Count > 0 && seats.Count < rules.K)
            {
                // Only a proposal that passes every guard can be promised the first place.
                var forced = rules.ForceTop && seats.Count == 0 && standing == Standing.Eligible;
                if (Next(phragmen, open, forced) is not { } next) break;
                var (load, paid) = phragmen.Seat(next.Proposal);
                seats.Add(new(next.Proposal, load, forced, standing == Standing.Narrow, next.Tied, paid));
                open.Remove(next.Proposal);
            }
        }

        return [.. seats];
    }

    private static (int Proposal, int[] Tied)? Next(Phragmen phragmen, List<int> open, bool forced) =>
        forced
            ? (open[0], [.. open.Skip(1).Where(p => phragmen.CostTheSame(open[0], p))])
            : phragmen.Cheapest(open);
}
