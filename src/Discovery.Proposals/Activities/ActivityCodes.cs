namespace Discovery.Proposals.Activities;

/// <param name="Code">As a proposal stores it: <c>okved2:10.71</c>, <c>nace:10.71</c>.</param>
/// <param name="Number">As people write it: 10.71; a section is a letter.</param>
internal sealed record Activity(string Code, string Number, string Name);

/// <summary>What a proposal may name as its kind of activity: ОКВЭД2 (in Russian) and NACE Rev. 2 (in English), down to their classes.</summary>
internal static class ActivityCodes
{
    public const string Okved2 = "okved2", Nace = "nace";

    public static IReadOnlyDictionary<string, Classification> Systems { get; } = new[] { Okved2, Nace }.ToDictionary(s => s, Read, StringComparer.Ordinal);

    /// <summary>Those that a code, its beginning or some words mean, best first.</summary>
    public static IReadOnlyList<Activity> Find(string query, string system, int most) => Systems[system].Find(query, most);

    /// <summary>What a stored code says; null if there is no such activity.</summary>
    public static string? Name(string code) => Systems.GetValueOrDefault(code.Split(':')[0])?.Get(code)?.Name;

    static Classification Read(string system)
    {
        using var file = new StreamReader(typeof(ActivityCodes).Assembly.GetManifestResourceStream(system + ".tsv")!);
        return new(system, file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
