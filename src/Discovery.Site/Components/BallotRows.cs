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
/// <c>pos7</c> (the place chosen), and the hidden <c>order=7</c>, once per row of the voter's list from top to bottom.
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

    /// <summary>Where one reads about it.</summary>
    public string? Href { get; set; }

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
            .Add($"<span class=\"grip\" aria-hidden=\"true\">").Add(IconTagHelper.Draw(View, "grip")).Add($"</span><span class=\"b__n\">{place}</span>")
            .Add($"<span class=\"row nowrap\">").Add(Sectors.Hexagon(View, Sector, "s")).Add(Link()).Add($"</span><span class=\"b__c\">")
            .Add($"<label class=\"vh\" for=\"pos{Number}\">{text["ballot.place", Title.Here()]}</label><select id=\"pos{Number}\" name=\"pos{Number}\">");
        for (var i = 1; i <= Of; i++)
            if (i == place) svg.Add($"<option selected>{i}</option>");
            else svg.Add($"<option>{i}</option>");
        svg.Add($"</select>")
            .Add(Button("move", Number + ":up", "ballot.up", "up", place == 1))
            .Add(Button("move", Number + ":down", "ballot.down", "down", place == Of))
            .Add(Button("move", Number + ":out", "ballot.out", "x", false));
        return svg.Add($"</span><input type=\"hidden\" name=\"order\" value=\"{Number}\">");
    }

    private Svg Rest() => new Svg().Add(Sectors.Hexagon(View, Sector, "s")).Add(Link()).Add(Button("add", $"{Number}", "ballot.add", "plus", false));

    private Svg Link()
    {
        var lang = Title.LanguageFor(Lang.Current);
        return Href is null
            ? new Svg().Add($"<span class=\"b__t\" lang=\"{lang}\">{Title.Here()}</span>")
            : new Svg().Add($"<a class=\"b__t\" href=\"{Href}\" lang=\"{lang}\">{Title.Here()}</a>");
    }

    // A button at the end of the list stays focusable: aria-disabled, and the move does nothing.
    private Svg Button(string name, string value, string key, string icon, bool end)
    {
        var svg = new Svg().Add($"<button class=\"ib\" name=\"{name}\" value=\"{value}\" aria-label=\"{text[key, Title.Here()]}\"");
        if (end) svg.Add($" aria-disabled=\"true\"");
        return svg.Add($">").Add(IconTagHelper.Draw(View, icon)).Add($"</button>");
    }
}

/// <summary>
/// <c>&lt;ballot-help /&gt;</c>, once inside the ballot's form (<c>&lt;form data-ballot data-max="10"&gt;</c>): the live region and what the script needs to
/// say and draw the same as the server: the texts, and an empty row of each kind.
/// </summary>
[HtmlTargetElement("ballot-help", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BallotHelpTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "vh");
        output.Attributes.SetAttribute("role", "status");
        output.Attributes.SetAttribute("data-ballot-says", "");
        foreach (var key in new[] { "place", "up", "down", "out", "add", "moved", "added", "removed", "full", "count" })
            output.Attributes.SetAttribute("data-" + key, text["ballot." + key]);
        foreach (var icon in new[] { "grip", "up", "down", "x", "plus" })
            output.PostElement.AppendHtml(new HtmlString($"<template data-icon=\"{icon}\">")).AppendHtml(IconTagHelper.Draw(View, icon)).AppendHtml("</template>");
    }
}
