using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>The lower edge of the header: a piece per phase, done, now, to come. It repeats what the words beside it say.</summary>
internal static class PhaseTrack
{
    public static IHtmlContent Draw(PhaseBand band)
    {
        var svg = new Svg().Add($"<svg class=\"track\" width=\"100%\" height=\"5\" aria-hidden=\"true\">");
        var step = 100.0 / band.Steps.Count;
        for (var i = 0; i < band.Steps.Count; i++)
        {
            var part = band.Steps[i].State switch { PhaseState.Done => "d", PhaseState.Now => "n", _ => "f" };
            svg.Add($"<rect class=\"{part}\" x=\"{i * step}%\" width=\"{step - 0.25}%\" height=\"5\"/>");
        }
        return svg.Add($"</svg>");
    }
}
