using System.Globalization;
using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Host;
using Discovery.Host.Tools;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Npgsql;

namespace Discovery.Bench;

/// <summary>
/// List and search of a large round over HTTP, as API and as page, every request another one, against a constant text of the same server, in turns. All services in one
/// process: on SQLite, and with every database on PostgreSQL.
/// </summary>
internal static class ProposalsBench
{
    const string Slug = "many", Constant = "/bench/text", Target = "80 ms";
    const int Organisations = 300;

    static readonly int Size = Setting("BENCH_PROPOSALS", 5000), Connections = 64, Rounds = Setting("BENCH_ROUNDS", 3), Seconds = Setting("BENCH_SECONDS", 3), Questions = 2000;

    public static async Task<Table> RunAsync()
    {
        var table = new Table($"proposals ({Size} published, {Connections} connections; medians of {Rounds} rounds of {Seconds} s in turns)", "what", "requests/s", "constant text/s", "ratio", "CPU us", "text CPU us", "p50 ms", "p99 ms", "target", "text p99 ms", "bytes", "others");
        foreach (var mode in (Environment.GetEnvironmentVariable("BENCH_MODES") ?? "sqlite,postgres").Split(','))
        {
            if (mode == "postgres" && Environment.GetEnvironmentVariable("DISCOVERY_TEST_POSTGRES") is null) { Console.WriteLine("No PostgreSQL: ./dev bench starts one."); continue; }
            await MeasureAsync(mode, table);
        }
        table.Note = "The list in five orders, filtered by one sector in three, on any of its first ten pages; the search for one word in three, two words of one proposal, the first five letters of a word, and one word in eight with a letter left out.";
        return table;
    }

