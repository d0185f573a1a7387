using System.Text;

namespace Discovery.Platform.Tables;

/// <summary>CSV (RFC 4180) with comma, semicolon or tab, whichever the first line has most of.</summary>
internal static class CsvTable
{
    public static Table Read(string text)
    {
        var rows = new TableRows(onlyText: true);
        var separator = Separator(text);
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, start, quoted, isText) = (1, 1, false, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c == '\n') line++;
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (quoted)
            {
                rows.Fault(start, null, "table.quote");
                break;
            }
            else if (c == '"' && cell.Length == 0 && !isText) quoted = isText = true;
            else if (c == separator || c == '\n')
            {
                cells.Add(isText ? cell.ToString() : cell.ToString().Trim());
                cell.Clear();
                isText = false;
                if (c != '\n') continue;
                if (i < text.Length || cells.Count > 1 || cells[0].Length > 0)
                    if (!rows.Add(start, cells)) break;
                cells = [];
                start = ++line;
            }
            else if (c != '\r' || (i + 1 < text.Length && text[i + 1] != '\n')) cell.Append(c);

            if (cell.Length <= TableFile.MostLetters && cells.Count <= TableFile.MostColumns) continue;
            rows.Fault(start, null, cell.Length > TableFile.MostLetters ? "table.cell" : "table.columns", cell.Length > TableFile.MostLetters ? TableFile.MostLetters : TableFile.MostColumns);
            break;
        }
        return rows.Done();
    }

    static char Separator(string text)
    {
        var (counts, quoted) = (new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0 }, false);
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '\n') break;
            if (counts.TryGetValue(c, out var count)) counts[c] = count + 1;
        }
        return counts.MaxBy(c => c.Value).Key;
    }
}
