using System.Globalization;
using System.Numerics;
using Discovery.Ranking;

namespace Discovery.Aggregation.Results;

/// <summary>Every percentage that a page shows: computed with integers, half up to one decimal, so that a recount prints the same digits (ranking.md 2.2).</summary>
internal static class Percent
{
    /// <summary>«12,4 %»; a dash where there is no whole.</summary>
    public static string Of(BigInteger part, BigInteger whole) => whole.IsZero ? "–" : Show(Tenths(part, whole));

    public static string Of(Fraction share) => Of(share.Numerator, share.Denominator);

    /// <summary>A margin in percentage points of the whole, with its sign: «+12,4», «−0,3».</summary>
    public static string Points(BigInteger part, BigInteger whole)
    {
        var tenths = whole.IsZero ? 0 : Tenths(part, whole);
        var digits = ((decimal)BigInteger.Abs(tenths) / 10).ToString("0.0", CultureInfo.CurrentCulture);
        return tenths.Sign switch { > 0 => "+" + digits, < 0 => "−" + digits, _ => digits };
    }

    /// <summary>By how much more the first is than the second: «+12,4 %».</summary>
    public static string More(Fraction first, Fraction second) => (first - second) / second is var more && more.Numerator.Sign > 0 ? "+" + Of(more) : Of(more);

    /// <summary>A number with one decimal.</summary>
    public static string Number(Fraction value) => ((decimal)Tenths(value.Numerator, 100 * value.Denominator) / 10).ToString("0.0", CultureInfo.CurrentCulture);

    /// <summary>The same number for a drawing.</summary>
    public static double Width(BigInteger part, BigInteger whole) => whole.IsZero ? 0 : (double)Tenths(part, whole) / 10;

    public static double Width(Fraction share) => Width(share.Numerator, share.Denominator);

    /// <summary>The geometric mean of so many shares whose product this is.</summary>
    public static string Mean(Fraction product, int shares)
    {
        if (shares == 0) return "–";
        // The largest t with (t / 2000)^shares <= product; half up to tenths from there.
        var (low, high) = (0, 2000);
        while (low < high)
        {
            var t = (low + high + 1) / 2;
            if (BigInteger.Pow(t, shares) * product.Denominator <= product.Numerator * BigInteger.Pow(2000, shares)) low = t;
            else high = t - 1;
        }
        return Show((low + 1) / 2);
    }

    static BigInteger Tenths(BigInteger part, BigInteger whole) => part.Sign * ((2000 * BigInteger.Abs(part) + whole) / (2 * whole));

    static string Show(BigInteger tenths) => ((decimal)tenths / 1000).ToString("P1", CultureInfo.CurrentCulture);
}
