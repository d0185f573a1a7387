using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Discovery.Ranking;

/// <summary>
/// Hashes of the ledger (ranking.md 2.9): a chain over the entries, and a Merkle tree as in RFC 6962 section 2.1 over the
/// leaves, so that a receipt proves that a ballot is recorded.
/// </summary>
public static class Audit
{
    /// <summary>H_0: 32 zero bytes.</summary>
    public static byte[] ChainStart => new byte[SHA256.HashSizeInBytes];

    /// <summary>H_i = SHA-256(0x02, H_(i-1), uint32be(length), entry).</summary>
    /// <exception cref="ArgumentException">The previous hash has not 32 bytes.</exception>
    public static byte[] Chain(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> entry)
    {
        if (previous.Length != SHA256.HashSizeInBytes) throw new ArgumentException("A chain hash has 32 bytes.", nameof(previous));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)entry.Length);
        return Hash([2], previous, length, entry);
    }

    /// <summary>What the chain of a round's ledger runs over: the kind of the entry in ASCII, then the 32 bytes of its leaf.</summary>
    public static byte[] Entry(string kind, ReadOnlySpan<byte> leaf) => [.. System.Text.Encoding.ASCII.GetBytes(kind), .. leaf];

    /// <summary>The leaf of a ballot: SHA-256("ballot/v1", salt, canonical bytes); without the salt it reveals nothing.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> canonicalBytes) => Hash("ballot/v1"u8, salt, canonicalBytes);

    /// <summary>The seed of the count: SHA-256(r, Merkle root at close). SHA-256(r) is published before voting.</summary>
    public static byte[] Seed(ReadOnlySpan<byte> r, ReadOnlySpan<byte> merkleRoot) => Hash(r, merkleRoot);

    /// <summary>The root over the leaves in order; SHA-256 of nothing for an empty list.</summary>
    public static byte[] MerkleRoot(IReadOnlyList<byte[]> leaves) =>
        leaves.Count == 0 ? SHA256.HashData([]) : Levels(leaves)[^1][0];

    /// <summary>The audit path of one leaf, from its sibling upwards (RFC 6962 section 2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no leaf with this index.</exception>
    public static byte[][] AuditPath(IReadOnlyList<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)leaves.Count, nameof(index));
        var path = new List<byte[]>();
        foreach (var level in Levels(leaves).SkipLast(1))
        {
            var sibling = index ^ 1;
            if (sibling < level.Length) path.Add(level[sibling]);
            index >>= 1;
        }

        return [.. path];
    }

    /// <summary>Whether the path leads from the leaf at this index to the root of a tree of this size (RFC 9162 section 2.1.3.2).</summary>
    public static bool Verify(ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size) return false;
        var (hash, last) = (LeafHash(leaf), size - 1);
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            if ((index & 1) == 1 || index == last)
            {
                hash = NodeHash(sibling, hash);
                while ((index & 1) == 0 && index != 0) (index, last) = (index >> 1, last >> 1);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (index, last) = (index >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    // An odd tail is promoted unchanged, which gives RFC 6962's split at the largest power of two.
    private static List<byte[][]> Levels(IReadOnlyList<byte[]> leaves)
    {
        List<byte[][]> levels = [[.. leaves.Select(leaf => LeafHash(leaf))]];
        while (levels[^1].Length > 1)
            levels.Add([.. levels[^1].Chunk(2).Select(pair => pair.Length == 2 ? NodeHash(pair[0], pair[1]) : pair[0])]);
        return levels;
    }

    private static byte[] LeafHash(ReadOnlySpan<byte> leaf) => Hash([0], leaf);

    private static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Hash([1], left, right);

    private static byte[] Hash(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(a);
        hash.AppendData(b);
        hash.AppendData(c);
        hash.AppendData(d);
        return hash.GetHashAndReset();
    }
}
