using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary>
/// <c>&lt;queue-tile count="7" name="…" note="…" place="…" kind="hot" /&gt;</c>: one thing that waits for an official; kinds: hot (do it today), bad (it is late), or none.
/// Without a count the icon stands in its place.
/// </summary>
[HtmlTargetElement("queue-tile", Attributes = "name,place", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class QueueTileTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public int? Count { get; set; }
    public string Icon { get; set; } = "check";
    public string Name { get; set; } = "";
    public string? Note { get; set; }
    public string Place { get; set; } = "";
    public string? Kind { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Kind is null ? "tile" : "tile tile--" + Kind);
        output.Attributes.SetAttribute("href", Place);
        output.Content.AppendHtml("<b>");
        if (Count is { } count) output.Content.Append(count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture));
        else output.Content.AppendHtml(Signs.Icon(View, Icon));
        output.Content.AppendHtml("</b><span>").Append(Name).AppendHtml("</span>");
        if (Note is not null) output.Content.AppendHtml("<small>").Append(Note).AppendHtml("</small>");
    }
}
