using System.Numerics;

namespace Discovery.Ranking;

/// <summary>
/// What the count needs to know of the ballots, in integers: for each group the pairwise matrix N_g (units of ballots that
/// place a strictly above b), ballots, units, who saw what, and the multiset of approval sets. The order of calls never
/// matters, and adding and removing ballots gives the same state as counting anew. Not safe for concurrent writing.
/// </summary>
/// <remarks>
/// The matrix is kept as N_g[a,b] = T_g[a] - E_g[a,b] (ranking.md 2.7), so a ballot that ranks R of M proposals costs
/// R * R, not R * M. Memory: 8 * G * M * M bytes and the approval sets.
/// </remarks>
public sealed partial class Tally
{
    private readonly long[][] _ranked, _notAbove, _unseen;
    private readonly long[] _ballots, _units;
    private readonly ApprovalTable _approvals = new();
    private readonly int[] _tierOf, _order;
    private readonly ushort[] _set;

    /// <summary>An empty tally of at most 65535 proposals and as many groups.</summary>
    public Tally(IReadOnlyList<string> proposals, IReadOnlyList<string> groups)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(proposals.Count, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups.Count, ushort.MaxValue);
        if (proposals.Distinct(StringComparer.Ordinal).Count() != proposals.Count) throw new ArgumentException("A proposal is listed twice.", nameof(proposals));
        if (groups.Distinct(StringComparer.Ordinal).Count() != groups.Count) throw new ArgumentException("A group is listed twice.", nameof(groups));

        (Proposals, Groups) = ([.. proposals], [.. groups]);
        var m = Proposals.Count;
        _ranked = PerGroup(m);
        _notAbove = PerGroup(m * m);
        _unseen = PerGroup(m);
        (_ballots, _units) = (new long[groups.Count], new long[groups.Count]);
        (_tierOf, _order, _set) = (new int[m], new int[m], new ushort[m]);

