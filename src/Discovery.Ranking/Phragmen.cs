using System.Numerics;

namespace Discovery.Ranking;

/// <summary>
/// Sequential Phragmen with exact weights (Phragmen 1894; Brill, Freeman, Janson, Lackner 2017/2023, "Phragmen's voting
/// methods and justified representation"; ranking.md 2.4). A ballot's load is the load of the last seat it paid for, so
/// ballots are kept in one class per seat, and only integer counts C[g][p][class] enter the exact arithmetic.
/// </summary>
internal sealed class Phragmen
{
    private readonly ApprovalTable _rows;
    private readonly BigInteger[] _c;
    private readonly ushort[] _classOf;
    private readonly long[][] _units;
    private readonly BigInteger[] _weight;
    private readonly bool[] _stale;
    private readonly int _classes, _m;

    // Loads are _load[class] / _scale, all over one denominator.
    private readonly List<BigInteger> _load = [0];
    private BigInteger _scale = 1;

    /// <param name="tally">Approval sets.</param>
    /// <param name="approvals">Units that approve, by group and proposal.</param>
    /// <param name="c">Weight of one unit of each group, 0 to leave a group out.</param>
    /// <param name="seats">At most so many seats will be filled.</param>
    public Phragmen(Tally tally, long[][] approvals, BigInteger[] c, int seats)
    {
        (_rows, _c, _classes, _m) = (tally.Approvals, c, seats + 1, tally.Proposals.Count);
        _units = [.. c.Select(_ => new long[_m * _classes])];
        _weight = new BigInteger[_m * _classes];
        _stale = new bool[_m * _classes];
        Array.Fill(_stale, true);

        _classOf = new ushort[_rows.Entries.Length];
        for (var g = 0; g < c.Length; g++)
            for (var p = 0; p < _m; p++) _units[g][p * _classes] = approvals[g][p];
    }

    /// <summary>What a seat for the proposal would cost its voters: the load as numerator over A(p) * scale, or null without voters.</summary>
    private (BigInteger Numerator, BigInteger Approval)? Cost(int p)
    {
        BigInteger numerator = _scale, approval = 0;
        for (var r = 0; r < _load.Count; r++)
        {
            var weight = Weight(p, r);
            if (weight.IsZero) continue;
            approval += weight;
            numerator += weight * _load[r];
        }

        return approval.IsZero ? null : (numerator, approval);
    }

    /// <summary>The cheapest of the candidates and the others that cost exactly as much; ties go to the first in the list.</summary>
    public (int Proposal, int[] Tied)? Cheapest(IReadOnlyList<int> candidates)
    {
        var (best, tied) = (-1, new List<int>());
        (BigInteger Numerator, BigInteger Approval) lowest = default;
        foreach (var p in candidates)
        {
            if (Cost(p) is not { } cost) continue;
            var compared = best < 0 ? -1 : (cost.Numerator * lowest.Approval).CompareTo(lowest.Numerator * cost.Approval);
            if (compared > 0) continue;
            if (compared == 0)
            {
                tied.Add(p);
                continue;
            }

            (best, lowest) = (p, cost);
            tied.Clear();
        }

        return best < 0 ? null : (best, [.. tied]);
    }

    /// <summary>Gives the proposal a seat: the load of its voters, and how much of the cost each group paid.</summary>
    public (Fraction Load, Fraction[] Paid) Seat(int p)
    {
        var (numerator, approval) = Cost(p) ?? throw new InvalidOperationException("Nobody approves of this proposal.");
        var paid = _c.Select((c, g) => Paid(g, c)).ToArray();
        var load = new Fraction(numerator, approval * _scale);

        for (var r = 0; r < _load.Count; r++) _load[r] *= approval;
        _scale *= approval;
        _load.Add(numerator);
        Reduce();
        MoveVoters(p, (ushort)(_load.Count - 1));
        return (load, paid);

        Fraction Paid(int g, BigInteger c)
        {
            BigInteger sum = 0;
            for (var r = 0; r < _load.Count; r++) sum += _units[g][p * _classes + r] * (numerator - _load[r] * approval);
            return new(sum * c, approval * _scale);
        }
    }

    /// <summary>Whether two proposals would cost exactly as much.</summary>
    public bool CostTheSame(int p, int q) =>
        Cost(p) is { } a && Cost(q) is { } b && a.Numerator * b.Approval == b.Numerator * a.Approval;

    private BigInteger Weight(int p, int r)
    {
        var at = p * _classes + r;
        if (!_stale[at]) return _weight[at];
        BigInteger sum = 0;
        for (var g = 0; g < _c.Length; g++)
            if (_units[g][at] != 0) sum += _c[g] * _units[g][at];
        _stale[at] = false;
        return _weight[at] = sum;
    }

    private void Reduce()
    {
        var divisor = _load.Aggregate(_scale, BigInteger.GreatestCommonDivisor);
        if (divisor.IsOne) return;
        _scale /= divisor;
        for (var r = 0; r < _load.Count; r++) _load[r] /= divisor;
    }

    private void MoveVoters(int winner, ushort seat)
    {
        var entries = _rows.Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var e = ref entries[i];
            if (e.Ballots == 0 || _c[e.Group].IsZero) continue;
            var set = _rows.Set(e);
            if (!set.Contains((ushort)winner)) continue;
            var (units, w, old) = (_units[e.Group], e.Units * e.Ballots, _classOf[i]);
            foreach (var q in set)
            {
                units[q * _classes + old] -= w;
                units[q * _classes + seat] += w;
                _stale[q * _classes + old] = _stale[q * _classes + seat] = true;
            }

            _classOf[i] = seat;
        }
    }
}
