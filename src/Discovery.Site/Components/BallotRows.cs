using Discovery.Contracts;
using Discovery.Site.Charts;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary>
/// <c>&lt;ballot-row number="7" title="…" sector="chem" place="2" of="6" href="…" /&gt;</c>: a row of the voter's list (with a place) or of the rest (without).
/// Every control is a submit button or a named select, so the page works without scripts: <c>move=7:up|down|out</c>, <c>add=7</c>,
/// <c>pos7</c> (the place chosen), <c>tie=7</c> (equal to the one above), and the hidden <c>order=7</c>, once per row of the voter's list from top to bottom.
/// </summary>
[HtmlTargetElement("ballot-row", Attributes = "number,title", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BallotRowTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public int Number { get; set; }
    public Text Title { get; set; } = null!;
    public string? Sector { get; set; }
    public int? Place { get; set; }

    /// <summary>How many rows the voter's list has.</summary>
    public int Of { get; set; }

    /// <summary>Where one reads about it: in a window of its own, because the list on this page is not stored anywhere yet.</summary>
    public string? Href { get; set; }

    /// <summary>Whether rows may be equal: then each has the box <c>tie=7</c>, "equal to the one above".</summary>
    public bool Ties { get; set; }

    public bool Tied { get; set; }

    /// <summary>The button that the keyboard is on after a round trip: up, down, out, add.</summary>
    public string? Focus { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Place is null ? "b b--un" : "b b--my");
        output.Attributes.SetAttribute("data-id", Number);
        output.Content.SetHtmlContent(Place is { } place ? Mine(place) : Rest());
    }

    private Svg Mine(int place)
    {
        var svg = new Svg()
            .Add($"<span class=\"grip\" aria-hidden=\"true\">").Add(Signs.Icon(View, "grip")).Add($"</span><span class=\"b__n\">{(Tied ? "=" : $"{place}")}</span>")
            .Add($"<div><span class=\"row nowrap\">").Add(Sectors.Hexagon(View, Sector, "s")).Add(Link()).Add($"</span>");
        if (Ties) svg.Add($"<label class=\"b__e\"><input type=\"checkbox\" name=\"tie\" value=\"{Number}\" aria-labelledby=\"b-tie t{Number}\"{(Tied ? " checked" : "")}>{text["ballot.tie"]}</label>");
        svg.Add($"</div><span class=\"b__c\"><select name=\"pos{Number}\" aria-labelledby=\"b-place t{Number}\">");
        for (var i = 1; i <= Of; i++)
            if (i == place) svg.Add($"<option selected>{i}</option>");
            else svg.Add($"<option>{i}</option>");
        svg.Add($"</select>")
            .Add(Button("move", Number + ":up", "up", "up", place == 1))
            .Add(Button("move", Number + ":down", "down", "down", place == Of))
            .Add(Button("move", Number + ":out", "out", "x", false));
        return svg.Add($"</span><input type=\"hidden\" name=\"order\" value=\"{Number}\">");
    }

    private Svg Rest() => new Svg().Add(Sectors.Hexagon(View, Sector, "s")).Add(Link()).Add(Button("add", $"{Number}", "add", "plus", false));

    private Svg Link()
    {
        var svg = Href is null ? new Svg().Add($"<span") : new Svg().Add($"<a href=\"{Href}\" target=\"_blank\"");
        svg.Add($" class=\"b__t\" id=\"t{Number}\"");
        if (Title.OtherLang() is { } lang) svg.Add($" lang=\"{lang}\"");
        return svg.Add($">{Title.Here()}</{(Href is null ? "span" : "a")}>");
    }

    // A button at the end of the list stays focusable: aria-disabled, and the move does nothing.
    // Its name is the shared word of <ballot-help> and the title of the row: written out, they were half of the page.
    private Svg Button(string name, string value, string word, string icon, bool end)
    {
        var svg = new Svg().Add($"<button class=\"ib\" name=\"{name}\" value=\"{value}\" aria-labelledby=\"b-{word} t{Number}\"");
        if (end) svg.Add($" aria-disabled=\"true\"");
        if (Focus == word) svg.Add($" autofocus");
        return svg.Add($">").Add(Signs.Icon(View, icon)).Add($"</button>");
    }
}

/// <summary>
/// <c>&lt;ballot-help /&gt;</c>, once inside the ballot's form (<c>&lt;form data-ballot="ranking" data-max="10"&gt;</c>), after all rows: the live region and what the script needs to
/// say and draw the same as the server: the texts and the signs; and the words that the names of the rows' buttons begin with.
/// </summary>
[HtmlTargetElement("ballot-help", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BallotHelpTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>As on the rows.</summary>
    public bool Ties { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "vh");
        output.Attributes.SetAttribute("role", "status");
        output.Attributes.SetAttribute("data-ballot-says", "");
        foreach (var key in new[] { "moved", "added", "removed", "full", "count" })
            output.Attributes.SetAttribute("data-" + key, text["ballot." + key]);
        if (Ties) output.Attributes.SetAttribute("data-tie", text["ballot.tie"]);
        foreach (var key in new[] { "place", "up", "down", "out", "add", "tie" })
            output.PostElement.AppendHtml($"<span hidden id=\"b-{key}\">").Append(text["ballot." + key]).AppendHtml("</span>");
        foreach (var icon in new[] { "grip", "up", "down", "x", "plus" })
            output.PostElement.AppendHtml(new HtmlString($"<template data-icon=\"{icon}\">")).AppendHtml(Signs.Icon(View, icon)).AppendHtml("</template>");
    }
}
