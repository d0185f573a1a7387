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
        Folded(string.Join(' ', [.. name.Values, number]).TrimEnd());

    public static string ForSearch(string? asked) => Folded(Clean(asked));

    // One form of letters that look alike (full width, ligatures): a name is found however it was typed.
    static string Folded(string name) => name.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('ё', 'е');

    /// <summary>
    /// Whether a name that somebody chooses could be taken for the authority's (Администрация, Ministry …, also in look-alike letters or with blanks
    /// between them), or mixes alphabets within a word. Officials enter such names when they have seen the papers.
    /// </summary>
    public static bool Imitates(string? name)
    {
        if (Clean(name).Normalize(NormalizationForm.FormKC).Split(' ', '-').Any(MixesAlphabets)) return true;
        var words = Skeleton(Clean(name)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(words);
        return words.Any(w => ReservedWords.Contains(w)) || ReservedStems.Any(s => joined.Contains(s, StringComparison.Ordinal));
    }

    public static bool Imitates(Text name) => name.Values.Any(n => Imitates(n));

    static readonly string[] ReservedStems =
        [.. new[] { "администрац", "администрат", "министерств", "правительств", "губернатор", "департамент", "модератор", "administrat", "ministry", "government", "governor", "department", "moderator" }.Select(Skeleton)];

    static readonly string[] ReservedWords = [.. new[] { "админ", "мэр", "мэрия", "министр", "admin", "mayor", "minister" }.Select(Skeleton)];

    static bool MixesAlphabets(string word)
    {
        var (latin, cyrillic, greek) = (false, false, false);
        foreach (var c in word.Where(char.IsLetter))
        {
            cyrillic |= c is >= '\u0400' and <= '\u052f';
            greek |= c is >= '\u0370' and <= '\u03ff';
            latin |= c is < '\u0250' or >= '\u1e00' and <= '\u1eff';
        }
        return latin ? cyrillic || greek : cyrillic && greek;
    }

    // Letters of three alphabets that look the same become one; what is neither letter nor digit becomes a blank.
    static string Skeleton(string name)
    {
        const string alike = "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsӏlαaβbεeηhιiκkμmοoρpτtυyχx0o";
        var skeleton = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var at = alike.IndexOf(c);
            skeleton.Append(at >= 0 && at % 2 == 0 ? alike[at + 1] : char.IsLetterOrDigit(c) ? c : ' ');
        }
        return skeleton.ToString();
    }

    // Zero-width and bidirectional marks are of the category Format; combining marks that begin a name would sit on what stands before it.
    static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
