using Discovery.Site.Charts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Discovery.Site;

/// <summary>The sectors that proposals belong to. The word of each is <c>sector.{code}</c>, the sign <c>s-{code}</c> in the sprite, the colour <c>.s-{code}</c> in the sheet.</summary>
public static class Sectors
{
    public static readonly IReadOnlyList<string> All = ["agro", "health", "chem", "mach", "wood", "energy", "digital", "craft", "tour", "eco"];

    /// <summary>Class of the colour; an unknown sector (imported rounds have their own) is grey.</summary>
    public static string Class(string? sector) => "s-" + (All.Contains(sector) ? sector : "mach");

    internal static Svg Hexagon(ViewContext view, string? sector, string size, string? icon = null, bool inside = false)
    {
        var sign = icon is not null ? "i-" + icon : All.Contains(sector) ? "s-" + sector : "i-bulb";
        return Signs.Hexagon(view, $"hex{(inside ? "" : " " + Class(sector))}{size switch { "s" => " hex--s", "l" => " hex--l", _ => "" }}", sign);
    }
}

/// <summary><c>&lt;sector-hex sector="chem" size="s" /&gt;</c> (s, m, l): stands beside the sector's word or the title, never alone. With <c>icon</c> another sign in the sector's colour.</summary>
[HtmlTargetElement("sector-hex", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SectorHexTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public string? Sector { get; set; }
    public string Size { get; set; } = "m";
    public string? Icon { get; set; }

    /// <summary>What it stands in has the sector's class already.</summary>
    public bool Inside { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Sectors.Hexagon(View, Sector, Size, Icon, Inside));
    }
}

/// <summary><c>&lt;sector-name sector="chem" /&gt;</c>: the word in the sector's colour; what is inside follows it.</summary>
[HtmlTargetElement("sector-name", Attributes = "sector")]
public sealed class SectorNameTagHelper(Words<SiteTexts> text) : TagHelper
{
    public string Sector { get; set; } = "";

    /// <summary>As on the hexagon.</summary>
    public bool Inside { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Inside ? "sector" : "sector " + Sectors.Class(Sector));
        output.PreContent.SetContent(text.Find("sector." + Sector) ?? Sector);
    }
}
