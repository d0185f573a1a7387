using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Discovery.Ranking.Ledger;

/// <summary>The counting rules of a round, read from the exact JSON text that its charter hashes.</summary>
public sealed class LedgerRules
{
    /// <summary>lcm(1..16): what one voter's ballot weighs inside its group (ranking.md 2.2).</summary>
    public const long Units = 720720;

    readonly JsonElement rules;

    /// <exception cref="FormatException">The text is not a JSON object with the members of the rules.</exception>
    public LedgerRules(string json)
    {
        try
        {
            rules = JsonDocument.Parse(json).RootElement.Clone();
            Groups = [.. rules.GetProperty("groups").EnumerateArray().Select(g => new LedgerGroup(
                g.GetProperty("id").GetString()!, g.GetProperty("weight").GetInt32(),
                Number(g, "damping"), g.TryGetProperty("partner", out var partner) ? partner.GetString() : null))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException) { throw new FormatException("The counting rules cannot be read: " + e.Message, e); }
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }

    public IReadOnlyList<LedgerGroup> Groups { get; }

    /// <summary>rulesHash: SHA-256 of the UTF-8 text, lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>SHA-256(r), lower-case hex.</summary>
    public string SeedCommitment => rules.GetProperty("seedCommitment").GetString()!;

    /// <param name="groups">The groups that are counted, after small ones have joined their partners.</param>
    /// <param name="proposals">How many are on the list.</param>
    /// <param name="seed">Hex of SHA-256(r ‖ Merkle root); any text for standings before the seal.</param>
    public CountRules For(IEnumerable<LedgerGroup> groups, int proposals, string seed) =>
        new([.. groups.Select(g => new Group(g.Id, g.Weight, g.Damping * Units))], rules.GetProperty("k").GetInt32(), seed)
        {
            Theta = Fraction.Parse(rules.GetProperty("floor").GetString()!),
            Beta = Fraction.Parse(rules.GetProperty("breadth").GetString()!),
            Exposure = rules.GetProperty("exposure").GetBoolean(),
            Rho = rules.GetProperty("rho").GetInt32(),
            OrdinaryUnits = Units,
            TieOrder = rules.GetProperty("listedTies").GetBoolean() ? [.. Enumerable.Range(0, proposals)] : null,
        };

    static long? Number(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}

/// <param name="Damping">q_g in ordinary ballots; null for the default rule.</param>
/// <param name="Partner">With whom a group of fewer than 10 ballots is counted.</param>
public sealed record LedgerGroup(string Id, int Weight, long? Damping, string? Partner);
