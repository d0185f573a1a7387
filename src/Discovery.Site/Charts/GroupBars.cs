using System.Globalization;
using Discovery.Contracts.Rounds;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>
/// Bars of the voting groups. A stripe is a group: its texture is its key, in the order of the charter. Widths are shares of the
/// page, so that text never shrinks; all numbers are in the name. Dictionaries are by group id.
/// </summary>
public static class GroupBars
{
    // The last two are for rounds with more than four groups.
    private static readonly string[] Textures = ["ba", "br", "sc", "co", "v", "x"];

    // Groups that are the same in every round look the same in every round, also where one of the four is missing.
    private static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ba"] = "ba", ["firms"] = "ba", ["br"] = "br", ["returning"] = "br", ["dormant"] = "br",
        ["sc"] = "sc", ["univ"] = "sc", ["science"] = "sc", ["co"] = "co", ["consumers"] = "co",
    };

    /// <summary>One bar of all groups: who paid for a place, who supports a proposal.</summary>
    /// <param name="rest">Groups whose numbers are withheld, together and without a texture; not in <paramref name="parts"/>.</param>
    public static IHtmlContent Stacked(RoundCopy round, IReadOnlyDictionary<string, double> parts, int height = 12, (double Part, string Name)? rest = null)
    {
        var whole = Math.Max(parts.Values.Sum() + (rest?.Part ?? 0), double.Epsilon);
        var name = string.Join("; ", round.Charter.Groups.Where(g => rest is null || parts.ContainsKey(g.Id)).Select(g => $"{g.Name.Here()}: {Number(parts.GetValueOrDefault(g.Id))}"));
        if (rest is var (withheld, word)) name += $"; {word}: {Number(withheld)}";
        var svg = Open(height, name);
        var from = 0.0;
        foreach (var group in round.Charter.Groups)
        {
            var width = 100 * parts.GetValueOrDefault(group.Id) / whole;
            if (width <= 0) continue;
            svg.Add($"<rect x=\"{from}%\" width=\"{width}%\" height=\"{height}\" fill=\"{Fill(round, group.Id)}\"/>");
            from += width;
        }
        if (rest is { Part: > 0 } last) svg.Add($"<rect class=\"base\" x=\"{from}%\" width=\"{100 * last.Part / whole}%\" height=\"{height}\"/>");
        return svg.Add($"</svg>");
    }

    /// <summary>One group's part of a whole: the outline is the whole, the filling the part, the tick the plan.</summary>
    public static IHtmlContent Share(RoundCopy round, string group, double part, double whole, int height = 18, double? plan = null, string? name = null)
    {
        name ??= $"{NameOf(round, group)}: {Number(part)} / {Number(whole)}";
        var svg = Open(height, name).Add($"<rect class=\"base\" x=\".5\" y=\".5\" width=\"99.8%\" height=\"{height - 1}\" rx=\"4\"/>");
        if (whole > 0) svg.Add($"<rect width=\"{Math.Clamp(100 * part / whole, 0, 100)}%\" height=\"{height}\" fill=\"{Fill(round, group)}\"/>");
        if (whole > 0 && plan is { } planned) svg.Add($"<rect class=\"tk\" x=\"{Math.Clamp(100 * planned / whole, 0, 100)}%\" width=\"3\" height=\"{height}\"/>");
        return svg.Add($"</svg>");
    }

    /// <summary>A pair of priorities: what share of the weight places the first above the second; the line is the half.</summary>
    public static IHtmlContent Pair(double share, string name, int height = 14) =>
        Open(height, name).Add($"<rect class=\"lose\" width=\"100%\" height=\"{height}\"/><rect class=\"win\" width=\"{Math.Clamp(100 * share, 0, 100)}%\" height=\"{height}\"/><rect class=\"mid\" x=\"50%\" width=\"2\" height=\"{height}\"/></svg>");

    /// <summary>A pair in shares of the whole weight: from the left who places the first above the second, from the right the contrary, between them who does not tell them apart.</summary>
    public static IHtmlContent Duel(double first, double second, string name, int height = 14) =>
        Open(height, name).Add($"<rect class=\"base\" x=\".5\" y=\".5\" width=\"99.8%\" height=\"{height - 1}\" rx=\"4\"/><rect class=\"win\" width=\"{first}%\" height=\"{height}\"/><rect class=\"against\" x=\"{100 - second}%\" width=\"{second}%\" height=\"{height}\"/><rect class=\"mid\" x=\"50%\" width=\"2\" height=\"{height}\"/></svg>");

    /// <summary>The texture of a group, for legends and rows.</summary>
    public static IHtmlContent Swatch(RoundCopy round, string group) =>
        new Svg().Add($"<svg class=\"sw\" width=\"24\" height=\"14\" aria-hidden=\"true\"><rect width=\"24\" height=\"14\" fill=\"{Fill(round, group)}\"/></svg>");

    public static IHtmlContent Legend(RoundCopy round)
    {
        var svg = new Svg().Add($"<ul class=\"legend\">");
        foreach (var group in round.Charter.Groups)
            svg.Add($"<li><svg class=\"sw\" width=\"24\" height=\"14\" aria-hidden=\"true\"><rect width=\"24\" height=\"14\" fill=\"{Fill(round, group.Id)}\"/></svg><span lang=\"{group.Name.LanguageFor(Lang.Current)}\">{group.Name.Here()}</span></li>");
        return svg.Add($"</ul>");
    }

    /// <summary>The numbers of a bar in small print under it.</summary>
    public static IHtmlContent Numbers(RoundCopy round, IReadOnlyDictionary<string, double> parts)
    {
        var svg = new Svg().Add($"<p class=\"gnums\">");
        foreach (var group in round.Charter.Groups)
            svg.Add($"<span>{group.Short.Here()} {Number(parts.GetValueOrDefault(group.Id))}</span>");
        return svg.Add($"</p>");
    }

    internal static bool UsesMore(RoundCopy round) => round.Charter.Groups.Any(g => Fill(round, g.Id) is "url(#p-v)" or "url(#p-x)");

    public static string NameOf(RoundCopy round, string group) => Find(round, group)?.Name.Here() ?? group;

    private static GroupText? Find(RoundCopy round, string group) => round.Charter.Groups.FirstOrDefault(g => g.Id == group);

    private static Svg Open(int height, string name) => new Svg().Add($"<svg class=\"bar\" width=\"100%\" height=\"{height}\" role=\"img\" aria-label=\"{name}\">");

    internal static string Fill(RoundCopy round, string group)
    {
        if (Usual.TryGetValue(group, out var usual)) return $"url(#p-{usual})";
        var free = Textures.Except(round.Charter.Groups.Select(g => Usual.GetValueOrDefault(g.Id, ""))).ToArray();
        if (free.Length == 0) free = Textures;
        var index = round.Charter.Groups.Where(g => !Usual.ContainsKey(g.Id)).TakeWhile(g => g.Id != group).Count();
        return $"url(#p-{free[index % free.Length]})";
    }

    private static string Number(double value) => value.ToString(value == Math.Floor(value) ? "N0" : "N1", CultureInfo.CurrentCulture);
}
