using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Discovery.Ranking;

/// <summary>
/// The slate indicator (ranking.md 2.6): how much of a group is held by its largest set of equal ballots with at least
/// three ranked proposals. More than a quarter is worth a look. Order within a tier does not matter.
/// </summary>
public sealed class Slates
{
    private readonly Dictionary<(int Group, UInt128 Ballot), long> _units = [];

    /// <summary>Counts so many units of a ballot; a negative number takes them back.</summary>
    public void Add(int group, long units, Ballot ballot)
    {
        if (ballot.Tiers.Sum(tier => tier.Length) < 3) return;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_units, (group, Key(ballot)), out _);
        sum += units;
    }

    /// <summary>Units of the largest set of equal ballots in the group; divide by n_g for the share.</summary>
    public long Largest(int group) => _units.Where(x => x.Key.Group == group).Select(x => x.Value).DefaultIfEmpty().Max();

    // Half of a SHA-256: two different ballots never meet in practice, and nobody can make them.
    private static UInt128 Key(Ballot ballot)
    {
        var text = string.Join('>', ballot.Tiers.Select(tier => string.Join(',', tier.Order())));
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
    }
}
