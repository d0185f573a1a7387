using System.Numerics;
using System.Text.Json;

namespace Discovery.Ranking.Tests;

/// <summary>The results of other engines beside an election file.</summary>
internal sealed class Expected(JsonElement root)
{
    public static Expected Of(string path) => new(JsonDocument.Parse(File.ReadAllText(path + ".expected.json")).RootElement);

    /// <summary>The element at this path, or null when an engine did not run or failed.</summary>
    public JsonElement? At(params string[] path)
    {
        var at = root;
        foreach (var key in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at)) return null;
        }

        return at.ValueKind == JsonValueKind.Null || at.ValueKind == JsonValueKind.Object && at.TryGetProperty("error", out _) ? null : at;
    }

    public int[]? Order(params string[] path) => At(path) is { ValueKind: JsonValueKind.Array } list ? Ints(list) : null;

    public int[][]? Classes(params string[] path) =>
        At(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(Ints)] : null;

    public BigInteger[][]? Matrix(params string[] path) =>
        At(path) is { ValueKind: JsonValueKind.Array } rows
            ? [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Select(x => BigInteger.Parse(x.ToString())).ToArray())]
            : null;

    private static int[] Ints(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetInt32())];
}
