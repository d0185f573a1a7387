using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using Discovery.Platform;

namespace Discovery.Identity.Communities;

/// <summary>
/// Mail addresses out of what a speaker has: one per line, or a table saved as CSV in whatever encoding (UTF-8, UTF-16, CP1251) and with whatever separator.
/// In each row the first cell with an @ counts; a first row without one is a heading.
/// </summary>
internal static partial class AddressList
{
    /// <summary>Bytes, addresses, and wrong rows that are named.</summary>
    public const int MaxBytes = 1 << 20, MaxAddresses = 10_000, MaxNamed = 10;

    /// <exception cref="RuleBroken">Too large, empty, or rows without a right address, which are named by number: then nothing of it is taken.</exception>
    public static IReadOnlyCollection<string> Read(byte[] file)
    {
        if (file.Length > MaxBytes) throw new RuleBroken("identity.list.large", MaxAddresses);
        var text = Decode(file);
        var (addresses, wrong) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new List<int>());
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = Separator(text), BadDataFound = null, MaxFieldSize = 2000 });
        var first = true;
        while (true)
        {
            try
            {
                if (!csv.Read()) break;
            }
            catch (CsvHelperException)
            {
                // A quotation mark that is never closed swallows what follows it.
                wrong.Add(csv.RawRow);
                break;
            }
            var cells = csv.Record ?? [];
            var heading = first;
            first = false;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            var cell = cells.FirstOrDefault(c => c.Contains('@'));
            if (cell is null && heading) continue;
            if (Address(cell) is { } address) addresses.Add(address);
            else wrong.Add(csv.RawRow);
        }
        if (wrong.Count > 0) throw new RuleBroken("identity.list.rows", string.Join(", ", wrong.Take(MaxNamed)) + (wrong.Count > MaxNamed ? ", …" : ""), wrong.Count);
        if (addresses.Count > MaxAddresses) throw new RuleBroken("identity.list.large", MaxAddresses);
        return addresses.Count == 0 ? throw new RuleBroken("identity.list.empty") : addresses;
    }

    // «Имя <имя@почта.рф>» as mail programs copy it.
    static string? Address(string? cell)
    {
        var address = cell?.Trim() ?? "";
        if (address.EndsWith('>') && address.LastIndexOf('<') is >= 0 and var at) address = address[(at + 1)..^1].Trim();
        return address.Length <= 254 && Mail().IsMatch(address) ? address : null;
    }

    static string Separator(string text)
    {
        var head = text[..Math.Min(text.Length, 4000)];
        return new[] { ";", "\t", "," }.MaxBy(s => head.Count(c => c == s[0]))!;
    }

    static string Decode(byte[] file)
    {
        switch (file)
        {
            case [0xEF, 0xBB, 0xBF, .. var rest]: return Encoding.UTF8.GetString(rest);
            case [0xFF, 0xFE, .. var rest]: return Encoding.Unicode.GetString(rest);
            case [0xFE, 0xFF, .. var rest]: return Encoding.BigEndianUnicode.GetString(rest);
        }
        // Addresses are mostly ASCII: half of the bytes of UTF-16 are zero, and it shows which half.
        var head = file.AsSpan(0, Math.Min(file.Length, 2000) & ~1);
        var zeros = (Even: 0, Odd: 0);
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0) zeros = i % 2 == 0 ? (zeros.Even + 1, zeros.Odd) : (zeros.Even, zeros.Odd + 1);
        if (zeros.Odd > head.Length / 8) return Encoding.Unicode.GetString(file);
        if (zeros.Even > head.Length / 8) return Encoding.BigEndianUnicode.GetString(file);
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file); }
        catch (DecoderFallbackException) { return CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(file); }
    }

    // What begins like a formula is none of ours, even where the standard would let it.
    [GeneratedRegex(@"^[^\s@<>""'=,;:()\[\]\\\p{C}+\-][^\s@<>""=,;:()\[\]\\\p{C}]*@[^\s@<>""'=,;:()\[\]\\\p{C}.]+(\.[^\s@<>""'=,;:()\[\]\\\p{C}.]+)+$")]
    private static partial Regex Mail();
}
