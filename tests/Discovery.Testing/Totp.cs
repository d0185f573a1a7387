using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Discovery.Testing;

/// <summary>An authenticator app: time-based one-time passwords of six digits, SHA-1, 30 seconds (RFC 6238).</summary>
public static class Totp
{
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="secret">Base32, with or without blanks.</param>
    public static string Code(string secret, DateTimeOffset at)
    {
        var bits = string.Concat(secret.Where(c => c != ' ').Select(c => Convert.ToString(Base32.IndexOf(char.ToUpperInvariant(c)), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The standard says SHA-1.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf, 4)) & int.MaxValue;
        return (value % 1_000_000).ToString("D6");
    }
}
