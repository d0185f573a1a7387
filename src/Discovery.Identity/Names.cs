using System.Globalization;
using System.Text;
using Discovery.Contracts;

namespace Discovery.Identity;

/// <summary>Names as they are kept: one form of each letter, no invisible characters, so that two names that look alike are alike.</summary>
internal static class Names
{
    public static string Clean(string? name)
    {
        var clean = new StringBuilder();
        foreach (var rune in (name ?? "").Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) { if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' '); }
            else if (!IsInvisible(rune)) clean.Append(rune.ToString());
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>Languages without a name are left out.</summary>
    public static Text Clean(Text name)
    {
        var clean = new Text();
        foreach (var (language, text) in name)
            if (Clean(text) is { Length: > 0 } kept) clean[language] = kept;
        return clean;
    }

    /// <summary>What a search looks in: all that the organisation is called, in small letters.</summary>
    public static string ForSearch(Text name, string? number) =>
        string.Join(' ', [.. name.Values, number]).TrimEnd().ToLowerInvariant().Replace('ё', 'е');

    public static string ForSearch(string? asked) => Clean(asked).ToLowerInvariant().Replace('ё', 'е');

    // Zero-width and bidirectional marks are of the category Format; combining marks that begin a name would sit on what stands before it.
    static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
