using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>
/// An assessment in steps of several factors, 0 to 5, as a hexagon: a side is a step, a slice a factor, the filled part its score.
/// What nobody has confirmed yet is only outlined, what nobody knows is empty and says "?". The same numbers belong into a table beside it.
/// </summary>
public static class AssessmentWheel
{
    private const double Centre = 170, Radius = 130;
    private const int Most = 5;

    /// <param name="Code">"2.1", as in the table.</param>
    /// <param name="Score">Null where nothing is known.</param>
    public sealed record Slice(string Code, string Name, int? Score, bool IsConfirmed);

    /// <param name="steps">Six of them, each with the same number of slices, from the top clockwise.</param>
    /// <param name="title">What it shows, with the numbers that matter.</param>
    /// <param name="description">How to read it.</param>
    public static IHtmlContent Draw(IReadOnlyList<IReadOnlyList<Slice>> steps, string title, string description)
    {
        var svg = new Svg().Add($"<svg class=\"wheel\" viewBox=\"0 0 340 340\" role=\"img\" aria-labelledby=\"wheel-t\" aria-describedby=\"wheel-d\"><title id=\"wheel-t\">{title}</title><desc id=\"wheel-d\">{description}</desc>");
        svg.Add($"<polygon class=\"w0\" points=\"{Ring(Radius)}\"/>");
        foreach (var (slice, from, to) in Slices(steps))
            if (slice.Score is > 0 and var score)
                svg.Add($"<polygon class=\"{(slice.IsConfirmed ? "wv" : "ws")}\" points=\"{new[] { (Centre, Centre), Toward(from, score), Toward(to, score) }}\"/>");
        for (var level = 1; level <= Most; level++)
            svg.Add($"<polygon class=\"wg\" points=\"{Ring(Radius * level / Most)}\"/>");
        foreach (var corner in Enumerable.Range(0, 6).Select(i => Corner(i, Radius)))
            svg.Add($"<path class=\"wx\" d=\"M{Centre} {Centre} {corner.X} {corner.Y}\"/>");
        foreach (var (slice, from, to) in Slices(steps))
        {
            var (x, y) = Outside(from, to);
            svg.Add($"<text class=\"{(slice.IsConfirmed ? "wb" : "wq")}\" x=\"{x}\" y=\"{y}\">{(slice.Score is { } score ? score.ToString(System.Globalization.CultureInfo.InvariantCulture) : "?")}</text>");
            svg.Add($"<text class=\"wc\" x=\"{x}\" y=\"{y + 14}\">{slice.Code}</text>");
        }
        return svg.Add($"</svg>");
    }

    private static IEnumerable<(Slice Slice, (double X, double Y) From, (double X, double Y) To)> Slices(IReadOnlyList<IReadOnlyList<Slice>> steps)
    {
        foreach (var (side, slices) in steps.Index())
            for (var i = 0; i < slices.Count; i++)
                yield return (slices[i], Along(side, (double)i / slices.Count), Along(side, (double)(i + 1) / slices.Count));
    }

    // A corner stands at the top, as in all hexagons here.
    private static (double X, double Y) Corner(int i, double radius) =>
        (Centre + radius * Math.Sin(Math.PI / 3 * i), Centre - radius * Math.Cos(Math.PI / 3 * i));

    private static IEnumerable<(double, double)> Ring(double radius) => Enumerable.Range(0, 6).Select(i => Corner(i, radius));

    private static (double X, double Y) Along(int side, double part)
    {
        var (from, to) = (Corner(side, Radius), Corner(side + 1, Radius));
        return (from.X + (to.X - from.X) * part, from.Y + (to.Y - from.Y) * part);
    }

    private static (double, double) Toward((double X, double Y) point, int score) =>
        (Centre + (point.X - Centre) * score / Most, Centre + (point.Y - Centre) * score / Most);

    private static (double X, double Y) Outside((double X, double Y) from, (double X, double Y) to)
    {
        var (x, y) = ((from.X + to.X) / 2 - Centre, (from.Y + to.Y) / 2 - Centre);
        var length = Math.Sqrt(x * x + y * y);
        return (Centre + x * (length + 21) / length, Centre + y * (length + 21) / length);
    }
}
