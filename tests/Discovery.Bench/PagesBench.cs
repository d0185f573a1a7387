using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Discovery.Bench;

/// <summary>Pages for the anonymous against a static file of the same server, in turns.</summary>
internal static partial class PagesBench
{
    const int Rounds = 5, Connections = 64, Seconds = 3;

    public static async Task<Table> RunAsync()
    {
        var folder = Bench.Folder();
        await using (var fill = Child.Start(Bench.App, null, "demo", "--data", folder)) await fill.FinishAsync();
        var port = Child.FreePort();
        var address = $"http://127.0.0.1:{port}";
        var table = new Table($"pages (published program with the demonstration, SQLite, anonymous, {Connections} connections; medians of {Rounds} rounds of {Seconds} s in turns)", "what", "requests/s", "static file/s", "ratio", "p50 ms", "p99 ms", "bytes", "others");
        await using (var server = Child.Start(Bench.App, null, "serve", "--Data", folder, "--urls", address, "--Logging:LogLevel:Default=Warning").Quiet())
        {
            await Child.ReadyAsync(address, Stopwatch.StartNew());
            using var http = new HttpClient { BaseAddress = new(address) };
            var rounds = Links().Matches(await http.GetStringAsync("/ru/rounds")).Select(m => m.Groups[1].Value).Distinct().ToList();
            var results = "";
            foreach (var round in rounds)
                if ((await http.GetAsync($"/ru/rounds/{round}/results")).IsSuccessStatusCode) results = round;
            if (results == "") throw new InvalidOperationException("No round of the demonstration has a results page: " + string.Join(", ", rounds));
            var home = await http.GetStringAsync($"/ru/rounds/{results}/proposals");
            (string Name, string Path)[] pages = [("proposals list", $"/ru/rounds/{results}/proposals"), ("results", $"/ru/rounds/{results}/results")];
            var style = Style().Match(home).Groups[1].Value;
            foreach (var path in pages.Select(p => p.Path).Append(style)) await Load.MeasureAsync(port, path, Connections, 3);      // warm
            var seen = pages.Select(_ => new List<Load.Outcome>()).ToArray();
            var still = new List<Load.Outcome>();
            for (var i = 0; i < Rounds; i++)
            {
                still.Add(await Load.MeasureAsync(port, style, Connections, Seconds));
                for (var p = 0; p < pages.Length; p++) seen[p].Add(await Load.MeasureAsync(port, pages[p].Path, Connections, Seconds));
            }
            for (var p = 0; p < pages.Length; p++)
            {
                string Of(Func<Load.Outcome, double> value, string format) => Bench.Median(seen[p].Select(value)).ToString(format, CultureInfo.InvariantCulture);
                table.Add(pages[p].Name, Of(o => o.PerSecond, "0"), Bench.Median(still.Select(o => o.PerSecond)).ToString("0", CultureInfo.InvariantCulture), Bench.Median(seen[p].Zip(still, (a, b) => a.PerSecond / b.PerSecond)).ToString("0.000", CultureInfo.InvariantCulture),
                    Of(o => o.P50, "0.0"), Of(o => o.P99, "0.0"), (await http.GetByteArrayAsync(pages[p].Path)).Length.ToString(CultureInfo.InvariantCulture), seen[p].Sum(o => o.Others).ToString(CultureInfo.InvariantCulture));
            }
            table.Note = $"Static file: {style}, {(await http.GetByteArrayAsync(style)).Length} bytes.";
        }
        Directory.Delete(folder, recursive: true);
        return table;
    }

    [GeneratedRegex("href=\"/ru/rounds/([a-z0-9-]+)")]
    private static partial Regex Links();

    [GeneratedRegex("href=\"(/[^\"]+\\.css[^\"]*)\"")]
    private static partial Regex Style();
}
