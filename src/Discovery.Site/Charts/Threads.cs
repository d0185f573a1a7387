using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>What the shell draws once per page: the braid of the four groups, and the textures that bars are filled with.</summary>
internal static class Threads
{
    public static readonly IHtmlContent Braid = new HtmlString(Strand());

    // A fill cannot refer to another file, so the textures stand in every page, also for the charts of parts that come later.
    public static readonly IHtmlContent Textures = new HtmlString(
        """
        <svg class="defs" aria-hidden="true"><defs>
        <pattern id="p-ba" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="f-ba"/></pattern>
        <pattern id="p-br" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="f-br"/><rect width="2.2" height="7" class="f-over"/></pattern>
        <pattern id="p-sc" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="f-sc"/><circle cx="3" cy="3" r="1.15" class="f-over"/></pattern>
        <pattern id="p-co" width="6" height="5" patternUnits="userSpaceOnUse"><rect width="6" height="5" class="f-co"/><rect width="6" height="1.3" y="2" class="f-over"/></pattern>
        <pattern id="p-v" width="5" height="6" patternUnits="userSpaceOnUse"><rect width="5" height="6" class="f-soft"/><rect width="1.3" height="6" x="2" class="f-over"/></pattern>
        <pattern id="p-x" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="f-edge"/><rect width="1.3" height="7" class="f-over"/><rect width="7" height="1.3" class="f-over"/></pattern>
        </defs></svg>
        """);

    private static string Strand()
    {
        const string wave = "M0 9c20-9.5 40-9.5 60 0s40 9.5 60 0 40-9.5 60 0 40 9.5 60 0 40-9.5 60 0 40 9.5 60 0";
        var svg = new Svg().Add($"<svg class=\"threads\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><defs><pattern id=\"thr\" width=\"120\" height=\"18\" patternUnits=\"userSpaceOnUse\">");
        foreach (var (thread, shift) in new[] { ("a", -120), ("b", -90), ("c", -60), ("d", -30) })
            svg.Add($"<path class=\"{thread}\" transform=\"translate({shift})\" d=\"{wave}\"/>");
        return svg.Add($"</pattern></defs><rect width=\"100%\" height=\"18\" fill=\"url(#thr)\"/></svg>").ToString();
    }
}
