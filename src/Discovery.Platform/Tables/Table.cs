namespace Discovery.Platform.Tables;

/// <summary>What stands in an uploaded file: named columns and rows of text.</summary>
/// <param name="Columns">In lower case, as the first row names them.</param>
/// <param name="Faults">Why rows, or the whole file, cannot be taken.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows, IReadOnlyList<TableFault> Faults)
{
    public static Table Broken(string why, params object[] values) => new([], [], [new(0, null, why, values)]);
}

/// <param name="Number">In the file, from 1 with the row of the names; that is how people find it.</param>
/// <param name="Cells">By column; missing and empty cells are not in it.</param>
public sealed record TableRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <param name="Row">0 for the whole file.</param>
/// <param name="Why">Key of a text.</param>
public sealed record TableFault(int Row, string? Column, string Why, params object[] Values);
