using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>One point of the scatter chart; the number is what stands beside it, the title in the table.</summary>
/// <param name="Mark">A filled, a ringed or a hollow dot.</param>
public sealed record ScatterPoint(int Number, string Title, double X, double Y, RankMark Mark = RankMark.Firm, string? Language = null);

/// <summary>Points between two measures, with a line at the middle of each. Widths are shares and heights are pixels, so that no letter ever shrinks.</summary>
internal static class Quadrants
{
    private const int Height = 320, Edge = 18;

    /// <param name="corners">Names of the quadrants: upper left, upper right, lower left, lower right.</param>
    public static IHtmlContent Draw(IReadOnlyList<ScatterPoint> points, (double From, double To, double Middle) x, (double From, double To, double Middle) y, IReadOnlyList<string> corners, string title, string description)
    {
        // A margin on all sides, so that dots at the ends of an axis stay whole.
        double Across(double value) => 3 + 92 * Part(value, x);
        double Down(double value) => Height - Edge - (Height - 2 * Edge) * Part(value, y);
        var svg = new Svg().Add($"<svg class=\"quad\" width=\"100%\" height=\"{Height}\" role=\"img\"><title>{title}</title><desc>{description}</desc><rect class=\"frame\" x=\".5\" y=\".5\" width=\"99.8%\" height=\"{Height - 1}\" rx=\"8\"/>");
        svg.Add($"<line class=\"mid\" x1=\"{Across(x.Middle)}%\" x2=\"{Across(x.Middle)}%\" y2=\"{Height}\"/><line class=\"mid\" x2=\"100%\" y1=\"{Down(y.Middle)}\" y2=\"{Down(y.Middle)}\"/>");
        foreach (var (name, at, anchor, line) in corners.Zip(["1%", "99%", "1%", "99%"], ["start", "end", "start", "end"]).Select((c, i) => (c.First, c.Second, c.Third, i < 2 ? 18 : Height - 8)))
            svg.Add($"<text class=\"corner\" x=\"{at}\" y=\"{line}\" text-anchor=\"{anchor}\">{name}</text>");
        foreach (var point in points)
        {
            var (left, top) = (Across(point.X), Down(point.Y));
            svg.Add($"<circle class=\"{point.Mark switch { RankMark.Firm => "dot", RankMark.Edge => "half", _ => "hollow" }}\" cx=\"{left}%\" cy=\"{top}\" r=\"6\"/>");
            // On the right half the number stands on the left of its dot.
            svg.Add($"<text x=\"{left}%\" y=\"{top + 5}\" dx=\"{(left > 80 ? -10 : 10)}\" text-anchor=\"{(left > 80 ? "end" : "start")}\">{point.Number}</text>");
        }
        return svg.Add($"</svg>");
    }

    private static double Part(double value, (double From, double To, double Middle) axis) =>
        axis.To <= axis.From ? 0.5 : Math.Clamp((value - axis.From) / (axis.To - axis.From), 0, 1);
}
