using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>
/// What was planned and what happened, row by row: the outline is the plan, the filled bar the course, the line is now.
/// Widths are shares of the page, so that text never shrinks; the same dates belong into a table beside it.
/// </summary>
public static class PlanAndCourse
{
    private const int RowHeight = 30, Bar = 18;

    /// <param name="Course">When it began and ended; the end is null while it runs. Null before.</param>
    public sealed record Row(string Name, (DateTimeOffset From, DateTimeOffset To) Plan, (DateTimeOffset From, DateTimeOffset? To)? Course);

    /// <param name="title">What it shows.</param>
    /// <param name="description">How to read it.</param>
    /// <param name="day">A date in the words of the page.</param>
    public static IHtmlContent Draw(IReadOnlyList<Row> rows, DateTimeOffset now, string title, string description, Func<DateTimeOffset, string> day)
    {
        var times = rows.SelectMany(r => new[] { r.Plan.From, r.Plan.To }).Concat(rows.SelectMany(r => r.Course is { } c ? new[] { c.From, c.To ?? now } : [])).ToList();
        var (first, last) = (times.Min(), times.Max());
        var whole = Math.Max((last - first).TotalSeconds, 1);
        double At(DateTimeOffset time) => 100 * Math.Clamp((time - first).TotalSeconds / whole, 0, 1);

        var svg = new Svg().Add($"<ol class=\"plan\" aria-hidden=\"true\">");
        foreach (var row in rows)
        {
            var (from, to) = (At(row.Plan.From), At(row.Plan.To));
            svg.Add($"<li><b>{row.Name}</b><svg width=\"100%\" height=\"{RowHeight}\" aria-hidden=\"true\">");
            svg.Add($"<rect class=\"l0\" y=\"{RowHeight / 2 - 1}\" width=\"100%\" height=\"2\"/>");
            svg.Add($"<rect class=\"lp\" x=\"{from}%\" y=\"1\" width=\"{Math.Max(to - from, 0.6)}%\" height=\"{RowHeight - 2}\" rx=\"5\"/>");
            if (row.Course is { } course)
            {
                var (began, ended) = (At(course.From), At(course.To ?? now));
                svg.Add($"<rect class=\"{(course.To is null ? "ln" : "ld")}\" x=\"{began}%\" y=\"{(RowHeight - Bar) / 2}\" width=\"{Math.Max(ended - began, 0.6)}%\" height=\"{Bar}\" rx=\"3\"/>");
            }
            if (now > first && now < last) svg.Add($"<rect class=\"lt\" x=\"{At(now)}%\" width=\"2\" height=\"{RowHeight}\"/>");
            svg.Add($"</svg></li>");
        }
        svg.Add($"</ol><p class=\"row between tiny soft num\"><span>{day(first)}</span><span>{day(last)}</span></p><p class=\"vh\">{title}. {description}</p>");
        return svg;
    }
}
