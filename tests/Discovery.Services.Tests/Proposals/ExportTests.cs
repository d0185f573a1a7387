using System.IO.Compression;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Lists as files and feeds: what is in them, and what spreadsheets would make of it.</summary>
public sealed class ExportTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    static readonly string[] Formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\"=1\"; =2", "=HYPERLINK(\"http://evil.example\")", "a;=cmd|' /C calc'!A0", "<b>&\"'</b>"];

    [Fact]
    public async Task Spreadsheets_see_text_as_text_and_numbers_as_numbers()
    {
        var round = await FilledAsync();
        var csv = await app.Anonymous.GetByteArrayAsync(round.Api("proposals", "/export.csv?sort=number"));
        Assert.Equal([0xef, 0xbb, 0xbf], csv[..3]);
        var lines = Encoding.UTF8.GetString(csv[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Formulas.Length + 1, lines.Length);
        Assert.StartsWith("number,organisation,organisation_name,title_ru,title_en,summary_ru", lines[0], StringComparison.Ordinal);
        Assert.Contains(",voices,support_firms,support_science,support_consumers,seat,rank", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1).Take(5), l => Assert.Matches("^\\d+,[^,]*,[^,]*,\"? ?'", l));

        var cells = await SheetAsync(round.Api("proposals", "/export.xlsx?sort=number"));
        Assert.DoesNotContain(cells, c => c.Element(Main + "f") is not null);
        Assert.Equal(Formulas, cells.Where(c => ((string?)c.Attribute("r"))?.StartsWith('D') ?? true).Select(c => c.Value).Intersect(Formulas));
        Assert.Contains(cells, c => (string?)c.Attribute("t") == "n" && c.Value == "9");

        var json = await app.Anonymous.Get(round.Api("proposals", "/export.json?sort=number"));
        Assert.Equal(Formulas, json.EnumerateArray().Select(p => p.Text("title_en")));
    }

    [Fact]
    public async Task A_file_holds_what_the_list_shows()
    {
        var round = await FilledAsync();
        Assert.Equal([2], (await app.Anonymous.Get(round.Api("proposals", "/export.json?sector=wood"))).EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        using var csv = await app.Anonymous.GetAsync(round.Api("proposals", "/export.csv?q=nothing-has-this"));
        Assert.Equal(("text/csv", $"proposals-{round.Slug}.csv"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.FileName));
        Assert.Single((await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(404, (await app.Anonymous.GetAsync("/api/proposals/rounds/no-such-round/export.xlsx").Refused()).Status);
        Assert.Contains($"/api/proposals/rounds/{round.Slug}/export.xlsx?sector=wood", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?sector=wood"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_has_the_newest_of_a_round_or_of_a_sector()
    {
        var round = await FilledAsync();
        var feed = await FeedAsync($"/ru/rounds/{round.Slug}/proposals/feed");
        Assert.Equal(Formulas.Length, feed.Items.Count());
        Assert.Contains(feed.Links, l => l.RelationshipType == "self" && l.Uri.AbsolutePath == $"/ru/rounds/{round.Slug}/proposals/feed");
        var sector = await FeedAsync($"/en/rounds/{round.Slug}/proposals/feed?sector=wood");
        Assert.Equal(["+1"], sector.Items.Select(i => i.Title.Text));
        Assert.NotEqual(feed.Id, sector.Id);
        Assert.Contains("Forest", sector.Title.Text + " Forest", StringComparison.Ordinal);
        Assert.EndsWith($"/en/rounds/{round.Slug}/proposals/2", sector.Items.Single().Links.Single().Uri.AbsolutePath, StringComparison.Ordinal);
    }

    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    async Task<List<XElement>> SheetAsync(string path)
    {
        using var zip = new ZipArchive(new MemoryStream(await app.Anonymous.GetByteArrayAsync(path)));
        await using var sheet = await zip.Entries.Single(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).OpenAsync(TestContext.Current.CancellationToken);
        return [.. (await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, TestContext.Current.CancellationToken)).Descendants(Main + "c")];
    }

    async Task<SyndicationFeed> FeedAsync(string path)
    {
        using var reader = XmlReader.Create(new StringReader(await app.Anonymous.GetStringAsync(path)));
        return SyndicationFeed.Load(reader);
    }

    async Task<TestRound> FilledAsync()
    {
        var round = await app.CollectingRound(new() { Proposals = 0 });
        using var tool = app.AsTool();
        await tool.Post(round.Api("proposals", "/import"), new { reason = "the test needs them", proposals = Formulas.Select((f, i) => new { number = i + 1, title = Town.Both(f, f), sector = i == 1 ? "wood" : "agro" }) });
        return round;
    }
}
