using System.Diagnostics;

namespace Discovery.Bench;

/// <summary>A real election through ledger and bus, embedded: time and peak memory of the whole process, beside reading and counting the same file without them.</summary>
internal static class ImportBench
{
    const int Rounds = 3;

    public static async Task<Table> RunAsync()
    {
        var table = new Table($"import (Podgorze 2024, 6,839 ballots, 54 proposals; medians of {Rounds})", "what", "seen", "target", "rank without ledger and bus", "ratio");
        var file = Path.Combine(Bench.Root, "..", "shared", "data", "pabulib", "Poland_Krakow_2024_Podgorze.pb");
        if (!File.Exists(file))
        {
            table.Note = "Skipped: ../shared is not here.";
            return table;
        }
        var (imports, ranks, peaks) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var folder = Bench.Folder();
            var (seconds, peak) = await TimeAsync("import", file, "--data", folder, "--json");
            imports.Add(seconds);
            peaks.Add(peak);
            ranks.Add((await TimeAsync("rank", file, "--json")).Seconds);
            Directory.Delete(folder, recursive: true);
        }
        var (import, rank, memory) = (Bench.Median(imports), Bench.Median(ranks), Bench.Median(peaks));
        table.Add("time", $"{import:0.0} s", import <= 20 ? "20 s ok" : "20 s MISSED", $"{rank:0.0} s", $"{import / rank:0.0}");
        table.Add("peak memory (VmHWM)", $"{memory:0} MB", memory <= 400 ? "400 MB ok" : "400 MB MISSED", "-", "-");
        return table;
    }

    static async Task<(double Seconds, double Peak)> TimeAsync(params string[] args)
    {
        var clock = Stopwatch.StartNew();
        await using var child = Child.Start(Bench.App, null, args);
        var ended = child.FinishAsync();
        var peak = 0.0;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, child.Megabytes("VmHWM") ?? 0);
            await Task.WhenAny(ended, Task.Delay(20));
        }
        await ended;
        return (clock.Elapsed.TotalSeconds, peak);
    }
}
