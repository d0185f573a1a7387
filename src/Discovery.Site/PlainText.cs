using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Discovery.Contracts;

namespace Discovery.Site;

/// <summary>
/// What people type is plain text with paragraphs. Characters that nobody sees (control, zero-width, bidirectional) are dropped on the way in:
/// they come with pasting, and two texts that look the same must be the same.
/// </summary>
public static partial class PlainText
{
    public static Text Line(Text text) => Each(text, Line);

    public static Text Paragraphs(Text text) => Each(text, Paragraphs);

    public static string Line(string? text) => Blanks().Replace(Visible(text), " ").Trim();

    public static string Paragraphs(string? text) =>
        Gaps().Replace(string.Join('\n', Visible(text).Split('\n').Select(line => line.Trim())), "\n\n").Trim();

    /// <summary>How the search compares: lower case, ё as е.</summary>
    public static string Searchable(string text) => Line(text).ToLowerInvariant().Replace('ё', 'е');

    /// <summary>Longest of the languages, after cleaning.</summary>
    public static int Longest(Text? text) => text is null ? 0 : Paragraphs(text).Values.Select(v => v.Length).DefaultIfEmpty().Max();

    /// <summary>Shortest of the languages that are there.</summary>
    public static int Shortest(Text? text) => text is null ? 0 : Paragraphs(text).Values.Select(v => v.Length).DefaultIfEmpty().Min();

    static Text Each(Text text, Func<string?, string> clean)
    {
        var cleaned = new Text();
        foreach (var (lang, value) in text)
            if (IsLanguage(lang) && clean(value) is { Length: > 0 } kept) cleaned[lang] = kept;
        return cleaned;
    }

    static bool IsLanguage(string code) => code.Length == 2 && code.All(char.IsAsciiLetterLower);

    static string Visible(string? text)
    {
        var seen = new StringBuilder(text?.Length ?? 0);
        // By runes: half of a surrogate pair becomes U+FFFD here, and would stop the normalisation below.
        foreach (var rune in (text ?? "").Replace("\r\n", "\n").Replace('\r', '\n').EnumerateRunes())
            if (rune.Value is '\n' or '\t') seen.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)) seen.Append(rune.ToString());
        return seen.ToString().Normalize(NormalizationForm.FormC);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
