using System.Numerics;

namespace Discovery.Ranking;

/// <summary>
/// Ranked Pairs on margins with a fixed tie order (Tideman 1987, "Independence of clones as a criterion for voting rules";
/// ranking.md 2.3). Pairs are taken by D descending, then by the tie order of the winner and of the loser, and locked unless
/// that would close a cycle.
/// </summary>
internal static class RankedPairs
{
    /// <summary>A pair that was not locked, with the chain of stronger locked pairs from its loser up to its winner.</summary>
    internal sealed record Overridden(int Winner, int Loser, int[] Path);

    /// <summary>Positions of the members, best first.</summary>
    /// <param name="margins">Only levels are read.</param>
    /// <param name="tie">Position of each member in the tie order.</param>
    /// <param name="overridden">Collects pairs with D > 0 that were not locked; null when nobody asks.</param>
    public static int[] Order(Margins margins, int[] tie, List<Overridden>? overridden = null)
    {
        var (m, words) = (tie.Length, (tie.Length + 63) / 64);
        var reach = new ulong[m * words];
        for (var p = 0; p < m; p++) reach[p * words + p / 64] |= 1UL << p;
        var locked = overridden is null ? null : new ulong[m * words];
        var byTie = new int[m];
        for (var p = 0; p < m; p++) byTie[tie[p]] = p;

        foreach (var key in Pairs(margins, tie))
        {
            var (a, b) = (byTie[(key >> 16) & 0xFFFF], byTie[key & 0xFFFF]);
            if (Has(reach, b * words, a))
            {
                if (margins.Level[a * m + b] > 0) overridden?.Add(new(a, b, Path(locked!, words, m, b, a)));
                continue;
            }

            if (locked is not null) locked[a * words + b / 64] |= 1UL << b;
            if (Has(reach, a * words, b)) continue;
            var below = reach.AsSpan(b * words, words);
            for (var x = 0; x < m; x++)
            {
                if (!Has(reach, x * words, a) || Has(reach, x * words, b)) continue;
                for (var w = 0; w < words; w++) reach[x * words + w] |= below[w];
            }
        }

        var size = new int[m];
        for (var i = 0; i < reach.Length; i++) size[i / words] += BitOperations.PopCount(reach[i]);
        var order = Enumerable.Range(0, m).ToArray();
        Array.Sort(size, order);
        Array.Reverse(order);
        return order;
    }

    private static bool Has(ulong[] bits, int row, int p) => (bits[row + p / 64] >> p & 1) != 0;

    private static List<ulong> Pairs(Margins margins, int[] tie)
    {
        var (m, highest) = (tie.Length, margins.Highest);
        var keys = new List<ulong>(m * m);
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b < m; b++)
            {
                var level = margins.Level[a * m + b];
                if (a != b && level >= 0) keys.Add((ulong)(highest - level) << 32 | (uint)tie[a] << 16 | (uint)tie[b]);
            }
        }

        keys.Sort();
        return keys;
    }

    // Breadth first, so the shortest chain; among equals the one through the lowest indices.
    private static int[] Path(ulong[] locked, int words, int m, int from, int to)
    {
        var before = new int[m];
        Array.Fill(before, -1);
        before[from] = from;
        var queue = new Queue<int>([from]);
        while (before[to] < 0)
        {
            var at = queue.Dequeue();
            for (var next = 0; next < m; next++)
            {
                if (before[next] >= 0 || !Has(locked, at * words, next)) continue;
                before[next] = at;
                queue.Enqueue(next);
            }
        }

        var path = new List<int> { to };
        while (path[^1] != from) path.Add(before[path[^1]]);
        path.Reverse();
        return [.. path];
    }
}
