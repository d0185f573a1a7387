using System.Globalization;

namespace Discovery.Ranking;

/// <summary>The attribute by which voters of a file are grouped.</summary>
public enum Grouping
{
    /// <summary>One group "all".</summary>
    None,

    /// <summary>Bands "&lt;25", "25-39", "40-59", "60+".</summary>
    Age,
    Sex,
    District,
    Neighborhood,
    VotingMethod,
}

/// <summary>The group of a voter; an absent or empty attribute is "unknown".</summary>
public static class VoterGroups
{
    public const string Unknown = "unknown";

    /// <summary>Reads "age", "sex", "district", "neighborhood" or "voting_method".</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static Grouping Parse(string name) => name switch
    {
        "age" => Grouping.Age,
        "sex" => Grouping.Sex,
        "district" => Grouping.District,
        "neighborhood" => Grouping.Neighborhood,
        "voting_method" => Grouping.VotingMethod,
        _ => throw new ArgumentException($"Voters cannot be grouped by '{name}'.", nameof(name)),
    };

    public static string Of(ElectionVote vote, Grouping by) => by switch
    {
        Grouping.None => "all",
        Grouping.Age => AgeBand(Attribute(vote, "age")),
        Grouping.Sex => Attribute(vote, "sex"),
        Grouping.District => Attribute(vote, "district"),
        Grouping.Neighborhood => Attribute(vote, "neighborhood"),
        _ => Attribute(vote, "voting_method"),
    };

    private static string Attribute(ElectionVote vote, string name) =>
        vote.Voter.TryGetValue(name, out var value) && value.Length > 0 ? value : Unknown;

    private static string AgeBand(string text) =>
        !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? Unknown
        : age < 25 ? "<25"
        : age < 40 ? "25-39"
        : age < 60 ? "40-59"
        : "60+";
}
