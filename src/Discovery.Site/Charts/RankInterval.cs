using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>How sure a place on the shortlist is: firm is a filled dot, at the edge a ringed one, outside a hollow grey one.</summary>
public enum RankMark { Firm, Edge, Out }

/// <summary>A rank is a dot with whiskers: the place, and where it lay in 5-95 % of the recounts. The dashed honey line is the cut.</summary>
public static class RankInterval
{
    /// <param name="places">How many places the axis has.</param>
    /// <param name="name">The same in words: the place and its spread.</param>
    public static IHtmlContent Row(double place, (double From, double To)? spread, int places, int cut, RankMark mark, string name)
    {
        double At(double rank) => (rank - 0.5) / places * 100;
        var svg = new Svg().Add($"<svg class=\"iv\" role=\"img\" aria-label=\"{name}\"><use href=\"#rg-{places}-{cut}\"/>");
        if (spread is var (from, to))
        {
            var pale = mark == RankMark.Out ? "pale" : "";
            svg.Add($"<line class=\"{pale}\" x1=\"{At(from)}%\" x2=\"{At(to)}%\" y1=\"15\" y2=\"15\"/>");
            foreach (var end in new[] { from, to }) svg.Add($"<line class=\"{pale}\" x1=\"{At(end)}%\" x2=\"{At(end)}%\" y1=\"10\" y2=\"20\"/>");
        }
        return svg.Add(Dot($"{At(place).ToString("0.##", CultureInfo.InvariantCulture)}%", 15, mark)).Add($"</svg>");
    }

    /// <summary>The numbers above the rows. The lines of the grid and of the cut stand here once, and the rows point to them.</summary>
    public static IHtmlContent Axis(int places, int cut)
    {
        double At(double rank) => (rank - 0.5) / places * 100;
        var svg = new Svg().Add($"<svg class=\"defs\" aria-hidden=\"true\"><g class=\"iv\" id=\"rg-{places}-{cut}\">");
        foreach (var grid in Grid(places).Where(g => g > 1)) svg.Add($"<line class=\"g\" x1=\"{At(grid)}%\" x2=\"{At(grid)}%\" y2=\"30\"/>");
        svg.Add($"<line class=\"cut\" x1=\"{At(cut + 0.5)}%\" x2=\"{At(cut + 0.5)}%\" y2=\"30\"/></g></svg><svg class=\"iv\" height=\"30\" aria-hidden=\"true\">");
        foreach (var grid in Grid(places)) svg.Add($"<text x=\"{At(grid)}%\" y=\"20\" text-anchor=\"middle\">{grid}</text>");
        return svg.Add($"</svg>");
    }

    /// <summary>The sign alone, for the headings of the zones.</summary>
    public static IHtmlContent Sign(RankMark mark) =>
        new Svg().Add($"<svg viewBox=\"0 0 20 20\" class=\"iv\" aria-hidden=\"true\">").Add(Dot("10", 10, mark)).Add($"</svg>");

    private static Svg Dot(string x, int y, RankMark mark) => mark switch
    {
        RankMark.Firm => new Svg().Add($"<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>"),
        RankMark.Edge => new Svg().Add($"<circle class=\"half\" cx=\"{x}\" cy=\"{y}\" r=\"7\"/><circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"),
        _ => new Svg().Add($"<circle class=\"hollow\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"),
    };

    private static IEnumerable<int> Grid(int places)
    {
        var step = places <= 25 ? 5 : places <= 60 ? 10 : 25;
        return Enumerable.Range(0, places / step + 1).Select(i => Math.Max(1, i * step));
    }
}
