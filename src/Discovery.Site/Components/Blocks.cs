using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary><c>&lt;chip kind="ok" icon="check"&gt;…&lt;/chip&gt;</c>; kinds: ok, bad, hot, on, join, unseen (its dashed border means: not seen in statistics), or none.</summary>
[HtmlTargetElement("chip")]
public sealed class ChipTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string? Kind { get; set; }
    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Kind is null ? "chip" : "chip chip--" + Kind);
        if (Icon is not null) output.PreContent.SetHtmlContent(Signs.Icon(View, Icon));
    }
}

/// <summary><c>&lt;note kind="good" heading="…"&gt;…&lt;/note&gt;</c>; kinds: good, warn, bad (only loss or attack), or none. It stays: nothing here vanishes by itself.</summary>
[HtmlTargetElement("note")]
public sealed class NoteTagHelper : TagHelper
{
    public string? Kind { get; set; }
    public string? Heading { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", $"note{(Kind is null ? "" : " note--" + Kind)} {output.Attributes["class"]?.Value}".TrimEnd());
        if (Heading is not null) output.PreContent.AppendHtml("<h2>").Append(Heading).AppendHtml("</h2>");
    }
}

/// <summary><c>&lt;empty-state icon="bulb" heading="…"&gt;what to do now&lt;/empty-state&gt;</c>: a list without entries says why, and what comes next.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string Icon { get; set; } = "info";
    public string? Heading { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "card card--tint stack-s");
        output.PreContent.AppendHtml("<h2 class=\"h3\">").AppendHtml(Signs.Icon(View, Icon)).Append(" " + (Heading ?? text["list.empty"])).AppendHtml("</h2>");
    }
}

/// <summary><c>&lt;summary-list&gt;&lt;summary-row term="…"&gt;value&lt;/summary-row&gt;&lt;/summary-list&gt;</c>: what something is, term by term.</summary>
[HtmlTargetElement("summary-list")]
public sealed class SummaryListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.Attributes.SetAttribute("class", "kv");
    }
}

/// <inheritdoc cref="SummaryListTagHelper"/>
[HtmlTargetElement("summary-row", Attributes = "term")]
public sealed class SummaryRowTagHelper : TagHelper
{
    public string Term { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.PreContent.AppendHtml("<dt>").Append(Term).AppendHtml("</dt><dd>");
        output.PostContent.SetHtmlContent("</dd>");
    }
}

/// <summary><c>&lt;breadcrumbs trail="@([(T["nav.proposals"], Places.Proposals(slug))])" /&gt;</c>: the pages above this one.</summary>
[HtmlTargetElement("breadcrumbs", Attributes = "trail", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BreadcrumbsTagHelper(Words<SiteTexts> text) : TagHelper
{
    public IReadOnlyList<(string Name, string Place)> Trail { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "small crumbs");
        output.Attributes.SetAttribute("aria-label", text["nav.path"]);
        output.Content.AppendHtml("<ol class=\"row\">");
        foreach (var (name, place) in Trail)
        {
            var link = new TagBuilder("a");
            link.Attributes["href"] = place;
            link.InnerHtml.Append(name);
            output.Content.AppendHtml("<li>").AppendHtml(link).AppendHtml("</li>");
        }
        output.Content.AppendHtml("</ol>");
    }
}

/// <summary><c>&lt;pager page="2" pages="7" /&gt;</c>: the query stays as it is, but for <c>p</c> (<c>page</c> would be taken for Razor's own route value). Nothing when there is one page.</summary>
[HtmlTargetElement("pager", Attributes = "page,pages", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public int Page { get; set; }
    public int Pages { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Pages < 2)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", text["pager.label"]);
        if (Page > 1) Link(output, Page - 1, text["pager.previous"], "prev");
        var last = 0;
        foreach (var n in Enumerable.Range(1, Pages).Where(n => n == 1 || n == Pages || Math.Abs(n - Page) <= 2))
        {
            if (n > last + 1) output.Content.AppendHtml("<span aria-hidden=\"true\">…</span>");
            if (n == Page) output.Content.AppendHtml($"<b aria-current=\"page\">{n}</b>");
            else Link(output, n, n.ToString(CultureInfo.CurrentCulture), null);
            last = n;
        }
        if (Page < Pages) Link(output, Page + 1, text["pager.next"], "next");
    }

    private void Link(TagHelperOutput output, int page, string name, string? rel)
    {
        var request = View.HttpContext.Request;
        var query = QueryString.Create(request.Query.Where(q => q.Key is not ("p" or "part")).Append(new("p", page.ToString(CultureInfo.InvariantCulture))));
        var link = new TagBuilder("a");
        link.Attributes["href"] = request.Path.ToUriComponent() + query.ToUriComponent();
        if (rel is null) link.Attributes["aria-label"] = text["pager.page", name];
        else link.Attributes["rel"] = rel;
        link.InnerHtml.Append(name);
        output.Content.AppendHtml(link);
    }
}

/// <summary><c>&lt;filter-list list="un" /&gt;</c>: a box that hides the entries of the list with that id that do not hold the word. It appears only where scripts run.</summary>
[HtmlTargetElement("filter-list", Attributes = "list", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FilterListTagHelper(Words<SiteTexts> text) : TagHelper
{
    public string List { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (var (name, value) in new[] { ("type", "search"), ("id", List + "-word"), ("placeholder", text["filter.label"]), ("aria-label", text["filter.label"]), ("autocomplete", "off") })
            input.Attributes[name] = value;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "f sec__hh");
        output.Attributes.SetAttribute("hidden", "hidden");
        output.Attributes.SetAttribute("data-filter", List);
        output.Content.AppendHtml(input).AppendHtml("<p class=\"vh\" role=\"status\"></p>");
    }
}
