namespace Discovery.Rounds.Wheel;

/// <summary>The RIS3 assessment wheel of the JRC (RIS3 Guide, Annex III): six steps of three critical factors, each 0 (nothing known) to 5 (excellent).</summary>
internal static class Assessment
{
    public const int Most = 5;

    public static readonly IReadOnlyList<Step> Steps =
    [
        new("context", [Factors.Assets, Factors.Outward, Factors.Dynamics]),
        new("governance", [Factors.Structures, Factors.Participation, Factors.Communication]),
        new("vision", [Factors.Innovation, Factors.Challenges, Factors.Scenarios]),
        new("priorities", [Factors.Past, Factors.Consistency, Factors.Mass]),
        new("mix", [Factors.Roadmap, Factors.Balance, Factors.Framework]),
        new("monitoring", [Factors.Indicators, Factors.Mechanism, Factors.Update]),
    ];

    public static IEnumerable<string> All => Steps.SelectMany(s => s.Factors);

    /// <summary>"2.1": the first factor of the second step.</summary>
    public static string CodeOf(string factor)
    {
        var (i, step) = Steps.Index().First(s => s.Item.Factors.Contains(factor));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}.{step.Factors.ToList().IndexOf(factor) + 1}");
    }

    public sealed record Step(string Id, IReadOnlyList<string> Factors);
}

internal static class Factors
{
    public const string
        Assets = "assets", Outward = "outward", Dynamics = "dynamics",
        Structures = "structures", Participation = "participation", Communication = "communication",
        Innovation = "innovation", Challenges = "challenges", Scenarios = "scenarios",
        Past = "past", Consistency = "consistency", Mass = "mass",
        Roadmap = "roadmap", Balance = "balance", Framework = "framework",
        Indicators = "indicators", Mechanism = "mechanism", Update = "update";
}
