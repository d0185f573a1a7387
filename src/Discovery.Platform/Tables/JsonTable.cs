using System.Text.Json;

namespace Discovery.Platform.Tables;

/// <summary>JSON: an array of objects, or an object whose only array it is. An object within one makes columns of both names: <c>{"a": {"b": 1}}</c> is the column <c>a_b</c>; an array of texts is one cell with "; " between them.</summary>
internal static class JsonTable
{
    const int Deepest = 8;

    public static Table Read(string text)
    {
        var rows = new TableRows();
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = Deepest, AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object) root = root.EnumerateObject().Select(p => p.Value).FirstOrDefault(v => v.ValueKind == JsonValueKind.Array);
            if (root.ValueKind != JsonValueKind.Array) return Table.Broken("table.json", "");
            var number = 0;
            foreach (var item in root.EnumerateArray())
            {
                number++;
                if (item.ValueKind != JsonValueKind.Object)
                {
                    rows.Fault(number, null, "table.json.row");
                    continue;
                }
                var cells = new Dictionary<string, string>(StringComparer.Ordinal);
                Flatten(rows, number, "", item, cells);
                if (cells.Count > TableFile.MostColumns) rows.Fault(number, null, "table.columns", TableFile.MostColumns);
                if (!rows.Add(new TableRow(number, cells))) break;
            }
        }
        catch (JsonException wrong)
        {
            return Table.Broken("table.json", $"{wrong.LineNumber + 1}:{wrong.BytePositionInLine + 1}");
        }
        return rows.Done();
    }

    static void Flatten(TableRows rows, int row, string before, JsonElement item, Dictionary<string, string> cells)
    {
        foreach (var property in item.EnumerateObject())
        {
            var name = (before + property.Name).ToLowerInvariant();
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Flatten(rows, row, name + "_", property.Value, cells);
                continue;
            }
            var value = property.Value.ValueKind == JsonValueKind.Array ? string.Join("; ", property.Value.EnumerateArray().Select(Plain)) : Plain(property.Value);
            if (value.Length > TableFile.MostLetters) rows.Fault(row, name, "table.cell", TableFile.MostLetters);
            else if (value.Contains('\0')) rows.Fault(row, name, "table.letters");
            else if (value.Length > 0) cells[name] = value;
        }
    }

    static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
