namespace Discovery.Bench;

/// <summary>Runs the chosen topics one after the other and prints a table for each.</summary>
internal static class Bench
{
    static readonly Dictionary<string, Func<Task<Table>>> Topics = new()
    {
        ["ranking"] = RankingBench.RunAsync,
        ["http"] = HttpBench.RunAsync,
        ["import"] = ImportBench.RunAsync,
        ["start"] = StartBench.RunAsync,
        ["pages"] = PagesBench.RunAsync,
        ["similar"] = SimilarBench.RunAsync,
        ["proposals"] = ProposalsBench.RunAsync,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var chosen = args is [] or ["all"] ? [.. Topics.Keys] : args;
        if (chosen.FirstOrDefault(t => !Topics.ContainsKey(t)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no topic '{unknown}': {string.Join(", ", Topics.Keys)} or all.");
            return 2;
        }
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}: believe the ratios, not the times.");
        foreach (var topic in chosen)
        {
            var table = await Topics[topic]();
            Console.WriteLine();
            Console.WriteLine(table);
        }
        return 0;
    }

    /// <summary>A new folder on the disk that the repository lies on: a memory file system would make every fsync free.</summary>
    public static string Folder() => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "bench", Guid.NewGuid().ToString("N")[..8])).FullName;

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The published program; <c>./dev bench</c> has built it.</summary>
    public static string App => Path.Combine(Root, "artifacts", "app", "discovery");

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Discovery.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
