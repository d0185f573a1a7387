using System.Runtime.InteropServices;

namespace Discovery.Ranking;

/// <summary>A published row: so many ballots of a group with the same approval set and the same units each.</summary>
/// <param name="Group">Index of the group.</param>
/// <param name="Proposals">Indices of the approved proposals, ascending.</param>
/// <param name="Units">Units of one ballot.</param>
/// <param name="Ballots">How many such ballots, at least 1.</param>
public sealed record ApprovalRow(int Group, int[] Proposals, long Units, long Ballots)
{
    /// <summary>By group, then by set (a prefix comes first), then by units: the order of the rows' own bytes.</summary>
    internal static int Compare(ApprovalRow x, ApprovalRow y)
    {
        if (x.Group != y.Group) return x.Group.CompareTo(y.Group);
        var sets = x.Proposals.AsSpan().SequenceCompareTo(y.Proposals);
        return sets != 0 ? sets : x.Units.CompareTo(y.Units);
    }
}

/// <summary>
/// The multiset of (group, approval set, units): 32 bytes and two per approved proposal for each distinct one, so that a
/// million different ballots stay below 100 MB. Emptied entries are dropped when the table next grows.
/// </summary>
internal sealed class ApprovalTable
{
    internal struct Entry
    {
        public long Units, Ballots;
        public int Start, Hash, Next;
        public ushort Length, Group;
    }

    private Entry[] _entries = new Entry[16];
    private int[] _buckets = new int[16];
    private ushort[] _arena = new ushort[64];
    private int _count, _used, _empty;

    /// <summary>The entries in no particular order, some of them with no ballots.</summary>
    public ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, _count);

    public ReadOnlySpan<ushort> Set(in Entry entry) => _arena.AsSpan(entry.Start, entry.Length);

    /// <summary>How many ballots there are of this kind.</summary>
    public long Ballots(int group, ReadOnlySpan<ushort> set, long units)
    {
        var at = Find(group, set, units, Hash(group, set, units));
        return at < 0 ? 0 : _entries[at].Ballots;
    }

    /// <summary>Adds (or, with a negative number, removes) ballots of this kind; the set is ascending.</summary>
    public void Add(int group, ReadOnlySpan<ushort> set, long units, long ballots)
    {
        var hash = Hash(group, set, units);
        var at = Find(group, set, units, hash);
        if (at < 0)
        {
            Append(group, set, units, ballots, hash);
            return;
        }

        ref var entry = ref _entries[at];
        if (entry.Ballots == 0) _empty--;
        entry.Ballots += ballots;
        if (entry.Ballots == 0) _empty++;
    }

    private static int Hash(int group, ReadOnlySpan<ushort> set, long units)
    {
        // Seeded per process, so nobody can cast ballots that collide; the order of entries is never observed.
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(set));
        hash.Add(group);
        hash.Add(units);
        return hash.ToHashCode();
    }

    private int Find(int group, ReadOnlySpan<ushort> set, long units, int hash)
    {
        for (var at = _buckets[hash & (_buckets.Length - 1)] - 1; at >= 0; at = _entries[at].Next)
        {
            ref var e = ref _entries[at];
            if (e.Hash == hash && e.Group == group && e.Units == units && Set(e).SequenceEqual(set)) return at;
        }

        return -1;
    }

    private void Append(int group, ReadOnlySpan<ushort> set, long units, long ballots, int hash)
    {
        if (_count == _entries.Length) Grow();
        while (_used + set.Length > _arena.Length) Array.Resize(ref _arena, _arena.Length + Math.Max(64, _arena.Length / 2));

        set.CopyTo(_arena.AsSpan(_used));
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[_count] = new Entry
        {
            Group = (ushort)group,
            Units = units,
            Ballots = ballots,
            Start = _used,
            Length = (ushort)set.Length,
            Hash = hash,
            Next = bucket - 1,
        };
        bucket = ++_count;
        _used += set.Length;
    }

    private void Grow()
    {
        if (_empty > _count / 4) DropEmpty();
        else Array.Resize(ref _entries, _entries.Length * 2);

        _buckets = new int[_entries.Length];
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i].Next = bucket - 1;
            bucket = i + 1;
        }
    }

    private void DropEmpty()
    {
        var (kept, used) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            var entry = _entries[i];
            if (entry.Ballots == 0) continue;
            Set(entry).CopyTo(_arena.AsSpan(used));
            entry.Start = used;
            used += entry.Length;
            _entries[kept++] = entry;
        }

        (_count, _used, _empty) = (kept, used, 0);
    }
}
