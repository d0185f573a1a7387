namespace Discovery.Ranking;

/// <summary>
/// Many ballots of one group with equal units, packed for counting in bulk: two bytes per ranked proposal and four per
/// ballot. Everybody saw every proposal; ballots with unseen proposals are added to the tally one by one.
/// </summary>
/// <param name="proposals">How many proposals there are, at most 32767.</param>
public sealed class BallotBatch(int proposals)
{
    internal const ushort TiedWithPrevious = 0x8000;

    private readonly int[] _stamp = new int[proposals];
    private readonly Dictionary<int, ushort[]> _approved = [];
    private ushort[] _order = new ushort[1024];
    private int[] _end = new int[256];
    private int _used, _stamped;

    public int Proposals { get; } = proposals <= short.MaxValue ? proposals : throw new ArgumentOutOfRangeException(nameof(proposals));

    public int Count { get; private set; }

    /// <summary>Ranked proposals over all ballots.</summary>
    public int Ranked => _used;

    /// <summary>Packs one ballot.</summary>
    /// <exception cref="BallotInvalid">The ballot is empty or names a proposal twice or one that is not listed.</exception>
    /// <exception cref="ArgumentException">The ballot has unseen proposals.</exception>
    public void Add(Ballot ballot)
    {
        if (ballot.Unseen is { Length: > 0 }) throw new ArgumentException("A batch holds no ballots with unseen proposals.", nameof(ballot));
        if (ballot.Tiers.Count == 0) throw new BallotInvalid(BallotFault.Empty);
        if (ballot.Approved is not null) _approved[Count] = ApprovedSet(ballot.Approved);

        var (start, stamp) = (_used, ++_stamped);
        foreach (var tier in ballot.Tiers)
        {
            if (tier.Length == 0) throw Reject(BallotFault.Empty, -1);
            for (var i = 0; i < tier.Length; i++)
            {
                var p = tier[i];
                if ((uint)p >= (uint)Proposals) throw Reject(BallotFault.Unknown, p);
                if (_stamp[p] == stamp) throw Reject(BallotFault.Duplicate, p);
                _stamp[p] = stamp;
                if (_used == _order.Length) Array.Resize(ref _order, _used * 2);
                _order[_used++] = (ushort)(i == 0 ? p : p | TiedWithPrevious);
            }
        }

        if (Count == _end.Length) Array.Resize(ref _end, Count * 2);
        _end[Count++] = _used;

        BallotInvalid Reject(BallotFault fault, int proposal)
        {
            _used = start;
            _approved.Remove(Count);
            return new(fault, proposal);
        }
    }

    /// <summary>The order of one ballot: proposals, those tied with the one before them marked by the highest bit.</summary>
    internal ReadOnlySpan<ushort> Order(int ballot)
    {
        var start = ballot == 0 ? 0 : _end[ballot - 1];
        return _order.AsSpan(start, _end[ballot] - start);
    }

    /// <summary>The approval set, ascending, into the buffer; the same rule as <see cref="Ballot.ApprovedOf"/>.</summary>
    internal ReadOnlySpan<ushort> Approved(int ballot, Span<ushort> buffer)
    {
        if (_approved.TryGetValue(ballot, out var given)) return given;
        var order = Order(ballot);
        var most = Math.Max(1, Proposals / 2);
        var length = Math.Min(most, order.Length);
        while (length > 0 && length < order.Length && order[length] >= TiedWithPrevious) length--;
        if (length == 0)
        {
            length = 1;
            while (length < order.Length && order[length] >= TiedWithPrevious) length++;
            if (length == Proposals) length = 0;
        }

        for (var i = 0; i < length; i++) buffer[i] = (ushort)(order[i] & ~TiedWithPrevious);
        buffer[..length].Sort();
        return buffer[..length];
    }

    private ushort[] ApprovedSet(int[] approved)
    {
        var set = new ushort[approved.Length];
        for (var i = 0; i < set.Length; i++)
        {
            if ((uint)approved[i] >= (uint)Proposals) throw new BallotInvalid(BallotFault.Unknown, approved[i]);
            set[i] = (ushort)approved[i];
        }

        Array.Sort(set);
        for (var i = 1; i < set.Length; i++)
            if (set[i] == set[i - 1]) throw new BallotInvalid(BallotFault.Duplicate, set[i]);
        return set;
    }
}
