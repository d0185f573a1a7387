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

    static readonly int[] Sizes = [400_000, 250_000, 150_000, 100_000, 60_000, 40_000];
    static readonly CountRules Rules = new([.. Groups.Select(g => new Group(g))], K, "bench") { OrdinaryUnits = 1 };

    sealed record Figure(string What, double Cpu, double Wall, double Target);

    public static async Task<Table> RunAsync()
    {
        var one = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" };
        await using var child = Child.Self(one, "count");
        var table = new Table($"ranking (1 thread, M = {M}, {R} ranked, G = {Groups.Length}; median)", "what", "CPU", "wall", "target", "CPU / plain loop");
        var plain = 0.0;
        foreach (var line in (await child.FinishAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split('\t');
            double Number(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
            var figure = new Figure(cells[0], Number(1), Number(2), Number(3));
            if (plain == 0) plain = figure.Cpu;
            table.Add(figure.What, Milliseconds(figure.Cpu), Milliseconds(figure.Wall), figure.Target == 0 ? "yardstick" : Milliseconds(figure.Target), $"{figure.Cpu / plain:0.000} {(figure.Target == 0 ? "" : Verdict(figure.Cpu, figure.Target))}");
        }
        await using var scales = Child.Self(one, "weigh");
        var memory = double.Parse((await scales.FinishAsync()).Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
        table.Add("memory, 1M ballots: process with batches, tally, result", $"{memory:0} MB peak", "-", "250 MB", Verdict(memory, 250));
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

        var batches = Million();
        Say("pairwise, 1M ballots, sparse", 7, 60, () => { foreach (var batch in batches) Pairwise.Sparse(batch); });

        var tally = Whole(batches);
        var balance = new GroupBalance(tally, Rules);
        int[] members = [.. Enumerable.Range(0, M)];
        var tie = Discovery.Ranking.Count.TieRanks(members, TieOrder.Of(Proposals, Rules));
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
            var standings = Shortlist.Standings(tally, Rules, approvals, balance.C, balance.Total, [.. members.Select(_ => true)]);
            Shortlist.Fill(tally, Rules, approvals, balance.C, order, standings);
        });

        var random = new Random(7);
        var ballot = Random(random);
        tally.Add(0, 1, ballot);
        Say("one changed ballot, new consensus ranking", 25, 15, () =>
        {
            tally.Remove(0, 1, ballot);
            tally.Add(0, 1, ballot = Random(random));
            RankedPairs.Order(Margins.Sum(tally, members, new GroupBalance(tally, Rules).C), tie);
        });
        tally = null!;
        small = null!;

        // Buckets of the bootstrap by position in the group; the tally of all is their sum.
        var parts = Enumerable.Range(0, Stability.Buckets).Select(j => batches.Select((b, g) => Batch(Sizes[g] / Stability.Buckets, 100 + j * 10 + g)).ToArray()).ToArray();
        batches = null!;
        Say("whole result, 1M ballots, leave-one-group-out, 200 bootstrap draws", 3, 3000, () =>
        {
            var buckets = parts.Select(Whole).ToArray();
            var counted = new Tally(Proposals, Groups);
            foreach (var bucket in buckets) counted.Merge(bucket);
            Discovery.Ranking.Count.Run(counted, Rules);
            Stability.Bootstrap(buckets, counted, Rules);
        }, warm: 1);
        return 0;
    }

    /// <summary>Nothing but a million ballots, their tally and the result, for the peak of memory.</summary>
    public static int Weigh()
    {
        var batches = Million();
        var tally = Whole(batches);
        var result = Discovery.Ranking.Count.Run(tally, Rules);
        GC.KeepAlive(batches);
        GC.KeepAlive(tally);
        Console.WriteLine(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim() + " " + result.Seats.Count);
        return 0;
    }

    static void Say(string what, int rounds, double target, Action work, int warm = 3)
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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}\t{Bench.Median(cpu)}\t{Bench.Median(wall)}\t{target}"));
    }

    // Six groups of unequal size, as batches: what a count of a large election starts from.
    static BallotBatch[] Million() => [.. Sizes.Select((n, g) => Batch(n, g + 2))];

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
