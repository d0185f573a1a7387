using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Host;
using Discovery.Host.Tools;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;

namespace Discovery.Bench;

/// <summary>
/// Similar proposals, over HTTP and one request at a time, against the list's plain substring search for one word in the same rounds, in turns. The labelled set of the
/// tests fills the rounds; what is missing to 900 and 5,000 are texts of the set's own words in random order, which share all vocabulary and mean nothing.
/// </summary>
internal static class SimilarBench
{
    static readonly int[] Sizes = [110, 160, 900, 5000];

    internal sealed record Proposal(string Sector, Text Title, Text Summary);

    internal sealed record Question(string Lang, string Title, string Summary, bool HeldOut, int? Of);

    sealed record Found(int Number);

    internal sealed record Set(List<Proposal> Corpus, List<Question> Pairs, List<Question> Unrelated);

    public static async Task<Table> RunAsync()
    {
        var folder = Bench.Folder();
        await using var child = Child.Self(new Dictionary<string, string> { ["Data"] = folder, ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false" }, "seek");
        var table = new Table("similar proposals (SQLite, one process, one request at a time; medians)", "proposals", "recall at 5", "held out", "false alarms", "ms", "p99 ms", "substring search ms", "ratio", "new index ms", "index MB");
        foreach (var line in (await child.FinishAsync()).Split('\n').Where(l => l.StartsWith("row\t", StringComparison.Ordinal))) table.Add(line.Split('\t')[1..]);
        Directory.Delete(folder, recursive: true);
        table.Note = "160 is the labelled set as it is. Above that, recall and false alarms are what is left among thousands of texts made of nothing but the set's own words: no real round is like that.";
        return table;
    }

    /// <summary>The child's part: a server, its rounds, its questions; a line for each size.</summary>
    public static async Task<int> SeekAsync()
    {
        var set = await ReadAsync();
        var address = $"http://127.0.0.1:{Child.FreePort()}";
        var app = Service.Build(Modules.All, ["--urls=" + address, "--Logging:LogLevel:Default=Warning"]);
        await KeyRing.PrepareAsync(app.Services);
        await Migrations.ApplyAsync(app.Services);
        await app.StartAsync();
        await using var installation = await Installation.RunningAsync(address);
        foreach (var size in Sizes) await FillAsync(installation, Slug(size), [.. Some(set.Corpus, size)]);
        using var http = new HttpClient { BaseAddress = new(address) };
        foreach (var size in Sizes) await http.GetAsync(Search(size, set.Pairs[0]));
        foreach (var question in set.Unrelated) await http.GetAsync(Similar(Sizes[0], question));      // warm

        foreach (var size in Sizes)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var first = await TimeAsync(() => http.GetAsync(Similar(size, set.Pairs[0])));
            var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            var (similar, search, hits) = (new List<double>(), new List<double>(), new List<(bool HeldOut, bool Hit)>());
            for (var round = 0; round < 5; round++)
                foreach (var pair in set.Pairs.Where(p => p.Of <= size))
                {
                    List<Found> found = [];
                    similar.Add(await TimeAsync(async () => found = (await http.GetFromJsonAsync<List<Found>>(Similar(size, pair)))!));
                    search.Add(await TimeAsync(() => http.GetStringAsync(Search(size, pair))));
                    if (round == 0) hits.Add((pair.HeldOut, found.Exists(f => f.Number == pair.Of)));
                }
            var alarms = 0;
            foreach (var text in set.Unrelated)
                if ((await http.GetFromJsonAsync<List<Found>>(Similar(size, text)))!.Count > 0) alarms++;
            string[] row =
            [
                $"{size}", Share(hits.Count(h => h.Hit), hits.Count), Share(hits.Count(h => h.HeldOut && h.Hit), hits.Count(h => h.HeldOut)), Share(alarms, set.Unrelated.Count), Number(Bench.Median(similar), "0.00"),
                Number(similar.Order().ElementAt(similar.Count * 99 / 100), "0.0"), Number(Bench.Median(search), "0.00"), Number(Bench.Median(similar.Zip(search, (a, b) => a / b)), "0.00"), Number(first, "0"), Number(memory / 1048576.0, "0.0"),
            ];
            Console.WriteLine("row\t" + string.Join('\t', row));
        }
        await app.StopAsync();
        return 0;
    }

    internal static async Task<Set> ReadAsync() =>
        JsonSerializer.Deserialize<Set>(await File.ReadAllTextAsync(Path.Combine(Bench.Root, "tests", "Discovery.Services.Tests", "Proposals", "similar-pairs.json")), JsonSerializerOptions.Web)!;

    static string Slug(int size) => $"similar-{size}";

    static string Similar(int size, Question q) => $"/api/proposals/rounds/{Slug(size)}/similar?title={Uri.EscapeDataString(q.Title)}&summary={Uri.EscapeDataString(q.Summary)}&lang={q.Lang}";

    static string Search(int size, Question q) => $"/api/proposals/rounds/{Slug(size)}?q={Uri.EscapeDataString(q.Title.Split(' ').MaxBy(word => word.Length)!)}";

    static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static string Share(int part, int all) => Number((double)part / all, "0.000") + $" of {all}";

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The labelled set, and then texts of its own words.</summary>
    internal static IEnumerable<Proposal> Some(List<Proposal> corpus, int size)
    {
        var random = new Random(size);
        var sectors = corpus.GroupBy(p => p.Sector).Select(s => s.ToList()).ToList();
        string Words(List<Proposal> sector, int count, Func<Proposal, string> text) =>
            string.Join(' ', Enumerable.Range(0, count).Select(_ => text(sector[random.Next(sector.Count)]).Split(' ') is var words ? words[random.Next(words.Length)] : ""));
        foreach (var proposal in corpus.Take(size)) yield return proposal;
        for (var i = corpus.Count; i < size; i++)
        {
            var sector = sectors[random.Next(sectors.Count)];
            yield return new(sector[0].Sector, new(Words(sector, 6, p => p.Title["ru"]), Words(sector, 6, p => p.Title["en"])), new(Words(sector, 30, p => p.Summary["ru"]), Words(sector, 30, p => p.Summary["en"])));
        }
    }

    static async Task FillAsync(Installation installation, string slug, List<Proposal> proposals)
    {
        var round = new ReplayedRound(installation, slug);
        await round.PublishAsync(new
        {
            slug,
            region = new Region("bench", ReplayedRound.Both("Bench"), "UTC", "chernila", [], []),
            title = ReplayedRound.Both("Bench"),
            question = ReplayedRound.Both("What is similar?"),
            summary = ReplayedRound.Both("A round to measure with."),
            groups = new[] { new { id = "firms", name = ReplayedRound.Both("firms"), @short = ReplayedRound.Both("firms"), kinds = Array.Empty<string>(), weight = 1 } },
            k = 10,
            ballot = "ranking",
            maxRanked = 10,
            ties = true,
            phases = ReplayedRound.Phases(DateTimeOffset.UtcNow.AddDays(10)),
            origin = Origins.Import,
        });
        await round.StartAsync(PhaseKinds.Proposals);
        await round.ProposeAsync(proposals.Select((p, i) => new { number = i + 1, title = p.Title, summary = p.Summary, sector = p.Sector }));
    }
}
