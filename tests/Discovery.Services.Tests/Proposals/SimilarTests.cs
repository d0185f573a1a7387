using System.Text.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>What is offered before somebody submits what is there already.</summary>
public sealed class SimilarTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Paraphrases_find_what_they_paraphrase_and_other_texts_find_little()
    {
        using var set = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.At("tests", "Discovery.Services.Tests", "Proposals", "similar-pairs.json")));
        List<JsonElement> All(string name) => [.. set.RootElement.GetProperty(name).EnumerateArray()];
        var (corpus, pairs, unrelated) = (All("corpus"), All("pairs"), All("unrelated"));
        Assert.True(corpus.Count >= 150 && unrelated.Count >= 30 && pairs.Count(p => p.Text("lang") == "ru") >= 30 && pairs.Count(p => p.Text("lang") == "en") >= 30);

        var round = await app.CollectingRound(new() { Proposals = 0 });
        await ImportAsync(round, [.. corpus.Select((p, i) => (i + 1, p.GetProperty("title"), p.GetProperty("summary")))]);
        var found = new List<(bool HeldOut, bool Found)>();
        foreach (var pair in pairs)
            found.Add((pair.GetProperty("heldOut").GetBoolean(), (await FindAsync(round, pair.Text("title")!, pair.Text("summary")!, pair.Text("lang")!)).Contains(pair.GetProperty("of").GetInt32())));
        var alarms = new List<bool>();
        foreach (var text in unrelated) alarms.Add((await FindAsync(round, text.Text("title")!, text.Text("summary")!, text.Text("lang")!)).Count > 0);

        var (whole, heldOut, false_) = (found.Average(f => f.Found ? 1.0 : 0), found.Where(f => f.HeldOut).Average(f => f.Found ? 1.0 : 0), alarms.Average(a => a ? 1.0 : 0));
        TestContext.Current.TestOutputHelper!.WriteLine($"recall at 5: {whole:0.000} of {found.Count}, held out {heldOut:0.000} of {found.Count(f => f.HeldOut)}; false alarms {false_:0.000} of {alarms.Count}");
        Assert.True(whole >= 0.9, $"recall at 5 is {whole:0.000}");
        Assert.True(heldOut >= 0.85, $"recall at 5 of what was held out is {heldOut:0.000}");
        Assert.True(false_ <= 0.1, $"{false_:0.000} of the unrelated texts are answered with something");
        // It would prove little if the same words stood on both sides.
        Assert.True(pairs.Average(p => Shared(p, corpus[p.GetProperty("of").GetInt32() - 1])) < 0.2);
    }

    [Fact]
    public async Task What_is_published_is_found_at_once_and_each_language_for_itself()
    {
        var round = await app.CollectingRound(new() { Proposals = 0 });
        const string Title = "Сушка шиповника на малых фермах", Summary = "Ленточные сушилки и общий склад шиповника для фармацевтов";
        Assert.Empty(await FindAsync(round, Title, Summary, "ru"));
        // The only one of its round, then one of several: how rare a word is must not be learned from the round alone.
        await ImportAsync(round, [(9, new { ru = Title }, new { ru = Summary })]);
        Assert.Equal([9], await FindAsync(round, Title, Summary, "ru"));
        Assert.Equal([9], await FindAsync(round, "Шыповник сушим у фермеров", "Складом и сушилкой пользуются сообща", "ru"));
        await ImportAsync(round, [.. Several(1, 8)]);
        Assert.Equal([9], await FindAsync(round, "Шыповник сушим у фермеров", "Складом и сушилкой пользуются сообща", "ru"));
        Assert.Equal([2], await FindAsync(round, "Школы для лётчиков и пилотов", "Пилотов учит школа", "ru"));
        Assert.Empty(await FindAsync(round, Title, Summary, "en"));
        Assert.Empty(await FindAsync(round, Title, Summary, "ru", "&except=9"));
    }

    [Fact]
    public async Task Nothing_in_means_nothing_out_and_no_more_than_five_come()
    {
        var round = await app.CollectingRound(new() { Proposals = 0 });
        await ImportAsync(round, [.. Several(1, 8), .. Enumerable.Range(9, 8).Select(n => (n, (object)new { en = $"Alpaca wool spinning village {n}" }, (object)new { en = "Yarn of alpacas spun in villages" }))]);
        foreach (var (title, summary) in new[] { ("", ""), ("and of the", ""), ("%%%", "\u0000\u200f"), (new string('x', 3000), "") }) Assert.Empty(await FindAsync(round, title, summary, "en"));
        Assert.Empty(await FindAsync(round, "Alpaca wool", "spinning", "no-language"));
        var many = await app.Anonymous.Get(Path(round, "Spinning alpaca wool", "A village spins yarn", "en"));
        Assert.Equal(5, many.GetArrayLength());
        var scores = many.EnumerateArray().Select(s => s.GetProperty("score").GetDouble()).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.All(scores, s => Assert.InRange(s, 0.01, 1));
        Assert.Equal("agro", many[0].Text("sector"));
        Assert.Equal(404, (await app.Anonymous.GetAsync("/api/proposals/rounds/no-such-round/similar?title=x").Refused()).Status);
    }

    static readonly string[] Others = ["Каменные мосты", "Школа пилотов", "Ремонт часов", "Морская соль", "Оперный театр", "Сборка телескопов", "Разведение лошадей", "Выпуск тетрадей"];

    static IEnumerable<(int, object, object)> Several(int from, int count) => Enumerable.Range(from, count).Select(n => (n, (object)new { ru = Others[n - 1] }, (object)new { ru = Others[n - 1] }));

    async Task ImportAsync<T>(TestRound round, List<(int Number, T Title, T Summary)> proposals)
    {
        using var tool = app.AsTool();
        await tool.Post(round.Api("proposals", "/import"), new { reason = "the test needs them", proposals = proposals.Select(p => new { number = p.Number, title = p.Title, summary = p.Summary, sector = "agro" }) });
    }

    static string Path(TestRound round, string title, string summary, string lang) => round.Api("proposals", $"/similar?title={Uri.EscapeDataString(title)}&summary={Uri.EscapeDataString(summary)}&lang={lang}");

    async Task<List<int>> FindAsync(TestRound round, string title, string summary, string lang, string more = "") =>
        [.. (await app.Anonymous.Get(Path(round, title, summary, lang) + more)).EnumerateArray().Select(s => s.GetProperty("number").GetInt32())];

    static double Shared(JsonElement pair, JsonElement of)
    {
        var lang = pair.Text("lang")!;
        HashSet<string> Words(string text) => [.. text.ToLowerInvariant().Split([' ', ',', '.', ':', ';', '-', '?'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2)];
        var words = Words(pair.Text("title") + " " + pair.Text("summary"));
        return words.Intersect(Words(of.GetProperty("title").Text(lang) + " " + of.GetProperty("summary").Text(lang))).Count() / (double)words.Count;
    }
}
