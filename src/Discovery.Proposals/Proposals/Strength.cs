namespace Discovery.Proposals.Proposals;

/// <summary>What is computed from a proposal and never claimed by its author: the badges, and what stands behind them (features.md F4, F5).</summary>
/// <param name="Visibility">V, 0 to 1: the share of the named example organisations whose registered activity is a usual one of the proposal's sectors; null with fewer than three.</param>
/// <param name="Evidence">E, 0 to 10: the weights of what is attached; what nobody has verified counts 0.4.</param>
/// <param name="Filled">How many of the sixteen cells of horizontal measures are filled.</param>
/// <param name="Unfilled">Those of the four cells without which it cannot stand on a published shortlist (rules 20) that are empty.</param>
internal sealed record Strength(double? Visibility, double Evidence, bool IsJunction, bool IsInterregional, int Filled, IReadOnlyList<string> Unfilled)
{
    /// <summary>Below this share it cannot be found by codes.</summary>
    public const double Visible = 0.3;

    const int Examples = 3;
    const double Unverified = 0.4, MostEvidence = 10;

    public static readonly IReadOnlyList<string> Obligatory = ["sme", "finance", "procurement", "regulation"];

    public bool IsInvisible => Visibility < Visible;

    static readonly Dictionary<string, double> Weights = new()
    {
        ["pilot"] = 3, ["purchase"] = 3, ["intent"] = 2, ["science"] = 2, ["community"] = 2, ["vacancy"] = 1, ["statistics"] = 1, ["other"] = 0.5,
    };

    // Divisions of NACE Rev. 2 (the same in ОКВЭД2) that firms of a sector usually register under.
    static readonly Dictionary<string, string[]> Usual = new()
    {
        ["agro"] = ["01", "03", "10", "11"], ["health"] = ["21", "32", "86", "87"], ["chem"] = ["13", "19", "20", "22", "23"], ["mach"] = ["24", "25", "26", "27", "28", "29", "30", "33"],
        ["wood"] = ["02", "16", "17", "31"], ["energy"] = ["05", "06", "19", "35"], ["digital"] = ["26", "58", "61", "62", "63"], ["craft"] = ["14", "15", "18", "58", "59", "60", "74", "90", "91"],
        ["tour"] = ["49", "55", "56", "79", "91", "93"], ["eco"] = ["36", "37", "38", "39"],
    };

    /// <param name="verified">Ids of the evidence that a moderator has seen and found to be what it says.</param>
    public static Strength Of(Content content, IReadOnlyCollection<Guid> verified)
    {
        var details = content.Details;
        var usual = Usual.GetValueOrDefault(content.Sector, []).Concat(Usual.GetValueOrDefault(content.Also ?? "", [])).ToHashSet();
        var filled = details.Measures.Select(m => m.Cell).Distinct().ToList();
        return new(
            details.Examples.Count < Examples ? null : (double)details.Examples.Count(e => Division(e.Code) is { } division && usual.Contains(division)) / details.Examples.Count,
            Math.Min(MostEvidence, details.Evidence.Sum(e => Weights.GetValueOrDefault(e.Type ?? "") * (verified.Contains(e.Id) ? 1 : Unverified))),
            content.Also is not null || details.Clusters.Count >= 2, details.Regions.Count > 0, filled.Count, [.. Obligatory.Except(filled)]);
    }

    // okved2:10.71, nace:10.71, 10.71 and 1071 are all of division 10.
    static string? Division(string? code) =>
        code?.Split(':')[^1].Trim() is [var a, var b, ..] && char.IsAsciiDigit(a) && char.IsAsciiDigit(b) ? $"{a}{b}" : null;
}
