using System.Text.RegularExpressions;
using Discovery.Contracts;
using Discovery.Site;

namespace Discovery.Moderation.Hints;

/// <summary>Looks at the words alone: floods of links, contact data, words of the lists, shouting.</summary>
internal static partial class HintFinder
{
    const int Links = 2, LettersToShout = 20;

    static readonly IReadOnlyList<string> Stems = [.. typeof(HintFinder).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("words.", StringComparison.Ordinal)).SelectMany(ReadStems)];

    public static IReadOnlyList<Hint> Find(Text title, Text body)
    {
        var hints = new List<Hint>();
        foreach (var text in title.Keys.Union(body.Keys).Select(l => $"{title.GetValueOrDefault(l)}\n{body.GetValueOrDefault(l)}"))
        {
            if (Link().Matches(text) is { Count: > Links } links) hints.Add(new(Hint.Links, Join(links.Select(l => l.Value))));
            if (Mail().Matches(text).Concat(Phone().Matches(text)).Select(m => m.Value).ToList() is { Count: > 0 } contacts) hints.Add(new(Hint.Contacts, Join(contacts)));
            // By the letters and not by the language: bad words travel.
            if (Word().Matches(text).Select(w => w.Value).Where(w => PlainText.Searchable(w) is var plain && Stems.Any(s => plain.StartsWith(s, StringComparison.Ordinal))).ToList() is { Count: > 0 } words)
                hints.Add(new(Hint.Words, Join(words)));
            if (text.Split('\n').FirstOrDefault(IsShouted) is { } line) hints.Add(new(Hint.Capitals, Join([line])));
        }
        return [.. hints.Distinct()];
    }

    static bool IsShouted(string line) => line.Where(char.IsLetter).ToList() is { Count: >= LettersToShout } letters && letters.Count(char.IsUpper) * 10 > letters.Count * 7;

    static string Join(IEnumerable<string> found) => string.Join(" · ", found.Select(f => f.Length > 80 ? f[..80] + "…" : f).Distinct().Take(8));

    static IEnumerable<string> ReadStems(string list)
    {
        using var file = new StreamReader(typeof(HintFinder).Assembly.GetManifestResourceStream(list)!);
        return [.. file.ReadToEnd().Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];
    }

    [GeneratedRegex(@"\b(?:https?://|www\.)\S{3,300}", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b")]
    private static partial Regex Mail();

    // Russian numbers as people write them, and international ones.
    [GeneratedRegex(@"(?<![\d+])(?:(?:\+7|8)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}|\+[1-9]\d{0,2}(?:[\s()-]{0,2}\d){7,12})(?!\d)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\p{L}{3,40}")]
    private static partial Regex Word();
}
