using System.Numerics;

namespace Discovery.Ranking;

/// <summary>The columns beside the consensus ranking that need only the margins. Lists are by proposal.</summary>
internal sealed class Companions
{
    public Companions(Margins margins, int[] tie, int proposals)
    {
        var (m, members) = (margins.Members.Length, margins.Members);
        (Copeland, Borda, WorstDefeat) = (new int?[proposals], new BigInteger?[proposals], new BigInteger?[proposals]);
        var worst = new int[m];
        for (var a = 0; a < m; a++)
        {
            var (wins, sum, by) = (0, BigInteger.Zero, -1);
            for (var b = 0; b < m; b++)
            {
                if (a == b) continue;
                wins += Math.Sign(margins.Level[a * m + b]);
                sum += margins.Of(a, b);
                if (by < 0 || margins.Level[b * m + a] > margins.Level[by * m + a]) by = b;
            }

            Copeland[members[a]] = wins;
            Borda[members[a]] = sum;
            WorstDefeat[members[a]] = by < 0 ? null : margins.Of(by, a);
            worst[a] = by < 0 ? 0 : margins.Level[by * m + a];
        }

        Minimax = [.. Enumerable.Range(0, m).OrderBy(a => worst[a]).ThenBy(a => tie[a]).Select(a => members[a])];
    }

    public int?[] Copeland { get; }

    public BigInteger?[] Borda { get; }

    public BigInteger?[] WorstDefeat { get; }

    public int[] Minimax { get; }
}
