using System.Globalization;
using System.Text;

namespace Discovery.Ranking;

/// <summary>Lines of a text with their numbers; a byte order mark and CRLF are taken off.</summary>
internal sealed class NumberedLines(TextReader text)
{
    public int Number { get; private set; }

    public string? Next()
    {
        if (text.ReadLine() is not { } line) return null;
        return ++Number == 1 ? line.TrimStart('\uFEFF') : line;
    }

    public ElectionFileException Error(string reason) => new(Number, reason);

    public int Count(string text, string what) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error($"{what} is not a whole number: '{text.Trim()}'");

    /// <summary>Fields divided by ';'. A field in double quotes may hold ';' and doubled quotes.</summary>
    public static string[] Fields(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(';');
        var (fields, field) = (new List<string>(), new StringBuilder());
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || line[i] == ';')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (line[i] == '"' && field.Length == 0 && IsQuoted(line, i, out var end))
            {
                field.Append(line, i + 1, end - i - 1).Replace("\"\"", "\"");
                i = end;
            }
            else
            {
                field.Append(line[i]);
            }
        }

        return [.. fields];
    }

    // A quote only opens a field when one before ';' or the end closes it; real files have stray quotes in titles.
    private static bool IsQuoted(string line, int start, out int end)
    {
        for (end = start + 1; end < line.Length; end++)
        {
            if (line[end] != '"') continue;
            if (end + 1 < line.Length && line[end + 1] == '"') end++;
            else return end + 1 == line.Length || line[end + 1] == ';';
        }

        return false;
    }
}
