using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Discovery.Voting.Ledger;

/// <summary>
/// The exact bytes of ledger entries: UTF-8 JSON, keys in ordinal order, no spaces, integers only, NFC strings (ranking.md 2.9, rules 2).
/// The format is expensive to change: receipts, bundles and recounts all hash it.
/// </summary>
internal static class Canonical
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? pen;

    static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewPen()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new(buffer, Plain));
    }

    /// <param name="key">b: pseudonymous ballot key.</param>
    /// <param name="charter">c: SHA-256(rulesHash ‖ listHash).</param>
    /// <param name="unseen">n: proposals that this ballot does not see, ascending.</param>
    /// <param name="family">o: pseudonymous key of the owner family; null for persons.</param>
    public static string Ballot(string key, string charter, string group, string kind, IReadOnlyList<int> unseen, string? family, int revision, Choice choice) => Write(json =>
    {
        if (choice.Approved is null) json.WriteNull("a"); else Numbers(json, "a", choice.Approved.Order());
        json.WriteString("b", key);
        json.WriteString("c", charter);
        json.WriteString("g", group.Normalize());
        json.WriteString("k", kind);
        Numbers(json, "n", unseen);
        if (family is null) json.WriteNull("o"); else json.WriteString("o", family);
        json.WriteNumber("r", revision);
        json.WriteStartArray("t");
        foreach (var tier in choice.Tiers)
        {
            json.WriteStartArray();
            foreach (var number in tier.Order()) json.WriteStringValue(Id(number));
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteNumber("v", 1);
    });

    public static string Withdraw(string key, string charter, int revision) => Write(json =>
    {
        json.WriteString("b", key);
        json.WriteString("c", charter);
        json.WriteString("k", "withdraw");
        json.WriteNumber("r", revision);
        json.WriteNumber("v", 1);
    });

    /// <param name="what">An entry kind other than a ballot.</param>
    /// <param name="proposal">p: the proposal it is about; null for close and seal.</param>
    /// <param name="reason">w: why; null where the clock did it.</param>
    public static string Act(string what, string charter, int? proposal, string? reason) => Write(json =>
    {
        json.WriteString("c", charter);
        json.WriteString("k", what);
        if (proposal is not null) json.WriteString("p", Id(proposal.Value));
        json.WriteNumber("v", 1);
        if (reason is not null) json.WriteString("w", reason.Normalize());
    });

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>c of a round: both hashes as bytes, one after the other.</summary>
    public static string BallotHash(string rulesHash, string listHash) =>
        Hex(SHA256.HashData([.. Convert.FromHexString(rulesHash), .. Convert.FromHexString(listHash)]));

    /// <summary>A proposal's id on ballots is its number in the round.</summary>
    public static string Id(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteStringValue(Id(number));
        json.WriteEndArray();
    }

    static string Write(Action<Utf8JsonWriter> members)
    {
        // One buffer and one writer for each thread: a batch writes hundreds of entries in a row.
        var (buffer, json) = pen ??= NewPen();
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>What a ballot says: proposal numbers in tiers, best first; approval line or null for the default rule of ranking.md 2.1.</summary>
internal sealed record Choice(IReadOnlyList<IReadOnlyList<int>> Tiers, IReadOnlyList<int>? Approved = null);