        long[][] PerGroup(int length) => [.. Groups.Select(_ => new long[length])];
    }

    public IReadOnlyList<string> Proposals { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <summary>Counted ballots of the group.</summary>
    public long Ballots(int group) => _ballots[group];

    /// <summary>n_g: units of the counted ballots of the group.</summary>
    public long Units(int group) => _units[group];

    /// <summary>N_g[a,b]: units of ballots of the group that place a strictly above b; 0 for a = b.</summary>
    public long N(int group, int a, int b) =>
        a == b ? 0 : _ranked[group][a] - _notAbove[group][a * Proposals.Count + b];

    /// <summary>Units of ballots of the group whose voters saw the proposal.</summary>
    public long Seen(int group, int proposal) => _units[group] - _unseen[group][proposal];

    /// <summary>Counts so many equal ballots of a group, each with so many units (at least 1).</summary>
    /// <exception cref="BallotInvalid">The ballot is empty, names a proposal twice or one that is not listed. Nothing is counted.</exception>
    public void Add(int group, long units, Ballot ballot, long count = 1)
    {
        var approved = Check(group, units, ballot, count);
        Apply(group, units, ballot, approved, count);
    }

    /// <summary>Counts a whole batch of ballots of a group, each with so many units; the same as adding them one by one.</summary>
    public void AddAll(int group, long units, BallotBatch batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        if (batch.Proposals != Proposals.Count) throw new ArgumentException("The batch has another number of proposals.", nameof(batch));
        var all = checked(units * batch.Count);
        _units[group] = checked(_units[group] + all);
        _ballots[group] += batch.Count;

        var (m, cells) = (Proposals.Count, Pairwise.Count(batch));
        for (var i = 0; i < cells.Length; i++)
        {
            if (i / m == i % m) _ranked[group][i / m] += units * cells[i];
            else _notAbove[group][i] += units * cells[i];
        }

        for (var ballot = 0; ballot < batch.Count; ballot++) _approvals.Add(group, batch.Approved(ballot, _set), units, 1);
    }

    /// <summary>Takes ballots back that were added before with the same arguments.</summary>
    /// <exception cref="InvalidOperationException">No such ballots were counted. Nothing is taken back.</exception>
    public void Remove(int group, long units, Ballot ballot, long count = 1)
    {
        var approved = Check(group, units, ballot, count);
        if (_approvals.Ballots(group, approved, units) < count) throw new InvalidOperationException("This ballot was not counted.");
        Apply(group, units, ballot, approved, -count);
    }

    /// <summary>Adds another tally of the same proposals and groups to this one.</summary>
    public void Merge(Tally other)
    {
        for (var g = 0; g < Groups.Count; g++) Merge(other, g, 1, approvals: true);
    }

    /// <summary>Adds one group of another tally so many times; without its approval sets when only the ranking is wanted.</summary>
    internal void Merge(Tally other, int group, int times, bool approvals)
    {
        if (!Proposals.SequenceEqual(other.Proposals) || !Groups.SequenceEqual(other.Groups))
            throw new ArgumentException("The tallies differ in proposals or groups.", nameof(other));

        Add(_ranked[group], other._ranked[group]);
        Add(_notAbove[group], other._notAbove[group]);
        Add(_unseen[group], other._unseen[group]);
        _ballots[group] += times * other._ballots[group];
        _units[group] += times * other._units[group];
        if (!approvals) return;
        foreach (ref readonly var e in other._approvals.Entries)
            if (e.Ballots > 0 && e.Group == group) _approvals.Add(group, other._approvals.Set(e), e.Units, times * e.Ballots);

        void Add(long[] sum, long[] terms)
        {
            var i = 0;
            for (; i <= sum.Length - Vector<long>.Count; i += Vector<long>.Count)
                (new Vector<long>(sum, i) + new Vector<long>(terms, i) * times).CopyTo(sum, i);
            for (; i < sum.Length; i++) sum[i] += times * terms[i];
        }
    }

    /// <summary>Whether both hold exactly the same numbers.</summary>
    public bool StateEquals(Tally other)
    {
        if (!Proposals.SequenceEqual(other.Proposals) || !Groups.SequenceEqual(other.Groups)) return false;
        if (!_ballots.SequenceEqual(other._ballots) || !_units.SequenceEqual(other._units)) return false;
        for (var g = 0; g < Groups.Count; g++)
        {
            if (!_unseen[g].SequenceEqual(other._unseen[g])) return false;
            for (var a = 0; a < Proposals.Count; a++)
                for (var b = 0; b < Proposals.Count; b++)
                    if (N(g, a, b) != other.N(g, a, b)) return false;
        }

        var (rows, others) = (ApprovalRows(), other.ApprovalRows());
        return rows.Count == others.Count
            && rows.Zip(others).All(x => x.First.Ballots == x.Second.Ballots && ApprovalRow.Compare(x.First, x.Second) == 0);
    }

    internal ApprovalTable Approvals => _approvals;

    /// <summary>N_g[a,b] - N_g[b,a] for a != b.</summary>
    internal long Difference(int group, int a, int b)
    {
        var (ranked, notAbove, m) = (_ranked[group], _notAbove[group], Proposals.Count);
        return ranked[a] - notAbove[a * m + b] - ranked[b] + notAbove[b * m + a];
    }

    private ReadOnlySpan<ushort> Check(int group, long units, Ballot ballot, long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)Groups.Count, nameof(group));
        _ = checked(_units[group] + units * count);
        if (ballot.Tiers.Count == 0) throw new BallotInvalid(BallotFault.Empty);

        Array.Clear(_tierOf);
        for (var t = 0; t < ballot.Tiers.Count; t++)
        {
            if (ballot.Tiers[t].Length == 0) throw new BallotInvalid(BallotFault.Empty);
            foreach (var p in ballot.Tiers[t]) Mark(p, t + 1, BallotFault.Duplicate);
        }

        foreach (var p in ballot.Unseen ?? []) Mark(p, -1, BallotFault.RankedButUnseen);

        var approved = ballot.ApprovedOf(Proposals.Count);
        if (approved.Length > _set.Length) throw new BallotInvalid(BallotFault.Duplicate, approved[0]);
        for (var i = 0; i < approved.Length; i++)
        {
            if ((uint)approved[i] >= (uint)Proposals.Count) throw new BallotInvalid(BallotFault.Unknown, approved[i]);
            _set[i] = (ushort)approved[i];
        }

        var set = _set.AsSpan(0, approved.Length);
        set.Sort();
        for (var i = 1; i < set.Length; i++)
            if (set[i] == set[i - 1]) throw new BallotInvalid(BallotFault.Duplicate, set[i]);
        return set;

        void Mark(int proposal, int tier, BallotFault fault)
        {
            if ((uint)proposal >= (uint)_tierOf.Length) throw new BallotInvalid(BallotFault.Unknown, proposal);
            if (_tierOf[proposal] != 0) throw new BallotInvalid(_tierOf[proposal] == tier ? BallotFault.Duplicate : fault, proposal);
            _tierOf[proposal] = tier;
        }
    }

    private void Apply(int group, long units, Ballot ballot, ReadOnlySpan<ushort> approved, long count)
    {
        var (m, weight) = (Proposals.Count, units * count);
        var (ranked, notAbove) = (_ranked[group], _notAbove[group]);
        var above = 0;
        foreach (var tier in ballot.Tiers)
        {
            tier.CopyTo(_order, above);
            above += tier.Length;
            foreach (var a in tier)
            {
                ranked[a] += weight;
                var row = notAbove.AsSpan(a * m, m);
                foreach (var b in _order.AsSpan(0, above)) row[b] += weight;
                row[a] = 0;
                foreach (var b in ballot.Unseen ?? []) row[b] += weight;
            }
        }

        foreach (var p in ballot.Unseen ?? []) _unseen[group][p] += weight;
        _ballots[group] += count;
        _units[group] += weight;
        _approvals.Add(group, approved, units, count);
    }
}
