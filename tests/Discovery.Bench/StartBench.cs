using System.Diagnostics;

namespace Discovery.Bench;

/// <summary>From the command to /health/ready of everything in one process, and what it then weighs; beside a start that does nothing.</summary>
internal static class StartBench
{
    const int Rounds = 5;

    public static async Task<Table> RunAsync()
    {
        var table = new Table($"start (published program, everything in one process; medians of {Rounds})", "what", "seen", "target", "discovery --help", "ratio");
        var (first, again, memory, help) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var folder = Bench.Folder();
            first.Add((await StartAsync(folder)).Seconds);
            var (seconds, megabytes) = await StartAsync(folder);
            again.Add(seconds);
            memory.Add(megabytes);
            var clock = Stopwatch.StartNew();
            await using (var child = Child.Start(Bench.App, null, "--help")) await child.FinishAsync();
            help.Add(clock.Elapsed.TotalSeconds);
            Directory.Delete(folder, recursive: true);
        }
        var nothing = Bench.Median(help);
        Say("start, databases there", Bench.Median(again));
        Say("first start, with all migrations", Bench.Median(first));
        var weight = Bench.Median(memory);
        table.Add("memory when ready (VmRSS)", $"{weight:0} MB", weight <= 250 ? "250 MB ok" : "250 MB MISSED", "-", "-");
        return table;

        void Say(string what, double seconds) => table.Add(what, $"{seconds:0.00} s", seconds <= 3 ? "3 s ok" : "3 s MISSED", $"{nothing:0.00} s", $"{seconds / nothing:0.0}");
    }

    static async Task<(double Seconds, double Megabytes)> StartAsync(string folder)
    {
        var address = $"http://127.0.0.1:{Child.FreePort()}";
        var clock = Stopwatch.StartNew();
        await using var child = Child.Start(Bench.App, null, "serve", "--Data", folder, "--urls", address, "--Logging:LogLevel:Default=Warning").Quiet();
        var ready = await Child.ReadyAsync(address, clock);
        return (ready.TotalSeconds, child.Megabytes("VmRSS") ?? double.NaN);
    }
}
