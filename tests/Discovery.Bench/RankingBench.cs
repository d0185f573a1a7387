using System.Globalization;
using Discovery.Ranking;

namespace Discovery.Bench;

/// <summary>
/// The table of ranking.md 5, single thread, in a process of its own with one processor. BenchmarkDotNet knows only wall time;
/// where others work on the same cores, processor time is what repeats, so both are taken here by hand.
/// </summary>
internal static class RankingBench
{
    const int M = 100, R = 10, K = 10;
    static readonly string[] Proposals = [.. Enumerable.Range(1, M).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    static readonly string[] Groups = ["firms", "science", "public", "consumers", "craft", "youth"];

    sealed record Figure(string What, double Cpu, double Wall, double Target);

    public static async Task<Table> RunAsync()
    {
        await using var child = Child.Self(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1", ["DOTNET_TieredPGO"] = "1" }, "count");
        var reading = child.FinishAsync();
        var table = new Table($"ranking (1 thread, M = {M}, {R} ranked, G = {Groups.Length}; median)", "what", "CPU", "wall", "target", "CPU / plain loop");
        var plain = 0.0;
        foreach (var line in (await reading).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split('\t');
            double Number(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
            if (cells[0] == "memory")
            {
                table.Add(cells[1], $"{Number(2):0} MB", "-", $"{Number(3):0} MB", Verdict(Number(2), Number(3)));
                continue;
            }
            var figure = new Figure(cells[0], Number(1), Number(2), Number(3));
            if (plain == 0) plain = figure.Cpu;
            table.Add(figure.What, Milliseconds(figure.Cpu), Milliseconds(figure.Wall), figure.Target == 0 ? "yardstick" : Milliseconds(figure.Target), $"{figure.Cpu / plain:0.000} {(figure.Target == 0 ? "" : Verdict(figure.Cpu, figure.Target))}");
        }
        table.Note = "The plain loop is the textbook one: for every ballot, every pair of proposals, two ranks compared.";
        return table;
    }

    static string Milliseconds(double ms) => ms < 100 ? $"{ms:0.0} ms" : $"{ms:0} ms";

    static string Verdict(double seen, double target) => seen <= target ? "ok" : "MISSED";

    /// <summary>The child's part: a line for each figure, what TAB CPU TAB wall TAB target, in milliseconds.</summary>
    public static int Count()
    {
        var small = Batch(100_000, 1);
        Say("plain loop, 100k ballots", 5, 0, PlainLoop(100_000));
        Say("pairwise, 100k ballots, sparse", 15, 10, () => Pairwise.Sparse(small));
        Say("pairwise, 100k ballots, dense", 15, 25, () => Pairwise.Dense(small));

        // A million ballots in six groups of unequal size, as batches: what a count of a large election starts from.
        int[] sizes = [400_000, 250_000, 150_000, 100_000, 60_000, 40_000];
        var batches = sizes.Select((n, g) => Batch(n, g + 2)).ToArray();
        Say("pairwise, 1M ballots, sparse", 7, 60, () => { foreach (var batch in batches) Pairwise.Sparse(batch); });

        var rules = new CountRules([.. Groups.Select(g => new Group(g))], K, "bench") { OrdinaryUnits = 1 };
        var tally = Whole(batches);
        var balance = new GroupBalance(tally, rules);
        int[] members = [.. Enumerable.Range(0, M)];
        var tie = Discovery.Ranking.Count.TieRanks(members, TieOrder.Of(Proposals, rules));
        Say("combine + Ranked Pairs + Schulze + Copeland + Borda", 25, 20, () =>
        {
            var margins = Margins.Sum(tally, members, balance.C);
            RankedPairs.Order(margins, tie);
            WidestPaths.SchulzeClasses(WidestPaths.Strengths(margins), M);
            _ = new Companions(margins, tie, M);
        });

        int[] order = [.. RankedPairs.Order(Margins.Sum(tally, members, balance.C), tie).Select(i => members[i])];
        Say("exact weighted Phragmen, 1M ballots, k = 10", 5, 600, () =>
        {
            var approvals = new ApprovalCounts(tally);
            var standings = Shortlist.Standings(tally, rules, approvals, balance.C, balance.Total, [.. members.Select(_ => true)]);
            Shortlist.Fill(tally, rules, approvals, balance.C, order, standings);
        });

        var random = new Random(7);
        var ballot = Random(random);
        tally.Add(0, 1, ballot);
        Say("one changed ballot, new consensus ranking", 25, 15, () =>
        {
            tally.Remove(0, 1, ballot);
            tally.Add(0, 1, ballot = Random(random));
            RankedPairs.Order(Margins.Sum(tally, members, new GroupBalance(tally, rules).C), tie);
        });
        tally = null!;
        small = null!;

        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        GC.WaitForPendingFinalizers();
        var peak = 0.0;
        Say("count + result, 1M ballots, with leave-one-group-out", 1, 0.001, () =>
        {
            var counted = Whole(batches);
            Discovery.Ranking.Count.Run(counted, rules);
            peak = GC.GetTotalMemory(false) / 1048576.0;
        }, warm: 1, hide: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory\tballots, tally and result of 1M x {M} (managed heap)\t{peak}\t250"));

        // Buckets of the bootstrap by position in the group; the tally of all is their sum.
        var parts = Enumerable.Range(0, Stability.Buckets).Select(j => batches.Select((b, g) => Batch(sizes[g] / Stability.Buckets, 100 + j * 10 + g)).ToArray()).ToArray();
        batches = null!;
        Say("whole result, 1M ballots, leave-one-group-out, 200 bootstrap draws", 3, 3000, () =>
        {
            var buckets = parts.Select(Whole).ToArray();
            var counted = new Tally(Proposals, Groups);
            foreach (var bucket in buckets) counted.Merge(bucket);
            Discovery.Ranking.Count.Run(counted, rules);
            Stability.Bootstrap(buckets, counted, rules);
        }, warm: 1);
        var high = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory\tthe same process at its peak (VmHWM, all rows above, buckets doubled)\t{double.Parse(high.Trim(), CultureInfo.InvariantCulture) / 1024}\t1000000"));
        return 0;
    }

    static void Say(string what, int rounds, double target, Action work, int warm = 3, bool hide = false)
    {
        for (var i = 0; i < warm; i++) work();
        var (cpu, wall) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var (before, start) = (Environment.CpuUsage.TotalTime, System.Diagnostics.Stopwatch.GetTimestamp());
            work();
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            wall.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        if (!hide) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}\t{Bench.Median(cpu)}\t{Bench.Median(wall)}\t{target}"));
    }

    static Tally Whole(BallotBatch[] batches)
    {
        var tally = new Tally(Proposals, Groups);
        for (var g = 0; g < batches.Length; g++) tally.AddAll(g, 1, batches[g]);
        return tally;
    }

    static BallotBatch Batch(int ballots, int seed)
    {
        var (random, batch) = (new Random(seed), new BallotBatch(M));
        for (var i = 0; i < ballots; i++) batch.Add(Random(random));
        return batch;
    }

    // Low numbers are liked more, so that margins differ and cycles are rare but there.
    static Ballot Random(Random random)
    {
        var (seen, tiers) = (new HashSet<int>(), new List<int[]>(R));
        while (tiers.Count < R)
        {
            var p = (int)(M * Math.Pow(random.NextDouble(), 1.3));
            if (seen.Add(p)) tiers.Add([p]);
        }
        return new(tiers);
    }

    static Action PlainLoop(int ballots)
    {
        var (random, ranks, cells) = (new Random(1), new int[ballots][], new long[M, M]);
        for (var i = 0; i < ballots; i++)
        {
            Array.Fill(ranks[i] = new int[M], int.MaxValue);
            var ballot = Random(random);
            for (var t = 0; t < R; t++) ranks[i][ballot.Tiers[t][0]] = t;
        }
        return () =>
        {
            foreach (var rank in ranks)
                for (var a = 0; a < M; a++)
                    for (var b = 0; b < M; b++)
                        if (rank[a] < rank[b]) cells[a, b]++;
        };
    }
}
