using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary><c>&lt;error-summary /&gt;</c> above the form: every error with a link to its field, in the order of the fields. Nothing when there is none.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(Words<SiteTexts> text) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>Id of where one mends what belongs to no field.</summary>
    public string? Rest { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (!View.ViewData.ModelState.IsValid) output.Content.SetHtmlContent(new Summary(View, text, Rest));
    }

    // Written last, when the whole page has run and all fields have said where they stand.
    private sealed class Summary(ViewContext view, Words<SiteTexts> text, string? rest) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var fields = FormFields.InOrder(view);
            var errors = view.ViewData.ModelState
                .SelectMany(entry => FormFields.Texts(entry.Value!).Select(message => (At: fields.FindIndex(f => FormFields.Belongs(entry.Key, f)), message)))
                .Distinct().OrderBy(e => e.At).ToList();

            writer.Write("<div class=\"errsum\" role=\"alert\" tabindex=\"-1\"><h2 class=\"h3\">");
            encoder.Encode(writer, text.Plural("form.errors", errors.Count));
            writer.Write("</h2><ul class=\"stack-s\">");
            foreach (var (at, message) in errors)
            {
                var id = at >= 0 ? FormFields.Id(fields[at]) : rest;
                writer.Write("<li>");
                if (id is not null) writer.Write($"<a href=\"#{id}\">");
                encoder.Encode(writer, message);
                writer.Write(id is not null ? "</a></li>" : "</li>");
            }
            writer.Write("</ul></div>");
        }
    }
}
