using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>How many are left after each step of a way, as shares of those who began it. The outline is those who began, the filling who is left.</summary>
internal static class Funnel
{
    public static IHtmlContent Bar(long count, long first, string name)
    {
        var svg = new Svg().Add($"<svg class=\"bar\" width=\"100%\" height=\"18\" role=\"img\" aria-label=\"{name}\"><rect class=\"base\" x=\".5\" y=\".5\" width=\"99.8%\" height=\"17\" rx=\"4\"/>");
        if (first > 0) svg.Add($"<rect class=\"fill\" width=\"{Math.Clamp(100.0 * count / first, 0, 100)}%\" height=\"18\"/>");
        return svg.Add($"</svg>");
    }

    /// <summary>A share as people read it: whole percents, and never 0 % of something or 100 % of not all.</summary>
    public static string Percent(long part, long whole)
    {
        if (whole == 0) return "–";
        var share = Math.Round(100.0 * part / whole);
        if (share < 1 && part > 0) return "< " + (0.01).ToString("P0", CultureInfo.CurrentCulture);
        if (share > 99 && part < whole) share = 99;
        return (share / 100).ToString("P0", CultureInfo.CurrentCulture);
    }
}
