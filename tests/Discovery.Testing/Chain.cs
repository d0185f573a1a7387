using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Discovery.Testing;

public static class Chain
{
    /// <summary>The chain of a transparency log from its export alone, as the page of the log says it is made.</summary>
    /// <returns>The hash of its last entry.</returns>
    public static string Recompute(JsonElement log)
    {
        var (hash, record) = (new byte[32], log.GetProperty("record").GetGuid().ToByteArray(bigEndian: true));
        foreach (var entry in log.GetProperty("entries").EnumerateArray())
        {
            var details = SHA256.HashData([.. Convert.FromHexString(entry.Text("salt")!), .. Encoding.UTF8.GetBytes(entry.Text("details")!)]);
            var micros = (entry.GetProperty("at").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / 10;
            hash = SHA256.HashData([.. "record/v1"u8, .. hash, .. record, .. BigEndian(entry.GetProperty("sequence").GetInt64()), .. BigEndian(micros), .. entry.GetProperty("person").GetGuid().ToByteArray(bigEndian: true), .. details, .. Encoding.UTF8.GetBytes(entry.Text("what")!)]);
            if (entry.Text("detailsHash") != Convert.ToHexStringLower(details) || entry.Text("hash") != Convert.ToHexStringLower(hash)) throw new InvalidDataException($"Entry {entry.GetProperty("sequence")} is not what its hash says.");
        }
        return Convert.ToHexStringLower(hash);
    }

    static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
