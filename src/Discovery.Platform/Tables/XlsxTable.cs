using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Discovery.Platform.Tables;

/// <summary>
/// The first sheet of a workbook (ISO/IEC 29500), read as a stream of XML. What a workbook may bring and a table does not need is refused: formulas, links, parts of other files, document types;
/// so is an archive that is larger unpacked than any table is, whatever its own list says.
/// </summary>
internal static class XlsxTable
{
    const int MostEntries = 1000, MostRatio = 200, MostText = 40_000_000;
    const long MostUnpacked = 120 << 20, WhereRatioCounts = 1 << 20;

    const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    sealed class Refused(string why, params object[] values) : Exception(why)
    {
        public object[] Values => values;
    }

    public static Table Read(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            Check(zip);
            var (sheet, shared) = Find(zip);
            var rows = new TableRows();
            var budget = new Budget(MostUnpacked);
            Sheet(zip, sheet, shared is null ? [] : Strings(zip, shared, budget), rows, budget);
            return rows.Done();
        }
        catch (Refused refused)
        {
            return Table.Broken(refused.Message, refused.Values);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or EndOfStreamException or IOException or FormatException or NotSupportedException or ArgumentException)
        {
            return Table.Broken("table.xlsx");
        }
    }

    static void Check(ZipArchive zip)
    {
        if (zip.Entries.Count > MostEntries) throw new Refused("table.zip.entries", MostEntries);
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains("..")) throw new Refused("table.zip.name");
            if (name.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase)) throw new Refused("table.xlsx.outside");
            if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) throw new Refused("table.xlsx.program");
            if (entry.Length > WhereRatioCounts && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio) throw new Refused("table.zip.bomb");
        }
        if (zip.Entries.Sum(e => e.Length) > MostUnpacked) throw new Refused("table.zip.bomb");
    }

    /// <summary>Paths of the first sheet and of the shared texts.</summary>
    static (string Sheet, string? Shared) Find(ZipArchive zip)
    {
        var budget = new Budget(4 << 20);
        string? id = null;
        using (var book = Open(zip, "xl/workbook.xml", budget))
            while (id is null && book.Read())
                if (book is { NodeType: XmlNodeType.Element, LocalName: "sheet" }) id = book.GetAttribute("id", Relation) ?? book.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
        string? sheet = null, shared = null;
        using (var links = Open(zip, "xl/_rels/workbook.xml.rels", budget))
            while (links.Read())
            {
                if (links is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" }) continue;
                if (links.GetAttribute("TargetMode") == "External") throw new Refused("table.xlsx.outside");
                var target = links.GetAttribute("Target") ?? "";
                target = target.StartsWith('/') ? target[1..] : "xl/" + target;
                if (links.GetAttribute("Id") == id) sheet = target;
                if (links.GetAttribute("Type")?.EndsWith("/sharedStrings", StringComparison.Ordinal) == true) shared = target;
            }
        return (sheet ?? throw new Refused("table.xlsx"), shared);
    }

    static List<string> Strings(ZipArchive zip, string path, Budget budget)
    {
        var (strings, letters) = (new List<string>(), 0);
        using var xml = Open(zip, path, budget);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            strings.Add(TextIn(xml));
            if ((letters += strings[^1].Length) > MostText) throw new Refused("table.zip.bomb");
        }
        return strings;
    }

    static void Sheet(ZipArchive zip, string path, List<string> strings, TableRows rows, Budget budget)
    {
        using var xml = Open(zip, path, budget);
        var (number, cells, letters) = (0, new List<string>(), 0);
        var going = true;
        while (going && xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row" && cells.Count > 0) going = rows.Add(number, cells);
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "row":
                    number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : number + 1;
                    cells = [];
                    break;
                case "c":
                    var column = Column(xml.GetAttribute("r")) ?? cells.Count;
                    if (column >= TableFile.MostColumns) throw new Refused("table.columns", TableFile.MostColumns);
                    while (cells.Count <= column) cells.Add("");
                    var (text, isFormula) = Cell(xml, strings);
                    if (isFormula) rows.Fault(number, rows.NameOf(column), "table.formula");
                    if (text.Length > TableFile.MostLetters) rows.Fault(number, rows.NameOf(column), "table.cell", TableFile.MostLetters);
                    if ((letters += text.Length) > MostText) throw new Refused("table.zip.bomb");
                    cells[column] = text;
                    break;
                case "hyperlink":
                    rows.Fault(Row(xml.GetAttribute("ref")), rows.NameOf(Column(xml.GetAttribute("ref")) ?? -1), "table.link");
                    break;
            }
        }
    }

    static (string Text, bool IsFormula) Cell(XmlReader xml, List<string> strings)
    {
        var (type, text, isFormula) = (xml.GetAttribute("t"), "", false);
        if (xml.IsEmptyElement) return (text, isFormula);
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "f") isFormula = true;
            else if (xml.LocalName == "is") text = TextIn(xml);
            else if (xml.LocalName == "v" && !xml.IsEmptyElement && xml.Read() && xml.NodeType == XmlNodeType.Text) text = xml.Value;
        }
        return (type switch
        {
            "s" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : throw new Refused("table.xlsx"),
            "e" => "",
            _ => text,
        }, isFormula);
    }

    /// <summary>What the runs of a text say; not what stands above them to help with reading.</summary>
    static string TextIn(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (text, depth, skip) = (new StringBuilder(), xml.Depth, false);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh") skip = xml.NodeType == XmlNodeType.Element;
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA && !skip && xml.Depth > depth + 1) text.Append(xml.Value);
        }
        return text.ToString();
    }

    static int? Column(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetterUpper)) column = Math.Min(column * 26 + c - 'A' + 1, 100_000);
        return column == 0 ? null : column - 1;
    }

    static int Row(string? reference) => int.TryParse((reference ?? "").Split(':')[0].TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;

    static XmlReader Open(ZipArchive zip, string path, Budget budget) => XmlReader.Create(
        new Counted((zip.GetEntry(path) ?? throw new Refused("table.xlsx")).Open(), budget),
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, MaxCharactersInDocument = MostUnpacked });

    sealed class Budget(long bytes)
    {
        public long Left { get; set; } = bytes;
    }

    /// <summary>The list of an archive may lie about sizes: what comes out is counted.</summary>
    sealed class Counted(Stream inner, Budget budget) : Stream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            if ((budget.Left -= read) < 0) throw new Refused("table.zip.bomb");
            return read;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
