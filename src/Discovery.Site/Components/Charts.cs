using Discovery.Contracts.Rounds;
using Discovery.Site.Charts;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary><c>&lt;phase-timeline round="@Model.Round" /&gt;</c>: where the round stands, phase by phase.</summary>
[HtmlTargetElement("phase-timeline", Attributes = "round", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PhaseTimelineTagHelper(Words<SiteTexts> text, When when) : TagHelper
{
    public RoundCopy Round { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "phases");
        foreach (var step in PhaseBand.Of(Round, text, when).Steps)
        {
            var (state, sign, word) = step.State switch
            {
                PhaseState.Done => ("done", "<path d=\"m8.5 13 3 3 6-6.5\"/>", text["phase.done"]),
                PhaseState.Now => ("now", "<path d=\"M13 8.5v5l3 2\"/>", text["phase.now"]),
                _ => ("", "", ""),
            };
            output.Content.AppendHtml($"<li class=\"{state}\"{(step.State == PhaseState.Now ? " aria-current=\"step\"" : "")}>")
                .AppendHtml($"<svg class=\"mk\" viewBox=\"0 0 26 26\" aria-hidden=\"true\"><polygon class=\"o\" points=\"13,2 22.5,7.5 22.5,18.5 13,24 3.5,18.5 3.5,7.5\"/>{sign}</svg>")
                .AppendHtml("<b>").Append(step.Name).AppendHtml("</b><span class=\"t\">").Append(step.Dates).AppendHtml("</span>");
            if (word.Length > 0) output.Content.AppendHtml("<span class=\"vh\">, ").Append(word).AppendHtml("</span>");
            output.Content.AppendHtml("</li>");
        }
    }
}

