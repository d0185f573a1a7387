using System.Globalization;
using Discovery.Site.Charts;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary>What every chart has, so that none is without: a title, a sentence that says how to read it, and its numbers as a table where they are not text already.</summary>
public abstract class FigureTagHelper : TagHelper
{
    public string Title { get; set; } = "";
    public string Description { get; set; } = "";

    public sealed override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"chart {output.Attributes["class"]?.Value}".TrimEnd());
        output.Content.AppendHtml("<figcaption><b>").Append(Title).AppendHtml("</b> <span class=\"hint\">").Append(Description).AppendHtml("</span></figcaption>");
        Draw(output.Content);
    }

    protected abstract void Draw(TagHelperContent figure);

    private protected static string Number(double value) => value.ToString(value == Math.Floor(value) ? "N0" : "N1", CultureInfo.CurrentCulture);
}

/// <summary>A step of the funnel. The note says why some were lost.</summary>
public sealed record FunnelStep(string Name, long Count, string? Note = null);

/// <summary><c>&lt;funnel-chart title="…" description="…" steps="…" /&gt;</c>: who is left after each step.</summary>
[HtmlTargetElement("funnel-chart", Attributes = "title,steps", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FunnelChartTagHelper(Words<SiteTexts> text) : FigureTagHelper
{
    public IReadOnlyList<FunnelStep> Steps { get; set; } = [];

    protected override void Draw(TagHelperContent figure)
    {
        var first = Steps.Count == 0 ? 0 : Steps[0].Count;
        figure.AppendHtml("<ol class=\"fun\">");
        for (var i = 0; i < Steps.Count; i++)
        {
            var (step, lost) = (Steps[i], i == 0 ? 0 : Steps[i - 1].Count - Steps[i].Count);
            var share = Funnel.Percent(step.Count, first);
            figure.AppendHtml("<li><span class=\"lb\"><span>").Append(step.Name).AppendHtml("</span><b>").Append(Number(step.Count)).AppendHtml("</b></span>")
                .AppendHtml(Funnel.Bar(step.Count, first, text["chart.funnel", step.Name, Number(step.Count), share]));
            if (i > 0) figure.AppendHtml("<span class=\"lost\">").Append(text["chart.funnel.left", share, Number(lost)] + (step.Note is null ? "" : " " + step.Note)).AppendHtml("</span>");
            figure.AppendHtml("</li>");
        }
        figure.AppendHtml("</ol>");
    }
}

/// <summary>A row of the heat table; a number that is withheld is null.</summary>
public sealed record HeatRow(string Name, IReadOnlyList<int?> Values, string? Language = null);

/// <summary><c>&lt;heat-table title="…" description="…" columns="…" rows="…" corner="…" /&gt;</c>: the table is the chart. The darker, the more; the number stands in every cell, so that nothing is lost in black and white.</summary>
[HtmlTargetElement("heat-table", Attributes = "title,columns,rows", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class HeatTableTagHelper(Words<SiteTexts> text) : FigureTagHelper
{
    public IReadOnlyList<string> Columns { get; set; } = [];
    public IReadOnlyList<HeatRow> Rows { get; set; } = [];

    /// <summary>What the rows are.</summary>
    public string Corner { get; set; } = "";

    protected override void Draw(TagHelperContent figure)
    {
        var most = Rows.SelectMany(r => r.Values).Max() ?? 0;
        figure.AppendHtml("<div class=\"tw\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Title).AppendHtml("\"><table class=\"heat\"><thead><tr><th scope=\"col\">").Append(Corner).AppendHtml("</th>");
        foreach (var column in Columns) figure.AppendHtml("<th scope=\"col\">").Append(column).AppendHtml("</th>");
        figure.AppendHtml("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            figure.AppendHtml(row.Language is null ? "<tr><th scope=\"row\">" : $"<tr><th scope=\"row\" lang=\"{row.Language}\">").Append(row.Name).AppendHtml("</th>");
            foreach (var value in row.Values)
                if (value is { } n) figure.AppendHtml($"<td class=\"q{Step(n, most)}\">").Append(Number(n)).AppendHtml("</td>");
                else figure.AppendHtml("<td class=\"qx\">").Append("–").AppendHtml("<span class=\"vh\">").Append(text["chart.withheld"]).AppendHtml("</span></td>");
            figure.AppendHtml("</tr>");
        }
        figure.AppendHtml("</tbody></table></div>");
        if (Rows.Any(r => r.Values.Contains(null))) figure.AppendHtml("<p class=\"small soft\">").Append("– " + text["chart.withheld"]).AppendHtml("</p>");
    }

    private static int Step(int value, int most) => value <= 0 ? 0 : Math.Clamp((int)Math.Ceiling(4.0 * value / most), 1, 4);
}

/// <summary>A measure of the scatter chart: where its axis ends, and where the line between the quadrants stands.</summary>
public sealed record ScatterAxis(string Name, double From, double To, double Middle);

/// <summary><c>&lt;quadrant-chart title="…" description="…" points="…" x="…" y="…" corners="…" /&gt;</c>: corners are upper left, upper right, lower left, lower right.</summary>
[HtmlTargetElement("quadrant-chart", Attributes = "title,points,x,y", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class QuadrantChartTagHelper(Words<SiteTexts> text) : FigureTagHelper
{
    public IReadOnlyList<ScatterPoint> Points { get; set; } = [];
    public ScatterAxis X { get; set; } = null!;
    public ScatterAxis Y { get; set; } = null!;
    public IReadOnlyList<string> Corners { get; set; } = [];

    protected override void Draw(TagHelperContent figure)
    {
        figure.AppendHtml("<p class=\"axis\">↑ ").Append(Y.Name).AppendHtml("</p>")
            .AppendHtml(Quadrants.Draw(Points, (X.From, X.To, X.Middle), (Y.From, Y.To, Y.Middle), Corners, Title, Description))
            .AppendHtml("<p class=\"axis r\">").Append(X.Name).AppendHtml(" →</p><details class=\"small\"><summary>").Append(text["chart.table"])
            .AppendHtml("</summary><table><thead><tr><th scope=\"col\">№</th><th scope=\"col\">").Append(text["chart.what"]).AppendHtml("</th><th scope=\"col\" class=\"r\">").Append(X.Name).AppendHtml("</th><th scope=\"col\" class=\"r\">").Append(Y.Name).AppendHtml("</th></tr></thead><tbody>");
        foreach (var point in Points)
            figure.AppendHtml($"<tr><td>{point.Number}</td><th scope=\"row\"{(point.Language is null ? "" : $" lang=\"{point.Language}\"")}>").Append(point.Title)
                .AppendHtml("</th><td class=\"r num\">").Append(Number(point.X)).AppendHtml("</td><td class=\"r num\">").Append(Number(point.Y)).AppendHtml("</td></tr>");
        figure.AppendHtml("</tbody></table></details>");
    }
}

/// <summary>A span of the time line.</summary>
public sealed record DateSpan(string Name, DateTimeOffset From, DateTimeOffset To);

/// <summary><c>&lt;date-chart title="…" description="…" spans="…" round="@Model.Round" /&gt;</c>: spans as bars on days; the dates stand beside them in the region's zone.</summary>
[HtmlTargetElement("date-chart", Attributes = "title,spans", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateChartTagHelper(Words<SiteTexts> text, When when) : FigureTagHelper
{
    public IReadOnlyList<DateSpan> Spans { get; set; } = [];
    public RoundCopy? Round { get; set; }

    protected override void Draw(TagHelperContent figure)
    {
        if (Spans.Count == 0) return;
        var (axis, now) = ((Spans.Min(s => s.From), Spans.Max(s => s.To)), when.Now);
        figure.AppendHtml("<ol class=\"fun\">");
        foreach (var span in Spans)
        {
            var state = now >= span.To ? PhaseState.Done : now >= span.From ? PhaseState.Now : PhaseState.Next;
            var (dates, word) = (when.Span(span.From, span.To, Round), state switch { PhaseState.Done => text["phase.done"], PhaseState.Now => text["phase.now"], _ => text["chart.dates.next"] });
            figure.AppendHtml("<li><span class=\"lb\"><b>").Append(span.Name).AppendHtml("</b><span>").Append(dates).AppendHtml("</span></span>")
                .AppendHtml(DateBars.Row(span.From, span.To, axis, now, state, $"{span.Name}: {dates}, {word}"))
                .AppendHtml("<span class=\"lost\">").Append(word).AppendHtml("</span></li>");
        }
        figure.AppendHtml("</ol>");
        if (now > axis.Item1 && now < axis.Item2) figure.AppendHtml("<p class=\"small soft\">").Append(text["chart.dates.today", when.Day(now, Round)]).AppendHtml("</p>");
    }
}

/// <summary>How many of the seats somebody has, and how many would be due by weight.</summary>
/// <param name="Group">A voting group, whose texture fills the seats.</param>
public sealed record SeatRow(string Name, int Taken, double? Due = null, string? Group = null);

/// <summary><c>&lt;seats-chart title="…" description="…" rows="…" all="12" round="@Model.Round" /&gt;</c>.</summary>
[HtmlTargetElement("seats-chart", Attributes = "title,rows,all", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SeatsChartTagHelper(Words<SiteTexts> text) : FigureTagHelper
{
    public IReadOnlyList<SeatRow> Rows { get; set; } = [];
    public int All { get; set; }
    public RoundCopy? Round { get; set; }

    protected override void Draw(TagHelperContent figure)
    {
        figure.AppendHtml("<ul class=\"cov\">");
        foreach (var row in Rows)
        {
            var numbers = text["chart.seats", row.Taken, All] + (row.Due is { } due ? text["chart.seats.due", Number(due)] : "");
            figure.AppendHtml("<li><span>").Append(row.Name).AppendHtml("</span><b class=\"num\">").Append(numbers).AppendHtml("</b>")
                .AppendHtml(Seats.Row(row.Taken, All, row.Due, row.Group is null || Round is null ? null : GroupBars.Fill(Round, row.Group), $"{row.Name}: {numbers}")).AppendHtml("</li>");
        }
        figure.AppendHtml("</ul>");
    }
}
