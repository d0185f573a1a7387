using System.Globalization;

namespace Discovery.Ranking.Tests;

/// <summary>Formats of test data that the product does not read.</summary>
internal static class OtherFormats
{
    public static ElectionFile Read(string path) => Path.GetExtension(path) switch
    {
        ".csv" => ScottishCouncil(path),
        ".txt" => DebianTally(path),
        ".HIL" => Tideman(path),
        _ => ElectionFile.Read(path),
    };

    private static ElectionFile ScottishCouncil(string path)
    {
        var rows = File.ReadAllLines(path).Skip(1).Select(line => line.Split(',')).ToArray();
        var names = rows.Where(r => r[0].StartsWith("\"Candidate", StringComparison.Ordinal)).Select(r => r[1].Trim('"')).ToArray();
        return File_(names, rows.Where(r => char.IsAsciiDigit(r[0].FirstOrDefault()))
            .Select(r => (Number(r[0]), r.Skip(1).Where(c => c.Length > 0).Select(c => new[] { (int)Number(c) - 1 }).ToArray())));
    }

    private static ElectionFile DebianTally(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines.Where(l => l.Contains("Option ", StringComparison.Ordinal)).Select(l => l[(l.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim()).ToArray();
        return File_(names, lines.Where(l => l.StartsWith("V: ", StringComparison.Ordinal)).Select(l =>
        {
            var ranks = l[3..].Split('\t', ' ')[0];
            return (1L, ranks.Select((rank, p) => (rank, p)).Where(x => x.rank != '-').GroupBy(x => x.rank).OrderBy(t => t.Key)
                .Select(t => t.Select(x => x.p).ToArray()).ToArray());
        }));
    }

    private static ElectionFile Tideman(string path)
    {
        var lines = File.ReadAllLines(path).Where(l => l.Trim().Length > 0).ToArray();
        var end = Array.FindIndex(lines, l => l.Trim() == "0");
        var names = string.Join(' ', lines[(end + 1)..]).Split('"').Where((_, i) => i % 2 == 1).SkipLast(1).ToArray();
        return File_(names, lines[1..end].Select(l =>
        {
            var numbers = l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray();
            return (numbers[0], numbers.Skip(1).TakeWhile(n => n > 0).Select(n => new[] { (int)n - 1 }).ToArray());
        }));
    }

    private static ElectionFile File_(string[] names, IEnumerable<(long Count, int[][] Tiers)> votes) => new(
        VoteKind.Ordinal, [],
        [.. names.Select((name, i) => new ElectionProposal(Invariant(i + 1), name, new Dictionary<string, string>()))],
        [.. votes.Where(v => v.Tiers.Length > 0).Select(v => new ElectionVote(v.Count, v.Tiers, null, new Dictionary<string, string>()))]);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
