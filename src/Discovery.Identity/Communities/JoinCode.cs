using System.Security.Cryptography;

namespace Discovery.Identity.Communities;

/// <summary>
/// A code of ten characters that a person reads from paper: no two of its letters look alike, also not in Cyrillic, and it has no vowel but A and E to make words of.
/// 21 letters make 43 bits; with five tries an hour nobody guesses one.
/// </summary>
internal static class JoinCode
{
    const int Length = 10;
    const string Letters = "ACEFHJKMNPRTVWXY34679", Cyrillic = "АСЕНКМРТХУ", Latin = "ACEHKMPTXY";

    public static readonly TimeSpan Life = TimeSpan.FromDays(60);

    public static string Make() => new(RandomNumberGenerator.GetItems<char>(Letters, Length));

    /// <summary>«ACEFH-JKMNP»: two halves are easier to type.</summary>
    public static string Show(string code) => $"{code[..(Length / 2)]}-{code[(Length / 2)..]}";

    /// <summary>As it was made, however it was typed: small letters, blanks, dashes, Cyrillic letters that look the same. Null where it is no code at all.</summary>
    public static string? Read(string? typed)
    {
        var code = string.Concat((typed ?? "").Take(100).Select(char.ToUpperInvariant)
            .Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '—' or '‑'))
            .Select(c => Cyrillic.IndexOf(c) is >= 0 and var i ? Latin[i] : c));
        return code.Length == Length && code.All(c => Letters.Contains(c)) ? code : null;
    }
}
