using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>What the shell draws once per page: the braid of the four groups, and the textures that bars are filled with.</summary>
internal static class Threads
{
    public static readonly IHtmlContent Braid = new HtmlString(Strand());

    private static readonly HtmlString Usual = new(Patterns(
        ("ba", "8\" height=\"8", "<rect width=\"8\" height=\"8\" class=\"f-ba\"/>"),
        ("br", "7\" height=\"7\" patternTransform=\"rotate(45)", "<rect width=\"7\" height=\"7\" class=\"f-br\"/><rect width=\"2.2\" height=\"7\" class=\"f-over\"/>"),
        ("sc", "6\" height=\"6", "<rect width=\"6\" height=\"6\" class=\"f-sc\"/><circle cx=\"3\" cy=\"3\" r=\"1.15\" class=\"f-over\"/>"),
        ("co", "6\" height=\"5", "<rect width=\"6\" height=\"5\" class=\"f-co\"/><rect width=\"6\" height=\"1.3\" y=\"2\" class=\"f-over\"/>")));

    private static readonly HtmlString More = new(Patterns(
        ("v", "5\" height=\"6", "<rect width=\"5\" height=\"6\" class=\"f-soft\"/><rect width=\"1.3\" height=\"6\" x=\"2\" class=\"f-over\"/>"),
        ("x", "7\" height=\"7\" patternTransform=\"rotate(45)", "<rect width=\"7\" height=\"7\" class=\"f-edge\"/><rect width=\"1.3\" height=\"7\" class=\"f-over\"/><rect width=\"7\" height=\"1.3\" class=\"f-over\"/>")));

    /// <summary>A fill cannot refer to another file, so the textures stand in every page, also for the charts of parts that come later; those of a fifth and sixth group where there are such.</summary>
    public static IHtmlContent Textures(RoundCopy? round)
    {
        var all = new HtmlContentBuilder().AppendHtml(Usual);
        return round is null || GroupBars.UsesMore(round) ? all.AppendHtml(More) : all;
    }

    private static string Patterns(params (string Name, string Size, string Inside)[] patterns) =>
        "<svg class=\"defs\" aria-hidden=\"true\">" + string.Concat(patterns.Select(p => $"<pattern id=\"p-{p.Name}\" width=\"{p.Size}\" patternUnits=\"userSpaceOnUse\">{p.Inside}</pattern>")) + "</svg>";

    private static string Strand()
    {
        var svg = new Svg().Add($"<svg class=\"threads\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><defs><path id=\"wave\" fill=\"none\" stroke-width=\"3\" d=\"M0 9c20-9.5 40-9.5 60 0s40 9.5 60 0 40-9.5 60 0 40 9.5 60 0 40-9.5 60 0 40 9.5 60 0\"/><pattern id=\"thr\" width=\"120\" height=\"18\" patternUnits=\"userSpaceOnUse\">");
        foreach (var (thread, shift) in new[] { ("a", -120), ("b", -90), ("c", -60), ("d", -30) })
            svg.Add($"<use class=\"{thread}\" href=\"#wave\" x=\"{shift}\"/>");
        return svg.Add($"</pattern></defs><rect width=\"100%\" height=\"18\" fill=\"url(#thr)\"/></svg>").ToString();
    }
}
