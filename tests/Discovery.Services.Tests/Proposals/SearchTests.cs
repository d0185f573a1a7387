using System.Text.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Finding proposals: by words in whatever form, by filters, in an order.</summary>
public sealed class SearchTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    static readonly (int Number, string Sector, string Ru, string En)[] Texts =
    [
        (1, "agro", "Сыры и закваски на местных культурах", "Cheese of local cultures"),
        (2, "agro", "Хлеб из местной муки для школьного питания", "Bread of local flour for school meals"),
        (3, "chem", "Биоразлагаемая упаковка из крахмала", "Biodegradable packaging made from starch"),
        (4, "wood", "Клееный брус для домов", "Glued timber for houses"),
        (5, "eco", "Переработка ёлочных опилок в топливо", "Processing sawdust of firs into fuel"),
        (6, "digital", "Питание школьников: учёт в столовых", "School canteens that count what is eaten"),
    ];

    [Theory]
    [InlineData("сыр", new[] { 1 })]
    [InlineData("сырами", new[] { 1 })]
    [InlineData("СЫРЫ", new[] { 1 })]
    [InlineData("домах", new[] { 4 })]
    [InlineData("елочный", new[] { 5 })]
    [InlineData("ёлочные", new[] { 5 })]
    [InlineData("houses", new[] { 4 })]
    [InlineData("house", new[] { 4 })]
    [InlineData("process", new[] { 5 })]
    [InlineData("packages", new[] { 3 })]
    [InlineData("биоразл", new[] { 3 })]
    [InlineData("sta", new[] { 3 })]
    [InlineData("школьное питание", new[] { 2 })]
    [InlineData("школьно", new[] { 2 })]
    [InlineData("школ", new[] { 2, 6 })]
    [InlineData("\"школьное питание\"", new[] { 2 })]
    [InlineData("«школьного питания» мука", new[] { 2 })]
    [InlineData("«питание школьного»", new int[0])]
    [InlineData("\"local cultures\"", new[] { 1 })]
    [InlineData("\"cheese of local cultures\"", new[] { 1 })]
    [InlineData("местный", new[] { 1, 2 })]
    [InlineData("местная мука и хлеб", new[] { 2 })]
    [InlineData("хлеб крахмал", new int[0])]
    [InlineData("№ 12", new int[0])]
    [InlineData("%%%", new int[0])]
    [InlineData("' or 1=1 --", new int[0])]
    public async Task Words_are_found_in_every_form_and_all_of_them_must_be_there(string question, int[] expected)
    {
        var round = await FilledAsync();
        var list = await FindAsync(round, question);
        Assert.Equal(expected, list.Numbers().Order());
        Assert.Empty(list.GetProperty("instead").EnumerateArray());
    }

    [Theory]
    [InlineData("биоразлогаемая", "биоразлагаемая", 3)]
    [InlineData("опелок", "опилок", 5)]
    [InlineData("biodegradible", "biodegradable", 3)]
    public async Task A_word_that_nothing_holds_gives_way_to_the_nearest_and_the_page_says_so(string asked, string found, int number)
    {
        var round = await FilledAsync();
        var list = await FindAsync(round, asked);
        Assert.Equal([number], list.Numbers());
        Assert.Equal((asked, found), (list.GetProperty("instead")[0].Text("asked"), list.GetProperty("instead")[0].Text("found")));
        Assert.Contains($"“{found}”", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?q={Uri.EscapeDataString(asked)}"), StringComparison.Ordinal);
        Assert.Empty((await FindAsync(round, "жжжжжж")).Numbers());
    }

    [Fact]
    public async Task What_says_it_in_the_title_comes_first_and_the_order_may_still_be_chosen()
    {
        var round = await FillAsync();
        using var tool = app.AsTool();
        await tool.Post(round.Api("proposals", "/import"), new { reason = "the test needs them", proposals = new[] { new { number = 9, title = Town.Both("Ферма улиток", "A farm of snails"), summary = Town.Both("Улитки едят хлеб", "Snails eat bread"), sector = "agro" } } });
        var list = await FindAsync(round, "хлеб");
        Assert.Equal([2, 9], list.Numbers());
        Assert.Equal("relevance", list.Text("sort"));
        Assert.Equal([9, 2], (await app.Anonymous.Get(round.Api("proposals", "?q=bread&sort=new"))).Numbers());
        Assert.Equal("random", (await app.Anonymous.Get(round.Api("proposals", "?sort=relevance"))).Text("sort"));
    }

    [Fact]
    public async Task Filters_widen_within_one_narrow_together_and_nonsense_is_named()
    {
        var round = await FilledAsync();
        async Task<List<int>> By(string query) => [.. (await app.Anonymous.Get(round.Api("proposals", query + "&sort=number"))).Numbers()];
        Assert.Equal([1, 2, 3], await By("?sector=agro&sector=chem"));
        Assert.Equal([2], await By("?sector=agro&track=emerging"));
        Assert.Equal([1, 3, 5], await By("?municipality=m1"));
        Assert.Equal([2, 4, 6], await By("?municipality=-"));
        Assert.Equal([1, 4], await By("?type=new"));
        Assert.Equal([1, 2, 4, 5], await By("?type=new&type=diversify"));
        Assert.Equal([1, 3, 5], await By("?mode=mixed"));
        Assert.Equal([1, 2, 3, 4, 5], await By("?group=firms"));
        Assert.Equal([6], await By("?kind=university"));
        Assert.Equal([4], await By("?supporters=science"));
        var list = await app.Anonymous.Get(round.Api("proposals", "?sector=agro&sector=nonsense&mode=%00&municipality=m99&sort=name;drop&view=3d&seed=-1&p=9223372036854775808&q=bread"));
        Assert.Equal(7, list.GetProperty("ignored").GetArrayLength());
        Assert.Equal([2], list.Numbers());
        Assert.Equal("sector agro", string.Join(';', list.GetProperty("chosen").EnumerateArray().Select(c => $"{c.Text("name")} {c.Text("value")}")));
        Assert.Contains("nonsense", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?sector=nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_found_each_filter_can_be_dropped()
    {
        var round = await FilledAsync();
        var wider = (await app.Anonymous.Get(round.Api("proposals", "?q=bread&sector=wood"))).GetProperty("wider");
        Assert.Equal([1, 1], wider.EnumerateArray().Select(w => w.GetProperty("found").GetInt32()));
        var page = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?q=bread&sector=wood");
        Assert.Contains($"/en/rounds/{round.Slug}/proposals?sector=wood\"", page, StringComparison.Ordinal);
        Assert.Contains($"/en/rounds/{round.Slug}/proposals?q=bread\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_random_order_is_the_same_on_every_page_and_another_for_another_seed()
    {
        var round = await app.CollectingRound(new() { Proposals = 45 });
        async Task<List<int>> All(string seed)
        {
            var all = new List<int>();
            for (var page = 1; page <= 3; page++) all.AddRange((await app.Anonymous.Get(round.Api("proposals", $"?p={page}{seed}"))).Numbers());
            return all;
        }
        var (today, other) = (await All(""), await All("&seed=77"));
        Assert.Equal(Enumerable.Range(1, 45), today.Order());
        Assert.Equal(Enumerable.Range(1, 45), other.Order());
        Assert.NotEqual(today, other);
        Assert.Equal(today, await All(""));
    }

    [Fact]
    public async Task The_map_counts_the_districts_and_the_table_has_a_row_for_each()
    {
        var round = await FilledAsync();
        var map = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?view=map&type=new&type=modernise");
        Assert.Contains("aria-label=\"Town: 2\"", map, StringComparison.Ordinal);
        Assert.Contains($"href=\"/en/rounds/{round.Slug}/proposals?type=new&amp;type=modernise&amp;municipality=m1\"", map, StringComparison.Ordinal);
        Assert.Contains("About the whole region: 2 proposals", map, StringComparison.Ordinal);
        var table = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals?view=table");
        Assert.Equal(6, table.Split("<th scope=\"row\">").Length - 1);
    }

    static TestRound? filled;
    static readonly SemaphoreSlim Once = new(1);

    /// <summary>Tests only read it.</summary>
    async Task<TestRound> FilledAsync()
    {
        await Once.WaitAsync();
        try
        {
            return filled ??= await FillAsync();
        }
        finally
        {
            Once.Release();
        }
    }

    async Task<TestRound> FillAsync()
    {
        var round = await app.CollectingRound(new() { Proposals = 0 });
        var town = await app.Town;
        string[] types = ["new", "diversify", "modernise"];
        using (var tool = app.AsTool())
            await tool.Post(round.Api("proposals", "/import"), new
            {
                reason = "the test needs them",
                proposals = Texts.Select((t, i) => new
                {
                    number = t.Number, title = Town.Both(t.Ru, t.En), sector = t.Sector, kind = types[i % 3], mode = i % 2 == 0 ? "mixed" : "general", track = t.Number == 2 ? "emerging" : "main",
                    municipality = i % 2 == 0 ? "m1" : null, organisation = t.Number == 6 ? town.Universities[0].Subject : town.Firms[i].Subject, endorsers = t.Number == 4 ? [town.Universities[1].Subject] : Array.Empty<Guid>(),
                }),
            });
        // Organisations come by the bus.
        await app.Until(app.Anonymous, round.Api("proposals", "?group=firms"), l => l.GetProperty("found").GetInt32() == 5);
        await app.Until(app.Anonymous, round.Api("proposals", "?kind=university"), l => l.GetProperty("found").GetInt32() == 1);
        await app.Until(app.Anonymous, round.Api("proposals", "?supporters=science"), l => l.GetProperty("found").GetInt32() == 1);
        return round;
    }

    Task<JsonElement> FindAsync(TestRound round, string question) => app.Anonymous.Get(round.Api("proposals", "?q=" + Uri.EscapeDataString(question)));
}

internal static class Lists
{
    public static IEnumerable<int> Numbers(this JsonElement list) => list.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("number").GetInt32());
}
