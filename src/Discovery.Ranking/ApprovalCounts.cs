using System.Numerics;

namespace Discovery.Ranking;

/// <summary>Approvals per group and proposal, in units and in ballots.</summary>
internal sealed class ApprovalCounts
{
    private readonly int _proposals;

    public ApprovalCounts(Tally tally)
    {
        _proposals = tally.Proposals.Count;
        Units = [.. tally.Groups.Select(_ => new long[tally.Proposals.Count])];
        Ballots = [.. tally.Groups.Select(_ => new long[tally.Proposals.Count])];
        foreach (ref readonly var e in tally.Approvals.Entries)
        {
            foreach (var p in tally.Approvals.Set(e))
            {
                Units[e.Group][p] += e.Units * e.Ballots;
                Ballots[e.Group][p] += e.Ballots;
            }
        }
    }

    public long[][] Units { get; }

    public long[][] Ballots { get; }

    /// <summary>A(p) = sum of c_g * units.</summary>
    public BigInteger[] Balanced(BigInteger[] c) =>
        [.. Enumerable.Range(0, _proposals).Select(p =>
            c.Select((weight, g) => weight * Units[g][p]).Aggregate(BigInteger.Zero, BigInteger.Add))];
}
