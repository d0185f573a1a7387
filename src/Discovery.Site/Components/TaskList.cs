using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary><c>&lt;task-list&gt;&lt;task-row state="block" href="…" name="…"&gt;why, and what to do&lt;/task-row&gt;&lt;/task-list&gt;</c>: what is done and what is still to do before the next step.</summary>
[HtmlTargetElement("task-list")]
public sealed class TaskListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ul";
        output.Attributes.SetAttribute("class", $"tasks {output.Attributes["class"]?.Value}".TrimEnd());
    }
}

/// <summary>States: done, block (the next step is refused until it is mended), warn (allowed, but look at it), todo. The state is a sign and a word; without <c>href</c> the name is plain text.</summary>
[HtmlTargetElement("task-row", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TaskRowTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string State { get; set; } = "todo";
    public string? Href { get; set; }
    public string Name { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var (icon, chip) = State switch
        {
            "done" => ("check", "ok"),
            "block" => ("x", "bad"),
            "warn" => ("alert", "hot"),
            "todo" => ("clock", ""),
            _ => throw new InvalidOperationException($"No state of a task: {State}."),
        };
        var hint = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "task--" + State);
        var name = new TagBuilder(string.IsNullOrEmpty(Href) ? "b" : "a");
        if (!string.IsNullOrEmpty(Href)) name.Attributes["href"] = Href;
        name.InnerHtml.Append(Name);
        output.Content.AppendHtml("<div>").AppendHtml(name);
        if (!hint.IsEmptyOrWhiteSpace) output.Content.AppendHtml("<div class=\"hint\">").AppendHtml(hint).AppendHtml("</div>");
        output.Content.AppendHtml($"</div><span class=\"chip{(chip.Length == 0 ? "" : " chip--" + chip)}\">").AppendHtml(Signs.Icon(View, icon)).Append(text["task." + State]).AppendHtml("</span>");
    }
}
