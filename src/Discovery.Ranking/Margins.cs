using System.Numerics;

namespace Discovery.Ranking;

/// <summary>
/// The margins D[a,b] = sum over groups of c_g (N_g[a,b] - N_g[b,a]) among the proposals that take part, and their order.
/// All further methods need only that order: <see cref="Level"/> is 0 for D = 0 and otherwise the sign of D times the
/// position of |D| among the distinct values, so they run on 32-bit integers however long the exact numbers are.
/// </summary>
internal abstract class Margins(int[] members)
{
    /// <summary>Proposal indices; rows and columns below are positions in this list.</summary>
    public int[] Members { get; } = members;

    /// <summary>Levels by row, Members.Length squared.</summary>
    public int[] Level { get; } = new int[members.Length * members.Length];

    public int Highest { get; private protected set; }

    public abstract BigInteger Of(int row, int column);

    /// <summary>The margins without one group, in the same scale.</summary>
    public abstract Margins Without(Tally tally, int group);

    /// <summary>Adds up the groups with these multipliers; 128-bit arithmetic where the sum of all weights proves that it fits.</summary>
    public static Margins Sum(Tally tally, int[] members, BigInteger[] c)
    {
        BigInteger bound = 0;
        for (var g = 0; g < c.Length; g++) bound += c[g] * tally.Units(g);
        return BigInteger.Abs(bound) < BigInteger.One << 126
            ? new Margins<Int128>(tally, members, Array.ConvertAll(c, x => (Int128)x))
            : new Margins<BigInteger>(tally, members, c);
    }
}

/// <summary>Margins in one number type; only pairs row &lt; column are kept.</summary>
internal sealed class Margins<T> : Margins
    where T : struct, IBinaryInteger<T>
{
    private readonly T[] _d, _c;

    public Margins(Tally tally, int[] members, T[] c)
        : base(members)
    {
        _c = c;
        _d = new T[members.Length * (members.Length - 1) / 2];
        for (var g = 0; g < c.Length; g++)
            if (!T.IsZero(c[g])) AddGroup(tally, g, c[g]);
        SetLevels();
    }

    private Margins(Margins<T> all, Tally tally, int group)
        : base(all.Members)
    {
        (_c, _d) = (all._c, [.. all._d]);
        AddGroup(tally, group, -_c[group]);
        SetLevels();
    }

    public override BigInteger Of(int row, int column) =>
        row == column ? 0 : row < column ? BigInteger.CreateChecked(_d[At(row, column)]) : -Of(column, row);

    public override Margins Without(Tally tally, int group) => new Margins<T>(this, tally, group);

    private int At(int row, int column) => row * (2 * Members.Length - row - 1) / 2 + column - row - 1;

    private void AddGroup(Tally tally, int group, T weight)
    {
        var at = 0;
        for (var row = 0; row < Members.Length; row++)
            for (var column = row + 1; column < Members.Length; column++)
                _d[at++] += weight * T.CreateChecked(tally.Difference(group, Members[row], Members[column]));
    }

    private void SetLevels()
    {
        var m = Members.Length;
        var (size, cell) = (new T[_d.Length], new int[_d.Length]);
        for (int row = 0, at = 0; row < m; row++)
        {
            for (var column = row + 1; column < m; column++, at++)
            {
                size[at] = T.Abs(_d[at]);
                cell[at] = row * m + column;
            }
        }

        Array.Sort(size, cell);
        var previous = T.Zero;
        for (var i = 0; i < size.Length; i++)
        {
            if (size[i] != previous) (previous, Highest) = (size[i], Highest + 1);
            var (row, column) = (cell[i] / m, cell[i] % m);
            var level = T.IsNegative(_d[At(row, column)]) ? -Highest : Highest;
            (Level[row * m + column], Level[column * m + row]) = (level, -level);
        }
    }
}
