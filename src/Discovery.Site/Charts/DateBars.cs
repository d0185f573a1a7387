using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>A span of time as a bar on an axis of days that all rows share; the line is now. Done is solid, what runs is honey in a thick outline, what is to come a dashed one.</summary>
internal static class DateBars
{
    public static IHtmlContent Row(DateTimeOffset from, DateTimeOffset to, (DateTimeOffset From, DateTimeOffset To) axis, DateTimeOffset now, PhaseState state, string name)
    {
        var (left, right) = (At(from, axis), At(to, axis));
        var svg = new Svg().Add($"<svg class=\"bar\" width=\"100%\" height=\"20\" role=\"img\" aria-label=\"{name}\"><rect class=\"rail\" y=\"9.5\" width=\"100%\" height=\"1\"/>");
        svg.Add($"<rect class=\"span {state switch { PhaseState.Done => "d", PhaseState.Now => "n", _ => "f" }}\" x=\"{left}%\" y=\"2\" width=\"{Math.Max(right - left, 0.6)}%\" height=\"16\" rx=\"3\"/>");
        if (now > axis.From && now < axis.To) svg.Add($"<rect class=\"today\" x=\"{At(now, axis)}%\" width=\"3\" height=\"20\"/>");
        return svg.Add($"</svg>");
    }

    private static double At(DateTimeOffset at, (DateTimeOffset From, DateTimeOffset To) axis) =>
        Math.Clamp(100 * (at - axis.From).TotalSeconds / Math.Max((axis.To - axis.From).TotalSeconds, 1), 0, 100);
}
