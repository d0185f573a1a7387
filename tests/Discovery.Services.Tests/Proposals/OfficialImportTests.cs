using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Platform.Web;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Files of proposals that officials enter for others.</summary>
public sealed class OfficialImportTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    static readonly string[] Columns = ["organisation", "title_ru", "summary_ru", "sector", "municipality", "type", "keywords"];

    [Fact]
    public async Task A_file_is_checked_then_entered_as_it_was_and_taken_back_as_a_whole()
    {
        var (round, official) = (await RoundAsync(), app.As("official"));
        var batch = await UploadAsync(official, round, File(round, 3));
        Assert.Equal("checked", batch.Text("state"));
        Assert.Empty(batch.GetProperty("faults").EnumerateArray());
        Assert.Equal(1, (await app.Anonymous.Get(round.Api("proposals"))).GetProperty("published").GetInt32());
        var path = round.Api("proposals", $"/imports/{batch.Text("id")}");

        Assert.Equal("proposals.import.changed", (await official.PostAsJsonAsync(path + "/entry", new { hash = new string('0', 64) }).Refused()).Code);
        Assert.Equal(3, (await official.Post(path + "/entry", new { hash = batch.Text("hash") })).GetProperty("entered").GetInt32());
        Assert.Equal(3, (await official.Post(path + "/entry", new { hash = batch.Text("hash") })).GetProperty("entered").GetInt32());
        var entered = await official.Get(round.Api("proposals", "/2"));
        Assert.Equal("waiting", entered.Text("state"));
        Assert.False(entered.GetProperty("isOwn").GetBoolean());
        Assert.Contains("entered", entered.GetProperty("register").EnumerateArray().Select(a => a.Text("what")));
        using (var author = app.AsVoter((await app.Town).Firms[2].Person)) Assert.True((await author.Get(round.Api("proposals", "/2"))).GetProperty("isOwn").GetBoolean());
        Assert.Equal(404, (await app.Anonymous.GetAsync(round.Api("proposals", "/2")).Refused()).Status);

        // The same file again is nothing but duplicates.
        var again = await UploadAsync(official, round, File(round, 3));
        Assert.Equal(["2 title proposals.import.known", "3 title proposals.import.known", "4 title proposals.import.known"], Faults(again));
        Assert.Equal("proposals.import.faults", (await official.PostAsJsonAsync(round.Api("proposals", $"/imports/{again.Text("id")}/entry"), new { hash = again.Text("hash") }).Refused()).Code);

        Assert.True((await official.Get(path)).GetProperty("mayUndo").GetBoolean());
        for (var i = 0; i < 2; i++)
            using (var undone = await official.DeleteAsync(path + "/entry")) Assert.Equal(204, (int)undone.StatusCode);
        Assert.Equal(404, (await official.GetAsync(round.Api("proposals", "/2")).Refused()).Status);
        Assert.Equal("undone", (await official.Get(path)).Text("state"));
        Assert.Empty(Faults(await UploadAsync(official, round, File(round, 3))));
    }

    [Fact]
    public async Task What_was_decided_on_is_not_taken_back()
    {
        var (round, official) = (await RoundAsync(), app.As("official"));
        var batch = await UploadAsync(official, round, File(round, 2));
        var path = round.Api("proposals", $"/imports/{batch.Text("id")}");
        await official.Post(path + "/entry", new { hash = batch.Text("hash") });
        await round.DecideAsync(3, "publish");
        Assert.Equal("proposals.import.decided", (await official.DeleteAsync(path + "/entry").Refused()).Code);
        Assert.Equal("published", (await app.Anonymous.Get(round.Api("proposals", "/3"))).Text("state"));
    }

    [Fact]
    public async Task Every_fault_is_said_with_row_and_column_and_nothing_is_entered()
    {
        var (round, official) = (await RoundAsync(), app.As("official"));
        var town = await app.Town;
        object?[][] rows =
        [
            [town.Firms[1].Subject.ToString(), "Хлеб из местной муки", Long, "agro", "m1", "new", "хлеб; мука"],
            ["Nobody at all", "Сыр из местного молока", Long, "agro", null, null, null],
            [$"Организация {town.Firms[2].Subject:N}", "мало", "мало", "nonsense", "m99", "nonsense", null],
            [town.Firms[3].Subject.ToString(), "ХЛЕБ ИЗ  МЕСТНОЙ МУКИ", Long, "agro", null, null, null],
        ];
        var batch = await UploadAsync(official, round, Csv.Write(Columns, rows));
        Assert.Equal(
            ["3 organisation proposals.import.organisation", "4 municipality proposals.municipality.unknown", "4 sector proposals.sector.missing", "4 summary proposals.summary.short", "4 title proposals.title.short", "4 type proposals.kind.missing", "5 title proposals.import.twice"],
            Faults(batch).Order(StringComparer.Ordinal));
        var page = await official.GetStringAsync($"/en/rounds/{round.Slug}/proposals/import/{batch.Text("id")}");
        Assert.Contains("The same title as in row 2", page, StringComparison.Ordinal);
        Assert.Contains("7 faults", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_officials_of_the_region_bring_files_and_only_while_proposals_are_collected()
    {
        var round = await RoundAsync();
        foreach (var (who, status) in new[] { (app.Anonymous, 401), (app.AsVoter((await app.Town).Firms[1].Person), 403), (app.As("official", "elsewhere"), 403), (app.As("moderator"), 403), (app.AsTool(), 403) })
            Assert.Equal(status, (await PostAsync(who, round, File(round, 1)).Refused()).Status);
        var official = app.As("official");
        Assert.Equal(400, (await PostAsync(official, round, []).Refused()).Status);
        Assert.Equal(400, (await PostAsync(official, round, new byte[21 << 20]).Refused()).Status);
        Assert.Equal(404, (await official.GetAsync(round.Api("proposals", $"/imports/{Guid.NewGuid()}")).Refused()).Status);
        await round.StartAsync("admission");
        await Portal.Until(async () => (int)(await PostAsync(official, round, File(round, 1))).StatusCode == 409, "Proposals knows that the phase is over");
    }

    [Fact]
    public async Task Nine_hundred_rows_are_entered_in_ten_seconds()
    {
        var (round, official) = (await RoundAsync(), app.As("official"));
        var clock = Stopwatch.StartNew();
        var batch = await UploadAsync(official, round, File(round, 900));
        Assert.Empty(Faults(batch));
        await official.Post(round.Api("proposals", $"/imports/{batch.Text("id")}/entry"), new { hash = batch.Text("hash") });
        TestContext.Current.TestOutputHelper!.WriteLine($"900 rows: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.Equal("waiting", (await official.Get(round.Api("proposals", "/901"))).Text("state"));
    }

    [Fact]
    public async Task What_was_exported_can_be_entered_elsewhere_in_every_format()
    {
        var (from, official) = (await app.CollectingRound(new() { Proposals = 0 }), app.As("official"));
        var firm = (await app.Town).Firms[1].Subject;
        await app.AsTool().Post(from.Api("proposals", "/import"), new { reason = "the test needs them", proposals = new[] { new { number = 7, title = Town.Both("=Хлеб и соль", "=Bread and salt"), summary = Town.Both(Long, Long), sector = "agro", organisation = firm, details = new { keywords = new[] { "хлеб", "соль" } } } } });
        foreach (var format in new[] { "csv", "xlsx", "json" })
        {
            var file = await app.Anonymous.GetByteArrayAsync(from.Api("proposals", "/export." + format));
            var to = await RoundAsync();
            var batch = await UploadAsync(official, to, file);
            Assert.True(Faults(batch).Count == 0, $"{format}: {string.Join("; ", Faults(batch))}");
            await official.Post(to.Api("proposals", $"/imports/{batch.Text("id")}/entry"), new { hash = batch.Text("hash") });
            var content = (await official.Get(to.Api("proposals", "/2"))).GetProperty("content");
            Assert.Equal(("=Хлеб и соль", "=Bread and salt", "хлеб", "соль"), (content.GetProperty("title").Text("ru"), content.GetProperty("title").Text("en"), content.GetProperty("details").GetProperty("keywords")[0].GetString(), content.GetProperty("details").GetProperty("keywords")[1].GetString()));
        }
    }

    [Fact]
    public async Task The_sample_is_a_file_that_only_lacks_a_known_organisation()
    {
        var round = await RoundAsync();
        var sample = await app.Anonymous.GetByteArrayAsync(round.Api("proposals", "/imports/sample.csv"));
        Assert.Equal(["2 organisation proposals.import.organisation"], Faults(await UploadAsync(app.As("official"), round, sample)));
    }

    const string Long = "Здесь достаточно слов о том, что будет сделано и кому это нужно в области.";

    /// <summary>One proposal is there already; the firms of the town are known.</summary>
    Task<TestRound> RoundAsync() => app.CollectingRound(new() { Origin = "live", Proposals = 1 });

    byte[] File(TestRound round, int rows) =>
        Csv.Write(Columns, Enumerable.Range(1, rows).Select(i => (IReadOnlyList<object?>)[Portal.Id($"firm {2 + i % 10}").ToString(), $"Предложение {round.Slug} {i} из файла", Long, "agro", "m1", "new", "слово; другое"]));

    static Task<HttpResponseMessage> PostAsync(HttpClient who, TestRound round, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return who.PostAsync(round.Api("proposals", "/imports?reason=" + Uri.EscapeDataString("paper forms of the meeting")), content);
    }

    static async Task<JsonElement> UploadAsync(HttpClient official, TestRound round, byte[] file) =>
        await official.Get(round.Api("proposals", $"/imports/{(await PostAsync(official, round, file).Json()).Text("id")}"));

    static List<string> Faults(JsonElement batch) => [.. batch.GetProperty("faults").EnumerateArray().Select(f => $"{f.GetProperty("row").GetInt32()} {f.Text("column")} {f.Text("why")}")];
}