/// <summary><c>&lt;honeycomb-map region="…" counts="@byCell" caption="@T["home.map"]" /&gt;</c>: the map, and the same numbers as a table behind the caption.</summary>
[HtmlTargetElement("honeycomb-map", Attributes = "region,counts", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class HoneycombMapTagHelper(Words<SiteTexts> text) : TagHelper
{
    public Region Region { get; set; } = null!;

    /// <summary>By key of the cell.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; set; } = null!;

    public string? Caption { get; set; }

    /// <summary>Where a cell leads, by its key; its name in the table leads there too.</summary>
    public Func<string, string>? Link { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Region.Cells.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        var ordered = Region.Cells.Select(c => (c.Key, Name: c.Name.Here(), Count: Counts.GetValueOrDefault(c.Key))).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.CurrentCulture).ToList();
        var cells = text.Plural("chart.cells", ordered.Count);
        var name = ordered[0].Count == 0 ? text["chart.map.empty", cells] : text["chart.map", cells, ordered[0].Name, ordered[0].Count];
        output.Content.AppendHtml(Honeycomb.Map(Region, Counts, name, Link));
        // A list of links is there to be used.
        output.Content.AppendHtml(Link is null ? "<details class=\"small\"><summary>" : "<details class=\"small\" open><summary>").Append(Caption ?? text["chart.map.table"])
            .AppendHtml("</summary><table><thead><tr><th scope=\"col\">").Append(text["chart.map.cell"]).AppendHtml("</th><th scope=\"col\" class=\"r\">").Append(text["chart.map.count"]).AppendHtml("</th></tr></thead><tbody>");
        foreach (var (key, cell, count) in ordered.Where(c => c.Count > 0))
            output.Content.AppendHtml("<tr><td>").AppendHtml(Link is null ? new Svg().Add($"{cell}") : new Svg().Add($"<a href=\"{Link(key)}\">{cell}</a>")).AppendHtml($"</td><td class=\"r\">{count}</td></tr>");
        output.Content.AppendHtml("</tbody></table></details>");
    }
}

/// <summary><c>&lt;rank-interval place="3" from="2" to="6" places="22" cut="12" mark="Firm" /&gt;</c>; without <c>from</c> and <c>to</c> no whiskers.</summary>
[HtmlTargetElement("rank-interval", Attributes = "place,places,cut", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RankIntervalTagHelper(Words<SiteTexts> text) : TagHelper
{
    public int Place { get; set; }
    public int? From { get; set; }
    public int? To { get; set; }
    public int Places { get; set; }
    public int Cut { get; set; }
    public RankMark Mark { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        (double, double)? spread = From is { } from && To is { } to ? (from, to) : null;
        var name = spread is null ? text["chart.rank.only", Place] : text["chart.rank", Place, From!, To!];
        output.Content.SetHtmlContent(RankInterval.Row(Place, spread, Places, Cut, Mark, name));
    }
}

/// <summary>One priority in a list of the slope chart.</summary>
public sealed record SlopeItem(int Number, string Title, string? Sector = null, string? Language = null);

/// <summary>
/// <c>&lt;slope-chart left="…" right="…" left-name="…" right-name="…" /&gt;</c>: the same priorities in two orders side by side.
/// What enters is thick and green, what leaves dashed and red, and both say so in words.
/// </summary>
[HtmlTargetElement("slope-chart", Attributes = "left,right", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SlopeChartTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public IReadOnlyList<SlopeItem> Left { get; set; } = [];
    public IReadOnlyList<SlopeItem> Right { get; set; } = [];
    public string LeftName { get; set; } = "";
    public string RightName { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (before, after) = (Places(Left), Places(Right));
        var gone = Left.Where(i => !after.ContainsKey(i.Number)).ToList();
        var come = Right.Where(i => !before.ContainsKey(i.Number)).ToList();
        var rows = Math.Max(Left.Count, Right.Count) + (gone.Count + come.Count > 0 ? 1 : 0);
        var beyond = 100 * rows - 50;

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml("<div class=\"row between small slopeh\"><b>").Append(LeftName).AppendHtml("</b><b>").Append(RightName).AppendHtml("</b></div><div class=\"slope\">");

        output.Content.AppendHtml("<ol class=\"L\">");
        foreach (var item in Left) Item(output.Content, item, before[item.Number], gone.Contains(item) ? "L drop" : "L", gone.Contains(item) ? ", " + text["chart.slope.out"] : null);
        if (come.Count > 0) output.Content.AppendHtml("<li class=\"L end\"><span>").Append(text["chart.slope.rest", Left.Count]).AppendHtml("</span></li>");
        output.Content.AppendHtml("</ol>");

        var svg = new Svg().Add($"<svg viewBox=\"0 0 100 {rows * 100}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{text["chart.slope", come.Count, gone.Count]}\">");
        foreach (var item in Left)
        {
            var y = 100 * before[item.Number] - 50;
            if (after.TryGetValue(item.Number, out var place)) svg.Add($"<path d=\"M0 {y} C45 {y} 55 {100 * place - 50} 100 {100 * place - 50}\"/>");
            else svg.Add($"<path class=\"dn\" d=\"M0 {y} C40 {y} 60 {beyond} 100 {beyond}\"/>");
        }
        foreach (var item in come)
            svg.Add($"<path class=\"up\" d=\"M0 {beyond} C40 {beyond} 60 {100 * after[item.Number] - 50} 100 {100 * after[item.Number] - 50}\"/>");
        output.Content.AppendHtml(svg.Add($"</svg>"));

        output.Content.AppendHtml("<ol class=\"R\">");
        foreach (var item in Right) Item(output.Content, item, after[item.Number], come.Contains(item) ? "new" : "", come.Contains(item) ? $" ({text["chart.slope.in"]})" : null);
        if (gone.Count > 0) output.Content.AppendHtml("<li class=\"end\"><span>").Append(text["chart.slope.beyond"]).AppendHtml("</span></li>");
        output.Content.AppendHtml("</ol></div>");
    }

    private static Dictionary<int, int> Places(IReadOnlyList<SlopeItem> items) => items.Select((item, i) => (item.Number, i + 1)).ToDictionary(p => p.Number, p => p.Item2);

    private void Item(TagHelperContent content, SlopeItem item, int place, string @class, string? word)
    {
        content.AppendHtml($"<li class=\"{@class}\"><b>{place}</b>");
        if (item.Sector is not null) content.AppendHtml(Sectors.Hexagon(View, item.Sector, "s"));
        var title = new TagBuilder("span");
        if (item.Language is not null) title.Attributes["lang"] = item.Language;
        title.InnerHtml.Append(item.Title);
        if (word is not null) title.InnerHtml.AppendHtml(new HtmlString(@class == "new" ? "<span class=\"vh\">" : "<span>")).Append(word).AppendHtml("</span>");
        content.AppendHtml(title).AppendHtml("</li>");
    }
}
