using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Discovery.Site.Charts;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Site;

/// <summary>
/// Icons and hexagons. A page holds the shape of each sign that it uses once, at its end: the sprite's address at every sign was a third of a long page.
/// A part stands in somebody else's page, which may hold other shapes, so its signs come from the sprite.
/// </summary>
internal static partial class Signs
{
    private static readonly object Key = new();
    private static readonly FrozenDictionary<string, string> Shapes = Read();

    /// <summary>An icon, always beside its word.</summary>
    public static Svg Icon(ViewContext view, string name, string @class = "i") => Has(view, "i-" + name) is { } sprite
        ? new Svg().Add($"<svg class=\"{@class}\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><use href=\"{sprite}#i-{name}\"/></svg>")
        : new Svg().Add($"<svg class=\"{@class}\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>");

    /// <param name="sign">A sector's (<c>s-chem</c>) or an icon (<c>i-bulb</c>).</param>
    public static Svg Hexagon(ViewContext view, string @class, string sign) => Has(view, "h-" + sign) is { } sprite
        ? new Svg().Add($"<svg class=\"{@class}\" viewBox=\"0 0 48 48\" aria-hidden=\"true\"><use class=\"hexbg\" href=\"{sprite}#hexa\"/><use x=\"11.5\" y=\"11.5\" width=\"25\" height=\"25\" href=\"{sprite}#{sign}\"/></svg>")
        : new Svg().Add($"<svg class=\"{@class}\" aria-hidden=\"true\"><use href=\"#h-{sign}\"/></svg>");

    /// <summary>The shapes of all signs that were drawn so far: the last thing in a page.</summary>
    public static IHtmlContent Define(ViewContext view) => new HtmlString(
        $"<svg class=\"defs\" aria-hidden=\"true\"><g id=\"hexa\" class=\"hexbg\" transform=\"scale(.958)translate(-11.5 -11.5)\">{Shapes["hexa"]}</g>" + string.Concat(Used(view).Select(sign => sign.StartsWith("h-", StringComparison.Ordinal)
            ? $"<symbol id=\"{sign}\" viewBox=\"-11 -11 46 46\"><use href=\"#hexa\"/>{Shapes.GetValueOrDefault(sign[2..])}</symbol>"
            : $"<symbol id=\"{sign}\" viewBox=\"0 0 24 24\">{Shapes.GetValueOrDefault(sign)}</symbol>")) + "</svg>");

    // The sprite's address where the sign comes from there.
    private static string? Has(ViewContext view, string sign)
    {
        if (view.HttpContext.Request.Query.ContainsKey("part")) return Assets.Url(view.HttpContext, "icons.svg");
        Used(view).Add(sign);
        return null;
    }

    private static SortedSet<string> Used(ViewContext view) =>
        view.HttpContext.Items[Key] as SortedSet<string> ?? (SortedSet<string>)(view.HttpContext.Items[Key] = new SortedSet<string>(StringComparer.Ordinal))!;

    private static FrozenDictionary<string, string> Read()
    {
        using var sprite = new StreamReader(typeof(Signs).Assembly.GetManifestResourceStream("icons.svg")!);
        return Symbol().Matches(sprite.ReadToEnd()).ToFrozenDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    [GeneratedRegex("<symbol id=\"([^\"]+)\"[^>]*>(.*?)</symbol>", RegexOptions.Singleline)]
    private static partial Regex Symbol();
}
