using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Discovery.Platform.Web;

/// <summary>
/// One sheet for spreadsheets (ISO/IEC 29500), written row by row. Text is text, whatever it begins with: cells are inline strings, which no program takes for a formula. Numbers stay numbers.
/// </summary>
public static class Xlsx
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What a cell may hold.</summary>
    const int MostLetters = 32_767;

    /// <param name="file">Must be able to seek.</param>
    public static async Task WriteAsync(Stream file, string sheet, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken ct)
    {
        using var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        var part = book.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            Row(writer, columns);
            await foreach (var row in rows.WithCancellation(ct)) Row(writer, row);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        book.Workbook = new Workbook(new Sheets(new Sheet { Name = sheet.Length > 31 ? sheet[..31] : sheet, SheetId = 1, Id = book.GetIdOfPart(part) }));
        book.Workbook.Save();
    }

    static void Row(OpenXmlWriter writer, IEnumerable<object?> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells) writer.WriteElement(Cell(cell));
        writer.WriteEndElement();
    }

    static Cell Cell(object? value) => value switch
    {
        null => new Cell(),
        string text => Text(text),
        DateTimeOffset at => Text(at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        IFormattable number => new Cell { CellValue = new CellValue(number.ToString(null, CultureInfo.InvariantCulture)), DataType = CellValues.Number },
        _ => Text(value.ToString() ?? ""),
    };

    static Cell Text(string text)
    {
        // Characters that XML does not know would make the whole file unreadable.
        var clean = string.Concat(text.Where((c, i) => XmlConvert.IsXmlChar(c) || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))));
        return new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(clean.Length > MostLetters ? clean[..MostLetters] : clean) { Space = SpaceProcessingModeValues.Preserve }) };
    }
}
