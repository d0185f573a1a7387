using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Discovery.Bench;

/// <summary>A durable ballot over HTTP against an echo with the same sign-in check, in the same process, in turns.</summary>
internal static class HttpBench
{
    static readonly int Voters = Setting("BENCH_VOTERS", 20_000), Rounds = Setting("BENCH_ROUNDS", 5), Seconds = Setting("BENCH_SECONDS", 4), Warm = Setting("BENCH_WARM", 120);

    public static async Task<Table> RunAsync()
    {
        var table = new Table($"http (durable ballot, {BallotServer.Ranked} of {BallotServer.Proposals} ranked; medians of {Rounds} rounds of {Seconds} s in turns with the echo)",
            "what", "ballots/s", "echo/s", "ratio", "target", "p50 ms", "p99 ms", "echo p50", "echo p99", "batch", "CPU us app", "CPU us echo", "CPU us db", "CPU us rest", "disk B", "WAL B", "others");
        foreach (var mode in (Environment.GetEnvironmentVariable("BENCH_MODES") ?? "sqlite,postgres").Split(','))
        {
            if (mode == "postgres" && Environment.GetEnvironmentVariable("DISCOVERY_TEST_POSTGRES") is null) { Console.WriteLine("No PostgreSQL: ./dev bench starts one."); continue; }
            await using var scene = mode == "postgres" ? await Scene.DistributedAsync() : await Scene.EmbeddedAsync();
            foreach (var connections in (Environment.GetEnvironmentVariable("BENCH_CONNECTIONS") ?? "64,256").Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))) table.Add(await MeasureAsync(scene, connections));
        }
        table.Note = "Ratio: median of the ratios of neighbouring rounds. CPU: per ballot, until all has come to rest; rest = broker and the other services (counting). Disk: tables and indices of the ledger per entry.";
        return table;
    }

    static async Task<string[]> MeasureAsync(Scene scene, int connections)
    {
        var (ballots, echoes, ratios, cpu, echoCpu) = (new List<Load.Outcome>(), new List<Load.Outcome>(), new List<double>(), new List<double[]>(), new List<double>());
        await scene.WarmAsync(connections);
        await scene.QuietAsync();
        var (before, room) = (await scene.StatsAsync(), await scene.RoomAsync());
        for (var i = 0; i < Rounds; i++)
        {
            // Which one goes first alternates: a slow drift of the machine would favour the same one always.
            for (var turn = 0; turn < 2; turn++)
            {
                var start = scene.Cpu();
                if ((i + turn) % 2 == 0)
                {
                    var outcome = await scene.LoadAsync(BallotServer.Ballot, connections, Seconds);
                    await scene.QuietAsync();
                    ballots.Add(outcome);
                    cpu.Add([.. scene.Cpu().Zip(start, (a, b) => (a - b) * 1e6 / outcome.Answers)]);
                }
                else
                {
                    var outcome = await scene.LoadAsync(BallotServer.Echo, connections, Seconds);
                    echoes.Add(outcome);
                    echoCpu.Add((scene.Cpu()[0] - start[0]) * 1e6 / outcome.Answers);
                }
            }
            ratios.Add(ballots[^1].PerSecond / echoes[^1].PerSecond);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {scene.Name} {connections}: {ballots[^1].PerSecond:0} / {echoes[^1].PerSecond:0} = {ratios[^1]:0.00}, CPU {string.Join(" ", cpu[^1].Select(c => c.ToString("0", CultureInfo.InvariantCulture)))} us, echo {echoCpu[^1]:0} us"));
        }
        var (after, full) = (await scene.StatsAsync(), await scene.RoomAsync());
        var entries = after.Entries - before.Entries;
        string Of(IEnumerable<Load.Outcome> outcomes, Func<Load.Outcome, double> value, string format = "0.0") => Bench.Median(outcomes.Select(value)).ToString(format, CultureInfo.InvariantCulture);
        string Cost(int i) => Bench.Median(cpu.Select(c => c[i])).ToString("0", CultureInfo.InvariantCulture);
        var ratio = Bench.Median(ratios);
        return
        [
            $"{scene.Name}, {connections} connections", Of(ballots, o => o.PerSecond, "0"), Of(echoes, o => o.PerSecond, "0"), ratio.ToString("0.00", CultureInfo.InvariantCulture), connections == 256 ? (ratio >= 0.5 ? "0.5 ok" : "0.5 MISSED") : "-",
            Of(ballots, o => o.P50), Of(ballots, o => o.P99), Of(echoes, o => o.P50), Of(echoes, o => o.P99), (entries / Math.Max(1.0, after.Commits - before.Commits)).ToString("0", CultureInfo.InvariantCulture),
            Cost(0), Bench.Median(echoCpu).ToString("0", CultureInfo.InvariantCulture), Cost(1), Cost(2), $"{(full.Tables - room.Tables) / Math.Max(1, entries)}", full.Log == 0 ? "-" : $"{(full.Log - room.Log) / Math.Max(1, entries)}",
            ballots.Concat(echoes).Sum(o => o.Others).ToString(CultureInfo.InvariantCulture),
        ];
    }

    static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    sealed record Stats(long Commits, long Entries, long Methods);

    /// <summary>An installation with a prepared round, and what runs beside the server under test.</summary>
    sealed class Scene : IAsyncDisposable
    {
        readonly string folder = Bench.Folder();
        readonly int port = Child.FreePort();
        readonly List<Child> others = [];
        NpgsqlDataSource? postgres;
        Child server = null!;

        public required string Name { get; init; }

        string Requests => Path.Combine(folder, "requests");

        public static async Task<Scene> EmbeddedAsync()
        {
            // The tool that prepares the round, here in the server's process, would watch the working directory for settings and so every write to the databases below it; the program does not.
            var scene = new Scene { Name = "SQLite, one process" };
            scene.server = Child.Self(new Dictionary<string, string> { ["Data"] = scene.folder, ["DOTNET_TC_CallCountingDelayMs"] = "0", ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false" }, "serve", $"http://127.0.0.1:{scene.port}", "all");
            return await scene.OrNothing(() => scene.PrepareAsync($"http://127.0.0.1:{scene.port}"));
        }

        /// <summary>Voting alone in the server under test; the other services as one process of the published program, behind its gateway while the round is prepared.</summary>
        public static async Task<Scene> DistributedAsync()
        {
            var scene = new Scene { Name = "PostgreSQL + RabbitMQ" };
            var server = Environment.GetEnvironmentVariable("DISCOVERY_TEST_POSTGRES")!;
            await using (var maintenance = NpgsqlDataSource.Create(server + ";Database=postgres"))
                foreach (var name in (string[])["voting", "rounds", "proposals", "moderation", "identity", "aggregation", "keys"])
                {
                    await using var drop = maintenance.CreateCommand($"drop database if exists bench_{name} with (force)");
                    await drop.ExecuteNonQueryAsync();
                    await using var create = maintenance.CreateCommand($"create database bench_{name}");
                    await create.ExecuteNonQueryAsync();
                }
            scene.postgres = NpgsqlDataSource.Create(server + ";Database=bench_voting");
            await using (var durable = scene.postgres.CreateCommand("select current_setting('fsync') || current_setting('synchronous_commit')"))
                if ((string)(await durable.ExecuteScalarAsync())! != "onon") throw new InvalidOperationException("PostgreSQL runs without fsync: this would measure nothing.");
            var environment = new Dictionary<string, string> { ["Data"] = scene.folder, ["DOTNET_TC_CallCountingDelayMs"] = "0", ["ConnectionStrings__Bus"] = Environment.GetEnvironmentVariable("DISCOVERY_TEST_RABBITMQ")!, ["ConnectionStrings__Keys"] = server + ";Database=bench_keys" };
            string[] rest = ["identity", "rounds", "proposals", "moderation", "aggregation"];
            foreach (var name in (string[])["voting", .. rest]) environment["ConnectionStrings__" + name] = $"{server};Database=bench_{name}";
            var (neighbours, gate) = ($"http://127.0.0.1:{Child.FreePort()}", $"http://127.0.0.1:{Child.FreePort()}");
            scene.server = Child.Self(environment, "serve", $"http://127.0.0.1:{scene.port}", "voting");
            scene.others.Add(Child.Start(Bench.App, environment, ["serve", .. rest, "--urls", neighbours, "--Logging:LogLevel:Default=Warning"]).Quiet());
            return await scene.OrNothing(async () =>
            {
                await Child.ReadyAsync(neighbours, Stopwatch.StartNew());
                await using var gateway = Child.Start(Bench.App, environment, ["serve", "gateway", "--urls", gate, "--Logging:LogLevel:Default=Warning", $"--Services:voting=http://127.0.0.1:{scene.port}", .. rest.Select(name => $"--Services:{name}={neighbours}")]).Quiet();
                await Child.ReadyAsync(gate, Stopwatch.StartNew());
                await scene.PrepareAsync(gate);
            });
        }

        async Task<Scene> OrNothing(Func<Task> prepare)
        {
            try { await prepare(); return this; }
            catch { await DisposeAsync(); throw; }
        }

        async Task PrepareAsync(string door)
        {
            await server.ExpectAsync("ready");
            await server.SayAsync($"{door} {Voters} {Requests}");
            await server.ExpectAsync("prepared");
            server.Quiet();
        }

        public Task<Load.Outcome> LoadAsync(string path, int connections, double seconds) => Load.MeasureAsync(port, path, connections, seconds, Requests);

        /// <summary>Both endpoints in turns until the compiler has little left to do: on shared cores that lasts, and a server runs for weeks.</summary>
        public async Task WarmAsync(int connections)
        {
            var methods = (await StatsAsync()).Methods;
            for (var until = DateTime.UtcNow.AddSeconds(Warm); DateTime.UtcNow < until;)
            {
                await LoadAsync(BallotServer.Ballot, connections, 6);
                await LoadAsync(BallotServer.Echo, connections, 2);
                var now = (await StatsAsync()).Methods;
                Console.Error.WriteLine($"  warming up: {now - methods} methods compiled");
                if (now - methods < 100) return;
                methods = now;
            }
        }

        public async Task<Stats> StatsAsync()
        {
            using var http = new HttpClient();
            return (await http.GetFromJsonAsync<Stats>($"http://127.0.0.1:{port}{BallotServer.Stats}", JsonSerializerOptions.Web))!;
        }

        /// <summary>Processor seconds so far: the server; the database; broker and other services.</summary>
        public double[] Cpu() => [Child.Cpu(server.Id), postgres is null ? 0 : Named("postgres"), (postgres is null ? 0 : Named("beam.smp")) + others.Sum(o => Child.Cpu(o.Id))];

        // The servers of ./dev lie below DISCOVERY_TEST_RUN; other installations on this machine are not ours.
        static double Named(string name)
        {
            var run = Environment.GetEnvironmentVariable("DISCOVERY_TEST_RUN")!;
            var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!, CultureInfo.InvariantCulture)).ToList();
            if (name == "postgres")
            {
                var master = int.Parse(File.ReadLines(Path.Combine(run, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
                return Child.Cpu(master) + all.Where(p => Child.Parent(p) == master).Sum(Child.Cpu) + Child.CpuOfTheDead(master);
            }
            return all.Where(p => Child.CommandLine(p) is var line && line.Contains(name, StringComparison.Ordinal) && line.Contains(run, StringComparison.Ordinal)).Sum(Child.Cpu);
        }

        /// <summary>Waits until relay, broker and count have caught up, at most 20 s: their work belongs to the ballots, not to the round that follows.</summary>
        public async Task QuietAsync()
        {
            for (var until = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < until;)
            {
                var before = Cpu().Sum();
                await Task.Delay(1200);      // the count looks once a second
                if (Cpu().Sum() - before < 0.12) return;
            }
        }

        /// <summary>Bytes of the ledger's tables with their indices, and of the write-ahead log so far.</summary>
        public async Task<(long Tables, long Log)> RoomAsync()
        {
            if (postgres is null)
            {
                await Task.Yield();
                return (new FileInfo(Path.Combine(folder, "voting.db")).Length, 0);
            }
            await using var command = postgres.CreateCommand("select (pg_total_relation_size('ledger') + pg_total_relation_size('current_ballots'))::bigint, (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (reader.GetInt64(0), reader.GetInt64(1));
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            foreach (var other in others) await other.DisposeAsync();
            if (postgres is not null) await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
