using System.Buffers;
using System.Collections;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Discovery.Ranking;

/// <summary>
/// JSON with one possible form for one value: keys in ordinal order, no spaces, UTF-8. Numbers of any length
/// (<see cref="BigInteger"/>, <see cref="Fraction"/>) are strings.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Bytes(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An object from pairs; the writer sorts the keys.</summary>
    public static Dictionary<string, object?> Map<T>(IEnumerable<T> items, Func<T, string> key, Func<T, object?> value) =>
        items.ToDictionary(key, value, StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case BigInteger or Fraction: json.WriteStringValue(value.ToString()); break;
            case IReadOnlyDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (key, item) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(key);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"No canonical form for {value.GetType()}.", nameof(value));
        }
    }
}
