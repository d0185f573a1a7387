using System.IO.Compression;
using System.Text;
using Discovery.Platform.Tables;
using Discovery.Platform.Web;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Files that officials bring: in whatever encoding, and hostile ones.</summary>
public sealed class TableTests
{
    const string Plain = "title_ru;sector\r\n\"Сыр; \"\"Заречный\"\"\r\nдва\";agro\r\nХлеб;eco\r\n";

    static TableTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Plain) },
        { "UTF-8 BOM", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Plain)] },
        { "UTF-16 LE", [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Plain)] },
        { "UTF-16 BE", [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(Plain)] },
        { "UTF-16 LE without a mark", Encoding.Unicode.GetBytes(Plain) },
        { "CP1251", Encoding.GetEncoding(1251).GetBytes(Plain) },
        { "comma", Encoding.UTF8.GetBytes("title_ru,sector\n\"Сыр; \"\"Заречный\"\"\nдва\",agro\nХлеб,eco") },
        { "tab", Encoding.UTF8.GetBytes("title_ru\tsector\n\"Сыр; \"\"Заречный\"\"\nдва\"\tagro\nХлеб\teco\n\n") },
        { "JSON", Encoding.UTF8.GetBytes("""[{"title":{"ru":"Сыр; \"Заречный\"\nдва"},"sector":"agro"},{"title_ru":"Хлеб","sector":"eco","also":null}]""") },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_and_separator_gives_the_same_table(string name, byte[] file)
    {
        var table = TableFile.Read(file);
        Assert.True(table.Faults.Count == 0, name);
        Assert.Equal(["title_ru", "sector"], table.Columns.Take(2));
        Assert.Equal(["Сыр; \"Заречный\"\nдва", "Хлеб"], table.Rows.Select(r => r["title_ru"].Replace("\r\n", "\n", StringComparison.Ordinal)));
        Assert.Equal(["agro", "eco"], table.Rows.Select(r => r["sector"]));
    }

    [Fact]
    public void Our_own_files_are_read_as_they_were_written()
    {
        string[] cells = ["=1+1", "-5", "'quoted'", " x", "a;b", "№ \"1\""];
        var table = TableFile.Read(Csv.Write(["a", "b", "c", "d", "e", "f"], [cells]));
        Assert.Empty(table.Faults);
        Assert.Equal(cells, "abcdef".Select(c => table.Rows[0][$"{c}"]));
    }

    // Made when its test runs: data of a theory are made for every run of whatever test, and kept.
    static readonly Dictionary<string, (Func<byte[]> File, string Fault)> Bad = new()
    {
        ["nothing"] = (() => [], "0  table.empty"),
        ["only names"] = (() => Encoding.UTF8.GetBytes("a,b\n"), "0  table.empty"),
        ["old Excel"] = (() => [0xd0, 0xcf, 0x11, 0xe0, 1, 2], "0  table.kind"),
        ["zeros"] = (() => Encoding.UTF8.GetBytes("a,b\nx\0,y"), "0  table.letters"),
        ["odd UTF-16"] = (() => [0xff, 0xfe, 0x41], "0  table.letters"),
        ["formula"] = (() => Encoding.UTF8.GetBytes("a,b\n1,2\n3, =cmd|' /C calc'!A0"), "3 b table.formula"),
        ["open quote"] = (() => Encoding.UTF8.GetBytes("a,b\n1,2\n3,\"4\n5,6"), "3  table.quote"),
        ["long cell"] = (() => Encoding.UTF8.GetBytes("a,b\n1," + new string('x', 15 << 20)), "2  table.cell"),
        ["too large"] = (() => Encoding.UTF8.GetBytes("a,b\n1," + new string('x', 21 << 20)), "0  table.large"),
        ["many columns"] = (() => Encoding.UTF8.GetBytes("a,b\n" + string.Join(',', Enumerable.Range(0, 500))), "2  table.columns"),
        ["many rows"] = (() => Encoding.UTF8.GetBytes("a\n" + string.Join('\n', Enumerable.Range(0, 20_000))), "5002  table.rows"),
        ["beyond"] = (() => Encoding.UTF8.GetBytes("a,b\n1,2,3"), "2  table.beyond"),
        ["twice"] = (() => Encoding.UTF8.GetBytes("a,A\n1,2"), "1 a table.twice"),
        ["JSON twice"] = (() => Encoding.UTF8.GetBytes("""[{"a":1,"a":2}]"""), "0  table.json"),
        ["JSON deep"] = (() => Encoding.UTF8.GetBytes(new string('[', 5000)), "0  table.json"),
        ["JSON of numbers"] = (() => Encoding.UTF8.GetBytes("[1]"), "1  table.json.row"),
        ["broken zip"] = (() => [(byte)'P', (byte)'K', 3, 4, 5, 6, 7, 8], "0  table.xlsx"),
        ["xlsx formula"] = (() => Book("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"7\"><c r=\"A7\"><f>1+1</f><v>2</v></c></row>"), "7 a table.formula"),
        ["xlsx link"] = (() => Book("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>", after: "<hyperlinks><hyperlink ref=\"A2\" location=\"x\"/></hyperlinks>"), "2 a table.link"),
        ["xlsx external"] = (() => Book("", relation: "<Relationship Id=\"x\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>"), "0  table.xlsx.outside"),
        ["xlsx entity"] = (() => Book("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", shared: "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&x;</t></si></sst>"), "0  table.xlsx"),
        ["xlsx bomb"] = (() => Book("", extra: ("xl/media/zeros.bin", new byte[30 << 20])), "0  table.zip.bomb"),
        ["xlsx path"] = (() => Book("", extra: ("../../evil", [1])), "0  table.zip.name"),
        ["xlsx macros"] = (() => Book("", extra: ("xl/vbaProject.bin", [1])), "0  table.xlsx.program"),
        ["xlsx entries"] = (() => Entries(65_536), "0  table.zip.entries"),
        ["xlsx lie"] = (() => Lying(), "0  table.xlsx"),
    };

    public static TheoryData<string> BadNames => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Whatever_is_wrong_is_refused_with_its_place_and_little_memory(string name)
    {
        var (file, expected) = (Bad[name].File(), Bad[name].Fault);
        var before = GC.GetTotalAllocatedBytes();
        var table = TableFile.Read(file);
        var fault = table.Faults[0];
        Assert.Equal(expected, $"{fault.Row} {fault.Column} {fault.Why}");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 300 << 20, name);
    }

    [Fact]
    public void A_workbook_of_another_program_is_read_with_its_gaps()
    {
        var table = TableFile.Read(Book(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row><row r=\"3\"><c r=\"C3\"><v>2031</v></c></row><row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c></row>",
            shared: "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>Title RU</t></si><si><t>horizon</t></si><si><r><t xml:space=\"preserve\">Сыр </t></r><r><t>и хлеб</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si></sst>"));
        Assert.Empty(table.Faults);
        Assert.Equal(["3  2031", "4 Сыр и хлеб "], table.Rows.Select(r => $"{r.Number} {r["title_ru"]} {r["horizon"]}"));
    }

    internal static byte[] Book(string rows, string? shared = null, string after = "", string relation = "", (string Name, byte[] Content)? extra = null)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
            void Text(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));
            Text("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Text("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>{relation}</Relationships>");
            Text("xl/sharedStrings.xml", shared ?? $"<sst xmlns=\"{Main}\"/>");
            Text("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData>{after}</worksheet>");
            if (extra is var (name, content)) Add(name, content);
        }
        return bytes.ToArray();
    }

    static byte[] Entries(int count)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < count; i++) zip.CreateEntry($"{i}", CompressionLevel.NoCompression);
        return bytes.ToArray();
    }

    /// <summary>Its list says that a part of two hundred megabytes has a hundred bytes.</summary>
    static byte[] Lying()
    {
        var file = Book(new string(' ', 200 << 20));
        for (var i = 0; i + 46 < file.Length; i++)
            // A record of the central directory; at 24 the size unpacked.
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8) && BitConverter.ToUInt32(file, i + 24) > 1 << 20) BitConverter.TryWriteBytes(file.AsSpan(i + 24), 100u);
        return file;
    }
}
