using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>Seats as squares in a row: taken ones filled with the group's texture, the others outlined; the tick is what would be due.</summary>
internal static class Seats
{
    public static IHtmlContent Row(int taken, int all, double? due, string? fill, string name)
    {
        var svg = new Svg().Add($"<svg class=\"bar seats\" width=\"100%\" height=\"22\" role=\"img\" aria-label=\"{name}\">");
        var step = 100.0 / Math.Max(all, 1);
        for (var i = 0; i < all; i++)
        {
            svg.Add($"<rect class=\"{(i >= taken ? "base" : fill is null ? "fill" : "")}\" x=\"{i * step}%\" y=\"1\" width=\"{step - 0.6}%\" height=\"20\" rx=\"3\"");
            svg.Add(i < taken && fill is not null ? new Svg().Add($" fill=\"{fill}\"/>") : new Svg().Add($"/>"));
        }
        if (due is { } share) svg.Add($"<rect class=\"tk\" x=\"{Math.Clamp(share * step, 0, 99.5)}%\" width=\"3\" height=\"22\"/>");
        return svg.Add($"</svg>");
    }
}
