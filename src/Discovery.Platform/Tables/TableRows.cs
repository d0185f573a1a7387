namespace Discovery.Platform.Tables;

/// <summary>Collects rows as a file is read: the first names the columns, and what no table of ours may hold is refused with its place.</summary>
/// <param name="onlyText">The file cannot tell text from formulas (CSV): what looks like one is refused.</param>
internal sealed class TableRows(bool onlyText = false)
{
    // More of them help nobody.
    const int MostFaults = 500;

    readonly List<TableRow> rows = [];
    readonly List<TableFault> faults = [];
    List<string>? columns;

    public void Fault(int row, string? column, string why, params object[] values)
    {
        if (faults.Count < MostFaults) faults.Add(new(row, column, why, values));
    }

    /// <summary>Of the cell's column, or its place where it has no name.</summary>
    public string? NameOf(int column) => columns?.ElementAtOrDefault(column);

    /// <returns>False: enough is enough.</returns>
    public bool Add(int number, IReadOnlyList<string> cells)
    {
        if (columns is null)
        {
            // A row of blanks, or a title above the table, is not the row of names: that is said where columns are missed.
            if (cells.All(string.IsNullOrWhiteSpace)) return true;
            columns = [.. cells.Select(c => c.Trim().ToLowerInvariant().Replace(' ', '_'))];
            while (columns.Count > 0 && columns[^1].Length == 0) columns.RemoveAt(columns.Count - 1);
            foreach (var twice in columns.Where(c => c.Length > 0).GroupBy(c => c).Where(c => c.Count() > 1)) Fault(number, twice.Key, "table.twice");
            return true;
        }
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0) continue;
            if (i >= columns.Count || columns[i].Length == 0) Fault(number, null, "table.beyond");
            else named[columns[i]] = onlyText ? Text(number, columns[i], cells[i]) : cells[i];
        }
        return Add(new TableRow(number, named));
    }

    /// <summary>A row that names its columns itself.</summary>
    public bool Add(TableRow row)
    {
        columns ??= [];
        if (row.Cells.Count == 0) return true;
        columns.AddRange(row.Cells.Keys.Where(c => !columns.Contains(c)));
        if (rows.Count == TableFile.MostRows)
        {
            Fault(row.Number, null, "table.rows", TableFile.MostRows);
            return false;
        }
        rows.Add(row);
        return true;
    }

    public Table Done() => rows.Count == 0 && faults.Count == 0 ? Table.Broken("table.empty") : new(columns ?? [], rows, faults);

    /// <summary>The apostrophe with which spreadsheets are kept from computing (our own files have it) is not part of the text; a formula is none at all.</summary>
    string Text(int row, string column, string cell)
    {
        var bare = cell.AsSpan().TrimStart();
        if (bare is ['\'', '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]) return cell[(cell.IndexOf('\'') + 1)..];
        if (bare is ['=' or '＝', ..]) Fault(row, column, "table.formula");
        return cell;
    }
}
