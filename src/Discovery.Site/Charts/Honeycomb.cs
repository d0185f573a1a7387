using Discovery.Contracts.Rounds;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>A region as a honeycomb: a hexagon is a municipality. The emblem and the map are drawn from the same cells.</summary>
public static class Honeycomb
{
    private const double Step = 74, Row = 64.1, Margin = 43;

    // Half the height of a cell's side, where the river turns.
    private const double Side = 21.35;

    /// <summary>The region's sign in the header.</summary>
    public static IHtmlContent Emblem(Region region)
    {
        if (region.Cells.Count == 0) return Emblem();
        var frame = new Frame(region);
        var svg = new Svg().Add($"<svg class=\"emblem\" viewBox=\"0 0 {frame.Width} {frame.Height}\" aria-hidden=\"true\">");
        foreach (var kind in region.Cells.GroupBy(c => c.Capital).OrderBy(k => k.Key))
            Small(svg, kind.Key, kind.Select(c => (frame.X(c.Column), frame.Y(c.Row))));
        return svg.Add(River(region, frame)).Add($"</svg>");
    }

    /// <summary>The sign of the portal where no region is meant: one cell among six.</summary>
    public static IHtmlContent Emblem()
    {
        var cells = new (double Column, int Row)[] { (0.5, 0), (1.5, 0), (0, 1), (1, 1), (2, 1), (0.5, 2), (1.5, 2) };
        var svg = new Svg().Add($"<svg class=\"emblem\" viewBox=\"0 0 {2 * Step + 2 * Margin} {2 * Row + 97.4}\" aria-hidden=\"true\">");
        foreach (var kind in cells.GroupBy(c => c is (1, 1)))
            Small(svg, kind.Key, kind.Select(c => (Margin + c.Column * Step, 48.7 + c.Row * Row)));
        return svg.Add($"</svg>");
    }

    // The emblem stands in every page: all its cells are one line, in whole units.
    private static void Small(Svg svg, bool capital, IEnumerable<(double X, double Y)> cells)
    {
        svg.Add($"<path class=\"{(capital ? "cap" : "h")}\" d=\"");
        foreach (var (x, y) in cells) svg.Add($"M{(int)Math.Round(x)} {(int)Math.Round(y) - 40}l34 20v40l-34 20-34-20v-40z");
        svg.Add($"\"/>");
    }

    /// <summary>The map with a number in every cell; the darkest step is zero, honey is the most. Put the same numbers in a table beside it.</summary>
    /// <param name="counts">By key of the cell; a cell that is not there counts 0.</param>
    /// <param name="name">What a screen reader says: give the numbers that matter.</param>
    /// <param name="link">Where a cell leads, by its key.</param>
    public static IHtmlContent Map(Region region, IReadOnlyDictionary<string, int> counts, string name, Func<string, string>? link = null)
    {
        var frame = new Frame(region);
        int Count(Cell cell) => counts.GetValueOrDefault(cell.Key);
        var most = region.Cells.Select(Count).DefaultIfEmpty().Max();
        var second = region.Cells.Select(Count).Where(n => n < most).DefaultIfEmpty().Max();

        // A picture has no parts: one whose cells are links is a group of them.
        var svg = new Svg().Add($"<svg class=\"map\" viewBox=\"0 0 {frame.Width} {frame.Height}\" role=\"{(link is null ? "img" : "group")}\" aria-label=\"{name}\">");
        foreach (var cell in region.Cells)
        {
            var n = Count(cell);
            var step = n == 0 ? 0 : n == most ? 3 : 2 * n > second ? 2 : 1;
            var (x, y) = (frame.X(cell.Column), frame.Y(cell.Row));
            if (link is not null) svg.Add($"<a href=\"{link(cell.Key)}\" aria-label=\"{cell.Name.Here()}: {n}\">");
            svg.Add($"<polygon class=\"h l{step}\" points=\"{Hexagon(x, y, 42.1)}\"><title>{cell.Name.Here()}: {n}</title></polygon>");
            svg.Add($"<text class=\"{(step >= 2 ? "dk" : "")}\" x=\"{x}\" y=\"{y + 6}\">{n}</text>");
            if (link is not null) svg.Add($"</a>");
        }
        svg.Add(River(region, frame));
        foreach (var cell in region.Cells.Where(c => c.Capital))
            svg.Add($"<polygon class=\"ring\" points=\"{Hexagon(frame.X(cell.Column), frame.Y(cell.Row), 34.2)}\"/>");
        return svg.Add($"</svg>");
    }

    private static Svg River(Region region, Frame frame)
    {
        var svg = new Svg();
        if (region.River.Count == 0) return svg;
        var top = region.Cells.Min(c => c.Row);
        var points = region.River.SelectMany((x, i) => new[] { (frame.X(x), frame.Y(top + i) - Side), (frame.X(x), frame.Y(top + i) + Side) });
        return svg.Add($"<polyline class=\"river\" points=\"{points}\"/>");
    }

    internal static IEnumerable<(double X, double Y)> Hexagon(double x, double y, double radius)
    {
        double half = radius / 2, wide = radius * 0.8660254;
        return [(x, y - radius), (x + wide, y - half), (x + wide, y + half), (x, y + radius), (x - wide, y + half), (x - wide, y - half)];
    }

    private sealed class Frame(Region region)
    {
        private readonly double left = region.Cells.Count == 0 ? 0 : region.Cells.Min(c => c.Column);
        private readonly int top = region.Cells.Count == 0 ? 0 : region.Cells.Min(c => c.Row);

        public double Width { get; } = region.Cells.Count == 0 ? 1 : (region.Cells.Max(c => c.Column) - region.Cells.Min(c => c.Column)) * Step + 2 * Margin;

        public double Height { get; } = region.Cells.Count == 0 ? 1 : (region.Cells.Max(c => c.Row) - region.Cells.Min(c => c.Row)) * Row + 97.4;

        public double X(double column) => Margin + (column - left) * Step;

        public double Y(int row) => 48.7 + (row - top) * Row;
    }
}