    static async Task MeasureAsync(string mode, Table table)
    {
        var (folder, port) = (Bench.Folder(), Child.FreePort());
        await using (var server = Child.Self(await EnvironmentAsync(mode, folder), "list", $"http://127.0.0.1:{port}", folder))
        {
            await server.ExpectAsync("ready");
            server.Quiet();
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            (string Name, string Path)[] all = [.. ((string[])["list API", "search API", "list page", "search page"]).Select(name => (name, "@" + Path.Combine(folder, name)))];
            foreach (var path in all.Select(p => p.Path).Append(Constant)) await Load.MeasureAsync(port, path, Connections, 4);      // warm
            var (seen, still, cpu, stillCpu) = (all.Select(_ => new List<Load.Outcome>()).ToArray(), new List<Load.Outcome>(), all.Select(_ => new List<double>()).ToArray(), new List<double>());
            for (var i = 0; i < Rounds; i++)
            {
                await TimeAsync(Constant, still, stillCpu);
                for (var p = 0; p < all.Length; p++) await TimeAsync(all[p].Path, seen[p], cpu[p]);
            }
            async Task TimeAsync(string path, List<Load.Outcome> outcomes, List<double> costs)
            {
                var before = Child.Cpu(server.Id);
                outcomes.Add(await Load.MeasureAsync(port, path, Connections, Seconds));
                costs.Add((Child.Cpu(server.Id) - before) * 1e6 / outcomes[^1].Answers);
            }
            for (var p = 0; p < all.Length; p++)
            {
                string Of(IEnumerable<Load.Outcome> outcomes, Func<Load.Outcome, double> value, string format) => Bench.Median(outcomes.Select(value)).ToString(format, CultureInfo.InvariantCulture);
                var p99 = Bench.Median(seen[p].Select(o => o.P99));
                table.Add($"{all[p].Name}, {mode}", Of(seen[p], o => o.PerSecond, "0"), Of(still, o => o.PerSecond, "0"), Bench.Median(seen[p].Zip(still, (a, b) => a.PerSecond / b.PerSecond)).ToString("0.000", CultureInfo.InvariantCulture),
                    Bench.Median(cpu[p]).ToString("0", CultureInfo.InvariantCulture), Bench.Median(stillCpu).ToString("0", CultureInfo.InvariantCulture), Of(seen[p], o => o.P50, "0.0"), Of(seen[p], o => o.P99, "0.0"), p99 <= 80 ? Target + " ok" : Target + " MISSED", Of(still, o => o.P99, "0.0"),
                    (await http.GetByteArrayAsync(File.ReadLines(all[p].Path[1..]).First())).Length.ToString(CultureInfo.InvariantCulture), seen[p].Sum(o => o.Others).ToString(CultureInfo.InvariantCulture));
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    static async Task<Dictionary<string, string>> EnvironmentAsync(string mode, string folder)
    {
        var environment = new Dictionary<string, string> { ["Data"] = folder, ["DOTNET_TC_CallCountingDelayMs"] = "0", ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false" };
        if (mode != "postgres") return environment;
        var server = Environment.GetEnvironmentVariable("DISCOVERY_TEST_POSTGRES")!;
        await using var maintenance = NpgsqlDataSource.Create(server + ";Database=postgres");
        foreach (var name in Modules.All.Select(m => m.Name).Append("keys"))
        {
            await using var drop = maintenance.CreateCommand($"drop database if exists bench_list_{name} with (force)");
            await drop.ExecuteNonQueryAsync();
            await using var create = maintenance.CreateCommand($"create database bench_list_{name}");
            await create.ExecuteNonQueryAsync();
            environment["ConnectionStrings__" + name] = $"{server};Database=bench_list_{name}";
        }
        return environment;
    }

    /// <summary>The child's part: the server, its round, and the files of what it will be asked.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var app = Service.Build(Modules.All, ["--urls=" + args[0], "--Logging:LogLevel:Default=Warning"]);
        var text = "";
        app.MapGet(Constant, () => Results.Text(text));
        await KeyRing.PrepareAsync(app.Services);
        await Migrations.ApplyAsync(app.Services);
        await app.StartAsync();
        var set = await SimilarBench.ReadAsync();
        List<SimilarBench.Proposal> proposals = [.. SimilarBench.Some(set.Corpus, Size)];
        await using (var installation = await Installation.RunningAsync(args[0])) await FillAsync(installation, proposals);
        using (var http = new HttpClient { BaseAddress = new(args[0]) })
        {
            text = await http.GetStringAsync($"/api/proposals/rounds/{Slug}");
            var (lists, searches) = (Lists().Take(Questions).ToList(), Searches(proposals).Take(Questions).ToList());
            foreach (var (name, before, questions) in new[] { ("list API", $"/api/proposals/rounds/{Slug}", lists), ("search API", $"/api/proposals/rounds/{Slug}", searches), ("list page", $"/ru/rounds/{Slug}/proposals", lists), ("search page", $"/ru/rounds/{Slug}/proposals", searches) })
                await File.WriteAllLinesAsync(Path.Combine(args[1], name), questions.Select(q => before + q));
        }
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        await app.StopAsync();
        return 0;
    }

    static IEnumerable<string> Lists()
    {
        var random = new Random(1);
        string[] orders = ["random", "new", "supported", "unsupported", "number"], sectors = ["agro", "health", "chem", "mach", "wood"];
        while (true)
        {
            var order = orders[random.Next(orders.Length)];
            yield return $"?sort={order}&p={random.Next(1, 11)}{(order == "random" ? $"&seed={random.Next(1, 5000)}" : "")}{(random.Next(3) == 0 ? "&sector=" + sectors[random.Next(sectors.Length)] : "")}";
        }
    }

    static IEnumerable<string> Searches(List<SimilarBench.Proposal> proposals)
    {
        var random = new Random(2);
        while (true)
        {
            var words = proposals[random.Next(proposals.Count)].Summary["ru"].Split(' ', '.', ',').Where(w => w.Length > 5).ToList();
            if (words.Count < 2) continue;
            string Word() => words[random.Next(words.Count)] is var word && random.Next(8) == 0 ? word.Remove(random.Next(1, word.Length - 1), 1) : word;
            yield return "?q=" + Uri.EscapeDataString(random.Next(3) switch { 0 => Word(), 1 => $"{Word()} {Word()}", _ => Word()[..5] });
        }
    }

    static async Task FillAsync(Installation installation, List<SimilarBench.Proposal> proposals)
    {
        var random = new Random(3);
        var organisations = Enumerable.Range(1, Organisations).Select(i => (Id: new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Kind: i % 3 == 0 ? "university" : "firm")).ToList();
        await installation.PostAsync("/api/identity/import", new { organisations = organisations.Select(o => new { id = o.Id, name = ReplayedRound.Both($"Organisation {o.Id.ToString()[..8]}"), kind = o.Kind }) });
        object Group(string id, params string[] kinds) => new { id, name = ReplayedRound.Both(id), @short = ReplayedRound.Both(id), kinds, weight = 1 };
        var round = new ReplayedRound(installation, Slug);
        await round.PublishAsync(new
        {
            slug = Slug,
            region = new Region("bench", ReplayedRound.Both("Bench"), "UTC", "chernila", [.. Enumerable.Range(0, 20).Select(i => new Cell($"m{i}", new Text($"Район {i}", $"District {i}"), i / 5, i % 5 + i / 5 % 2 * 0.5, i == 7))], []),
            title = ReplayedRound.Both("Bench"),
            question = ReplayedRound.Both("What is there?"),
            summary = ReplayedRound.Both("A round to measure with."),
            groups = new[] { Group("firms", "firm"), Group("science", "university") },
            k = 10,
            ballot = "ranking",
            maxRanked = 10,
            ties = true,
            phases = ReplayedRound.Phases(DateTimeOffset.UtcNow.AddDays(10)),
            origin = Origins.Demonstration,
        });
        await round.StartAsync(PhaseKinds.Proposals);
        Guid Some() => organisations[random.Next(organisations.Count)].Id;
        await round.ProposeAsync(proposals.Select((p, i) => new
        {
            number = i + 1, title = p.Title, summary = p.Summary, sector = p.Sector, municipality = $"m{random.Next(20)}", organisation = Some(), endorsers = Enumerable.Range(0, random.Next(6)).Select(_ => Some()),
        }));
        // The organisations of the supporters come by the bus.
        await installation.WaitAsync($"/api/proposals/rounds/{Slug}?sort=supported", list => list.GetProperty("items")[0].GetProperty("voices").GetInt32() >= 4);
    }

    static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
