using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Platform.Messaging;

namespace Discovery.Platform.Web;

/// <summary>
/// Comma-separated text that spreadsheets open as it is: UTF-8 with a byte order mark, RFC 4180, and no text that they would take for a formula.
/// Numbers stay numbers; a text that begins like a formula, at its start or after what another setting takes for a separator, gets an apostrophe (OWASP ASVS 1.2.10).
/// </summary>
public static partial class Csv
{
    public const string MediaType = "text/csv";

    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder().Append('\uFEFF').AppendJoin(',', columns.Select(Cell)).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The same, row by row as they come.</summary>
    public static async Task WriteAsync(Stream file, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken ct)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', columns.Select(Cell)));
        await foreach (var row in rows.WithCancellation(ct)) await text.WriteLineAsync(string.Join(',', row.Select(Cell)));
    }

    /// <summary>One column for each property, named as in JSON.</summary>
    public static byte[] Write<TRow>(IEnumerable<TRow> rows)
    {
        var properties = typeof(TRow).GetProperties().Where(p => p.GetIndexParameters().Length == 0).ToList();
        return Write([.. properties.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))], rows.Select(row => (IReadOnlyList<object?>)[.. properties.Select(p => p.GetValue(row))]));
    }

    /// <summary>As it stands in the file.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quote(FormulaStart().Replace(text, "$1'")),
        bool yes => yes ? "true" : "false",
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Enum name => name.ToString().ToLowerInvariant(),
        IEnumerable many => Cell(JsonSerializer.Serialize<object>(many, Readable)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Cell(JsonSerializer.Serialize(value, Readable)),
    };

    static readonly JsonSerializerOptions Readable = new(Wire.Json) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("\",;\t\r\n");

    static string Quote(string text) =>
        text.AsSpan().ContainsAny(Special) || (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))) ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    // Blanks before the sign do not stop a spreadsheet, nor do the full-width and small forms of it. A file that is opened with semicolons falls apart at them.
    [GeneratedRegex(@"(^(?=[\t\r\n])|(?:^|[;\t\r\n])(?=(?:[^\S\t\r\n]|"")*[=+\-@＝＋－＠﹦﹢﹣﹫]))")]
    private static partial Regex FormulaStart();
}
