using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary>
/// <c>&lt;field for="Input.Title" label="@T["propose.title"]" hint="…" /&gt;</c>: label, hint, error and control of one question.
/// What was typed comes back; the error stands at the field and in the summary.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;
    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    /// <summary>text, email, password, number, search, tel, url, date, datetime-local, file, textarea, select, radios, checkboxes, sectors, check.</summary>
    public string Kind { get; set; } = "text";

    /// <summary>For select, radios and checkboxes. In radios and checkboxes the group's name, if any, is the small print of the choice.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>Says so in the label. There are no stars for what is required: most is.</summary>
    public bool Optional { get; set; }

    public int Rows { get; set; } = 5;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = FormFields.Id(name);
        var errors = FormFields.Register(View, name);
        var inside = await output.GetChildContentAsync();
        var many = Kind is "radios" or "checkboxes" or "sectors";

        string? describedBy = string.Join(' ', ((string?[])[Hint is null ? null : id + "-h", errors.Count == 0 ? null : id + "-e"]).OfType<string>());
        if (describedBy.Length == 0) describedBy = null;

        var own = output.Attributes.Where(a => a.Name != "class").ToList();
        output.Attributes.Clear();
        output.TagName = many ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", errors.Count == 0 ? "f" : "f f--bad");
        if (many && describedBy is not null) output.Attributes.SetAttribute("aria-describedby", describedBy);

        var caption = Optional ? $"{Label} ({text["form.optional"]})" : Label;
        if (Kind != "check") output.Content.AppendHtml(many ? Tag("legend", caption, ("class", "lg")) : Tag("label", caption, ("for", id)));
        if (Hint is not null && Kind != "check") output.Content.AppendHtml(Tag("p", Hint, ("class", "hint"), ("id", id + "-h")));
        if (errors.Count > 0) output.Content.AppendHtml(ErrorAt(id, errors));

        (string, string?)[] shared = [("id", id), ("name", name), ("aria-describedby", describedBy), ("aria-invalid", errors.Count == 0 ? null : "true")];
        output.Content.AppendHtml(Kind switch
        {
            // Browsers drop the first line break of a textarea: this one is for them.
            "textarea" => With(own, Tag("textarea", "\n" + Value(name), [.. shared, ("rows", Rows.ToString(CultureInfo.InvariantCulture))])),
            "select" => With(own, Select(shared, Values(name))),
            "radios" or "checkboxes" => Choices(id, name, Kind == "radios" ? "radio" : "checkbox", Values(name)),
            "sectors" => Comb(id, name, Values(name)),
            "check" => Check(shared, caption, own),
            _ => With(own, Tag("input", null, [.. shared, ("type", Kind), ("value", Kind is "password" or "file" ? null : Value(name))])),
        });
        output.Content.AppendHtml(inside);
    }

    private TagBuilder ErrorAt(string id, IReadOnlyList<string> errors)
    {
        var line = Tag("p", null, ("class", "err"), ("id", id + "-e"));
        line.InnerHtml.AppendHtml(FormFields.Error(View, text["form.error"], errors));
        return line;
    }

    private TagBuilder Select((string, string?)[] shared, HashSet<string> chosen)
    {
        var select = Tag("select", null, shared);
        foreach (var item in Items ?? [])
            select.InnerHtml.AppendHtml(Tag("option", item.Text, ("value", item.Value ?? item.Text), ("selected", Chosen(item, chosen) ? "selected" : null), ("disabled", item.Disabled ? "disabled" : null)));
        return select;
    }

    private HtmlContentBuilder Choices(string id, string name, string type, HashSet<string> chosen)
    {
        var all = new HtmlContentBuilder();
        var first = true;
        foreach (var item in Items ?? [])
        {
            var option = Tag("label", null, ("class", "opt"));
            option.InnerHtml.AppendHtml(Tag("input", null, ("type", type), ("name", name), ("value", item.Value ?? item.Text), ("id", first ? id : null),
                ("checked", Chosen(item, chosen) ? "checked" : null), ("disabled", item.Disabled ? "disabled" : null)));
            var words = Tag("span", item.Text);
            if (item.Group?.Name is { } small) words.InnerHtml.AppendHtml(Tag("small", small));
            option.InnerHtml.AppendHtml(words);
            all.AppendHtml(option);
            first = false;
        }
        return all;
    }

    private TagBuilder Comb(string id, string name, HashSet<string> chosen)
    {
        var comb = Tag("div", null, ("class", "comb"));
        var type = For.ModelExplorer.ModelType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(For.ModelExplorer.ModelType) ? "checkbox" : "radio";
        foreach (var sector in Sectors.All)
        {
            var label = Tag("label", null, ("class", Sectors.Class(sector)));
            label.InnerHtml
                .AppendHtml(Tag("input", null, ("type", type), ("name", name), ("value", sector), ("id", sector == Sectors.All[0] ? id : null), ("checked", chosen.Contains(sector) ? "checked" : null)))
                .AppendHtml(Sectors.Hexagon(View, sector, "s", inside: true))
                .Append(text["sector." + sector]);
            comb.InnerHtml.AppendHtml(label);
        }
        return comb;
    }

    private HtmlContentBuilder Check((string, string?)[] shared, string caption, IEnumerable<TagHelperAttribute> own)
    {
        var on = Values(shared[1].Item2!).Any(v => v.Equals("true", StringComparison.OrdinalIgnoreCase));
        var label = Tag("label", null, ("class", "opt"));
        label.InnerHtml.AppendHtml(With(own, Tag("input", null, [.. shared, ("type", "checkbox"), ("value", "true"), ("checked", on ? "checked" : null)])));
        var words = Tag("span", caption);
        if (Hint is not null) words.InnerHtml.AppendHtml(Tag("small", Hint, ("id", shared[0].Item2 + "-h")));
        label.InnerHtml.AppendHtml(words);
        var box = new HtmlContentBuilder();
        box.AppendHtml(label);
        return box;
    }

    private static bool Chosen(SelectListItem item, HashSet<string> chosen) => chosen.Count == 0 ? item.Selected : chosen.Contains(item.Value ?? item.Text);

    // What was sent stands before what the model holds: a value that could not be read must come back as it was typed.
    private string? Value(string name) =>
        View.ViewData.ModelState.TryGetValue(name, out var sent) && sent.RawValue is not null ? sent.AttemptedValue : Written(For.Model);

    private HashSet<string> Values(string name) =>
        View.ViewData.ModelState.TryGetValue(name, out var sent) && sent.RawValue is { } raw
            ? [.. raw as string[] ?? (raw is string one ? [one] : [sent.AttemptedValue ?? ""])]
            : For.Model is string or not IEnumerable ? (Written(For.Model) is { } own ? [own] : []) : [.. ((IEnumerable)For.Model).Cast<object>().Select(v => Written(v) ?? "")];

    private string? Written(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset or DateTime when Kind == "date" => ((IFormattable)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset or DateTime => ((IFormattable)value).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        IFormattable number when Kind == "number" => number.ToString(null, CultureInfo.InvariantCulture),
        // Several in one field, a line each.
        IEnumerable<string> lines when Kind == "textarea" => string.Join('\n', lines),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture),
    };

    private static TagBuilder With(IEnumerable<TagHelperAttribute> own, TagBuilder control)
    {
        foreach (var attribute in own)
            control.Attributes[attribute.Name] = attribute.ValueStyle == HtmlAttributeValueStyle.Minimized ? attribute.Name : attribute.Value is HtmlString html ? html.Value : attribute.Value?.ToString();
        return control;
    }

    private static TagBuilder Tag(string name, string? content, params (string Name, string? Value)[] attributes)
    {
        var tag = new TagBuilder(name);
        if (name == "input") tag.TagRenderMode = TagRenderMode.SelfClosing;
        foreach (var (key, value) in attributes)
            if (value is not null) tag.Attributes[key] = value;
        if (content is not null) tag.InnerHtml.Append(content);
        return tag;
    }
}

