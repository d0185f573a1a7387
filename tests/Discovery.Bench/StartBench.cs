using System.Diagnostics;

namespace Discovery.Bench;

/// <summary>From the command to /health/ready of everything in one process, and what it then weighs; beside a start that does nothing.</summary>
internal static class StartBench
{
    const int Rounds = 5;

    public static async Task<Table> RunAsync()
    {
        var table = new Table($"start (published program, everything in one process; medians of {Rounds})", "what", "seen", "CPU", "target", "discovery --help", "ratio");
        var (first, again, memory, help) = (new List<Started>(), new List<Started>(), new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var folder = Bench.Folder();
            first.Add(await StartAsync(folder));
            again.Add(await StartAsync(folder));
            memory.Add(again[^1].Megabytes);
            var clock = Stopwatch.StartNew();
            await using (var child = Child.Start(Bench.App, null, "--help")) await child.FinishAsync();
            help.Add(clock.Elapsed.TotalSeconds);
            Directory.Delete(folder, recursive: true);
        }
        var nothing = Bench.Median(help);
        Say("start, databases there", again);
        Say("first start, with all migrations", first);
        var weight = Bench.Median(memory);
        table.Add("memory when ready (VmRSS)", $"{weight:0} MB", "-", weight <= 250 ? "250 MB ok" : "250 MB MISSED", "-", "-");
        return table;

        void Say(string what, List<Started> starts)
        {
            var seconds = Bench.Median(starts.Select(s => s.Seconds));
            table.Add(what, $"{seconds:0.00} s", $"{Bench.Median(starts.Select(s => s.Cpu)):0.00} s", seconds <= 3 ? "3 s ok" : "3 s MISSED", $"{nothing:0.00} s", $"{seconds / nothing:0.0}");
        }
    }

    sealed record Started(double Seconds, double Cpu, double Megabytes);

    static async Task<Started> StartAsync(string folder)
    {
        var address = $"http://127.0.0.1:{Child.FreePort()}";
        var clock = Stopwatch.StartNew();
        await using var child = Child.Start(Bench.App, null, "serve", "--Data", folder, "--urls", address, "--Logging:LogLevel:Default=Warning").Quiet();
        var ready = await Child.ReadyAsync(address, clock);
        return new(ready.TotalSeconds, Child.Cpu(child.Id), child.Megabytes("VmRSS") ?? double.NaN);
    }
}
