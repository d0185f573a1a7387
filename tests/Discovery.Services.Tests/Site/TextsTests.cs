using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Discovery.ServicesTests.Site;

public sealed partial class TextsTests
{
    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Repository.At("src"), "*.ru.resx", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Repository.Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_say_the_same_things(string file)
    {
        var (ru, en) = (Read(file), Read(file.Replace(".ru.", ".en.", StringComparison.Ordinal)));
        Assert.Equal(ru.Keys.Select(Stem).Distinct().Order(StringComparer.Ordinal), en.Keys.Select(Stem).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(ru.Concat(en).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => t.Key));
        // The same gaps to fill, but for plural forms, and times of day that each language counts from a place of its own.
        Assert.Empty(ru.Where(t => t.Key != "date.zone.russian" && en.TryGetValue(t.Key, out var other) && Stem(t.Key) == t.Key && !Gaps(t.Value).SetEquals(Gaps(other))).Select(t => t.Key));
    }

    /// <summary>A language that lacks a form would answer some numbers with the key.</summary>
    [Fact]
    public void Every_plural_has_the_forms_of_its_language()
    {
        var asked = Directory.EnumerateFiles(Repository.At("src"), "*.cs*", SearchOption.AllDirectories).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(f => Plural().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.True(asked.Count > 30, $"Only {asked.Count} plurals were found in the pages.");
        foreach (var (lang, forms) in new[] { ("ru", new[] { "one", "few", "many" }), ("en", ["one", "other"]) })
        {
            var keys = Files().SelectMany(f => Read(f.Data.Replace(".ru.", $".{lang}.", StringComparison.Ordinal)).Keys).ToHashSet();
            var missing = asked.SelectMany(stem => forms.Select(f => $"{stem}.{f}")).Except(keys);
            Assert.True(!missing.Any(), string.Join(", ", missing));
        }
    }

    /// <summary>A third language is resource files and no code: what names a language does so for data (fields of a form, samples), or once for the fallback.</summary>
    [Fact]
    public void No_code_names_a_language()
    {
        string[] mayName =
        [
            "Discovery.Contracts/Text.cs", "Discovery.Site/Lang.cs",                          // the data type; which language comes first
            "Discovery.Host/RouteTable.cs", "Discovery.Host/Tools/", "Discovery.Host/Demo/",  // a sample path; tools and data of the demonstration
            "Discovery.Rounds/Pages/Rounds/", "Discovery.Rounds/Charters/", "Discovery.Rounds/Regions/", "Discovery.Rounds/Rounds/", "Discovery.Identity/Pages/Identity/_OrganisationForm.cshtml", // names in both languages are asked for
            "Discovery.Identity/Accounts/Person.cs",                                          // before somebody has chosen
        ];
        var naming = Directory.EnumerateFiles(Repository.At("src"), "*.cs*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.At("src"), f))
            .Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(f => !mayName.Any(m => f.StartsWith(m, StringComparison.Ordinal)) && LanguageCode().IsMatch(File.ReadAllText(Repository.At("src", f))));
        Assert.Empty(naming);
    }

    static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Repository.At(file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    static string Stem(string key) => PluralForm().Replace(key, "");

    static HashSet<string> Gaps(string text) => [.. Gap().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\.(one|few|many|other)$")]
    private static partial Regex PluralForm();

    [GeneratedRegex("\"(ru|en)(-[A-Z]{2})?\"")]
    private static partial Regex LanguageCode();

    [GeneratedRegex(@"Plural\(""([^""{}]+)"",")]
    private static partial Regex Plural();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Gap();
}