/// <summary><c>&lt;error-at for="Input.Rows" /&gt;</c>: what is wrong with a question that is asked in several controls of the page's own.</summary>
[HtmlTargetElement("error-at", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorAtTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var errors = FormFields.Register(View, name);
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        // The summary's link leads here, and a screen reader stops here.
        output.Attributes.SetAttribute("id", FormFields.Id(name));
        output.Attributes.SetAttribute("tabindex", "-1");
        if (errors.Count == 0) { output.SuppressOutput(); return; }
        output.Attributes.SetAttribute("class", "err");
        output.Content.AppendHtml(FormFields.Error(View, text["form.error"], errors));
    }
}

/// <summary>The fields of the page in the order in which they stand: ModelState has another order.</summary>
internal static class FormFields
{
    private static readonly object Key = new();

    public static string Id(string name) => TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>Notes that the page has this field and returns its errors; those of its single entries count as its own.</summary>
    public static IReadOnlyList<string> Register(ViewContext view, string name)
    {
        InOrder(view).Add(name);
        return [.. view.ViewData.ModelState.Where(f => Belongs(f.Key, name)).SelectMany(f => Texts(f.Value!)).Distinct()];
    }

    /// <summary>The sign and the words of an error, for within the line that shows it.</summary>
    public static IHtmlContent Error(ViewContext view, string lead, IReadOnlyList<string> errors)
    {
        var words = new TagBuilder("span");
        var hidden = new TagBuilder("span");
        hidden.AddCssClass("vh");
        hidden.InnerHtml.Append(lead + " ");
        words.InnerHtml.AppendHtml(hidden).Append(string.Join(" ", errors));
        return new HtmlContentBuilder().AppendHtml(Signs.Icon(view, "alert")).AppendHtml(words);
    }

    public static List<string> InOrder(ViewContext view) =>
        view.HttpContext.Items[Key] as List<string> ?? (List<string>)(view.HttpContext.Items[Key] = new List<string>())!;

    public static bool Belongs(string key, string field) =>
        key.Equals(field, StringComparison.OrdinalIgnoreCase) || key.StartsWith(field + "[", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<string> Texts(ModelStateEntry entry) => entry.Errors.Select(e => e.ErrorMessage).Where(m => m.Length > 0);
}
