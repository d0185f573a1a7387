using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Discovery.Ranking;

/// <summary>
/// Counts a batch into M x M cells, row a, column b: how many ballots rank a and do not place it above b (E of ranking.md
/// 2.7), and on the diagonal how many rank a (T). Both kernels give the same numbers.
/// </summary>
internal static class Pairwise
{
    private const int Block = 4096;

    // Columns one cache line further apart than a page, or all of a ballot's ranks would fall into the same cache sets.
    private const int Stride = Block + 64;
    private const byte Unranked = 255;

    /// <summary>Takes the cheaper kernel: R * R / 2 increments for R ranked, or M * M comparisons of 32 ballots at a time.</summary>
    public static int[] Count(BallotBatch batch)
    {
        var average = batch.Count == 0 ? 0 : batch.Ranked / batch.Count;
        return batch.Proposals < Unranked && batch.Count >= 256 && average * average * 8 > batch.Proposals * batch.Proposals
            ? Dense(batch)
            : Sparse(batch);
    }

    public static int[] Sparse(BallotBatch batch)
    {
        var m = batch.Proposals;
        var cells = new int[m * m];
        Span<ushort> plain = new ushort[m];
        for (var ballot = 0; ballot < batch.Count; ballot++)
        {
            var order = batch.Order(ballot);
            ref var first = ref MemoryMarshal.GetReference(plain);
            var tierStart = 0;
            for (var i = 0; i < order.Length; i++)
            {
                int a = order[i];
                if (a < BallotBatch.TiedWithPrevious) tierStart = i;
                a &= ~BallotBatch.TiedWithPrevious;
                plain[i] = (ushort)a;
                // Both were checked to be below m when the ballot was packed.
                ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cells), a * m);
                for (var j = 0; j <= i; j++) Unsafe.Add(ref row, (nint)Unsafe.Add(ref first, j))++;
                for (var j = tierStart; j < i; j++) cells[plain[j] * m + a]++;
            }
        }

        return cells;
    }

    public static int[] Dense(BallotBatch batch)
    {
        var m = batch.Proposals;
        var cells = new int[m * m];
        var ranks = new byte[m * Stride];
        for (var from = 0; from < batch.Count; from += Block)
        {
            var length = Math.Min(Block, batch.Count - from);
            Transpose(batch, from, length, ranks);
            for (var a = 0; a < m; a++)
            {
                var column = ranks.AsSpan(a * Stride, Block);
                var ranked = length - column[..length].Count(Unranked);
                cells[a * m + a] += ranked;
                for (var b = a + 1; b < m; b++)
                {
                    var (above, below) = Compare(column, ranks.AsSpan(b * Stride, Block));
                    cells[a * m + b] -= above;
                    cells[b * m + a] -= below;
                }
            }
        }

        // N is counted; E = T - N.
        for (var a = 0; a < m; a++)
            for (var b = 0; b < m; b++)
                if (a != b) cells[a * m + b] += cells[a * m + a];
        return cells;
    }

    // One column of ranks for each proposal; ballots past the end rank nothing and count for no pair.
    private static void Transpose(BallotBatch batch, int from, int length, byte[] ranks)
    {
        Array.Fill(ranks, Unranked);
        for (var i = 0; i < length; i++)
        {
            byte tier = 0;
            var first = true;
            foreach (var p in batch.Order(from + i))
            {
                if (p < BallotBatch.TiedWithPrevious && !first) tier++;
                first = false;
                ranks[(p & ~BallotBatch.TiedWithPrevious) * Stride + i] = tier;
            }
        }
    }

    // 128 steps of 32 ballots: a byte counter cannot overflow.
    private static (int Above, int Below) Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var (above, below) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        for (nuint i = 0; i < Block; i += 32)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref firstA, i), Vector256.LoadUnsafe(ref firstB, i));
            above -= Vector256.LessThan(x, y);
            below -= Vector256.LessThan(y, x);
        }

        return (Sum(above), Sum(below));
    }

    private static int Sum(Vector256<byte> counters)
    {
        var (low, high) = Vector256.Widen(counters);
        return Vector256.Sum(low + high);
    }
}
