using System.Security.Cryptography;

namespace Discovery.Identity.Accounts;

/// <summary>What a password must be: long. Rules about kinds of characters make worse ones.</summary>
internal static class Passwords
{
    public const int Shortest = 10, Longest = 200;

    // Without letters and digits that look alike on paper.
    const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Sixteen characters in groups of four, 79 bits: to be read out or copied once.</summary>
    public static string Generate() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
