namespace Discovery.Platform.Tables;

/// <summary>
/// Reads tables that people and older systems bring: CSV in whatever encoding and with whatever separator, XLSX, JSON. By the content, not by the name. A file may be hostile: nothing is
/// unpacked beyond its limit, nothing outside it is read, no formula is computed, and whatever is wrong is said with its row.
/// </summary>
public static class TableFile
{
    public const int Largest = 20 << 20, MostRows = 5000, MostColumns = 200;

    /// <summary>Of one cell: longer than any answer, far shorter than a line that fills the memory.</summary>
    public const int MostLetters = 100_000;

    public static Table Read(byte[] file) => file switch
    {
        [] => Table.Broken("table.empty"),
        { Length: > Largest } => Table.Broken("table.large", Largest >> 20),
        [(byte)'P', (byte)'K', 3, 4, ..] => XlsxTable.Read(file),
        // Workbooks of Excel 97 and documents of other programs.
        [0xd0, 0xcf, 0x11, 0xe0, ..] or [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => Table.Broken("table.kind"),
        _ when Letters.Decode(file) is { } text => text.AsSpan().TrimStart() is ['[', ..] or ['{', ..] ? JsonTable.Read(text) : CsvTable.Read(text),
        _ => Table.Broken("table.letters"),
    };

    /// <summary>All of an upload.</summary>
    /// <returns>Null: it is larger than <see cref="Largest"/>.</returns>
    public static async Task<byte[]?> ReadAsync(Stream content, CancellationToken ct)
    {
        var file = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (file.Length + read > Largest) return null;
            file.Write(buffer, 0, read);
        }
        return file.ToArray();
    }
}
