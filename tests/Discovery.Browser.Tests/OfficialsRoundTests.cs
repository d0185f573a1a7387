namespace Discovery.BrowserTests;

/// <summary>A round from its charter to its result, by the pages alone; only the other voters use the API.</summary>
public sealed class OfficialsRoundTests(TheSite site)
{
    const string Slug = "browser-2040";

    [Fact]
    public async Task A_round_goes_from_the_charter_to_the_result_in_the_browser()
    {
        TheSite.MustBeThere();
        await using var official = await Window.OpenAsync(site, "ru", Person.Official);
        await using var second = await Window.OpenAsync(site, "en", Person.Second);
        await DraftAsync(official);

        await WhenThereAsync(official, "/run", "form[action*=Publish] .btn");
        await official.SendAsync(official.Page.Locator("form[action*=Publish] .btn"));
        await StartAsync(official, "proposals");

        await using (var firm = await Window.OpenAsync(site, "ru", Person.Firm)) await ProposeAsync(firm, "Речной причал", "agro");
        await using (var science = await Window.OpenAsync(site, "en", Person.Science)) await ProposeAsync(science, "Quiet turbines", "energy");
        foreach (var _ in Enumerable.Range(0, 2)) await PublishNextAsync(second);

        await StartAsync(official, "admission");
        await FreezeAsync(official);
        await FreezeAsync(second);
        await Assertions.Expect(second.Page.Locator("main code").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));
        await StartAsync(official, "voting");

        await VoteAsync();
        await CloseAsync(official);

        await WhenThereAsync(official, "/results", "form[action*=Publish] .btn");
        await using var anybody = await Window.OpenAsync(site, "ru");
        await anybody.GoAsync(At("/results"));
        await Assertions.Expect(anybody.Page.GetByText("Речной причал")).ToHaveCountAsync(0);
        await official.SendAsync(official.Page.Locator("form[action*=Publish] .btn"));
        await WhenThereAsync(second, "/results", "form[action*=Publish] .btn");
        await second.SendAsync(second.Page.Locator("form[action*=Publish] .btn"));

        await anybody.GoAsync(At("/results"));
        await Assertions.Expect(anybody.Page.Locator("main")).ToContainTextAsync("Речной причал");
        await anybody.GoAsync(At("/results/1"));
        await Assertions.Expect(anybody.Page.Locator("h1")).ToContainTextAsync("Речной причал");
        foreach (var window in new[] { official, second, anybody }) Assert.Empty(window.Complaints);
    }

    static string At(string path) => "/rounds/" + Slug + path;

    static async Task DraftAsync(Window window)
    {
        await window.GoAsync("/rounds");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Новый раунд" }).First.ClickAsync();
        foreach (var (field, text) in new[]
        {
            ("Title_ru", "Приоритеты 2040"), ("Title_en", "Priorities 2040"),
            ("Question_ru", "С чего начать?"), ("Question_en", "Where to begin?"),
            ("Summary_ru", "Проверка всего пути."), ("Summary_en", "A check of the whole way."),
        }) await window.Page.Locator($"#Input_{field}_").FillAsync(text);
        await window.Page.Locator("#Input_Slug").FillAsync(Slug);
        await window.Page.Locator("#Input_K").FillAsync("1");
        await window.Page.Locator("#Input_MaxRanked").FillAsync("2");
        await window.Page.Locator("details:has(#Input_ReconciliationHours) summary").ClickAsync();
        await window.Page.Locator("#Input_ReconciliationHours").FillAsync("0");
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(At("/run") + "$"));
    }

    async Task StartAsync(Window window, string phase)
    {
        await WhenThereAsync(window, "/run", $"button[formaction*='kind={phase}'][formaction*=Start]");
        await window.Page.Locator("#Input_Reason").FillAsync("Все готовы");
        await window.SendAsync(window.Page.Locator($"button[formaction*='kind={phase}'][formaction*=Start]"));
        await Assertions.Expect(window.Page.Locator(".errsum")).ToHaveCountAsync(0);
        using var http = site.Anonymous;
        await site.Until(http, $"/api/rounds/{Slug}", r => r.Text("phase") == phase);
    }

    static async Task ProposeAsync(Window window, string title, string sector)
    {
        var lang = window.Lang;
        await WhenThereAsync(window, "/proposals/new", "#Input_Title_" + lang + "_");
        await window.Page.Locator($"#Input_Title_{lang}_").FillAsync(title);
        foreach (var field in new[] { "Summary", "Today", "Market", "Strengths" })
            await window.Page.Locator($"#Input_{field}_{lang}_").FillAsync($"{title}: {field}. Здесь сказано достаточно, чтобы понять, о чём речь.");
        foreach (var (field, value) in new[] { ("Sector", sector), ("Kind", "new"), ("Mode", "general"), ("Track", "main") })
            await window.Page.Locator($"label:has(input[name='Input.{field}'][value='{value}'])").ClickAsync();
        await window.Page.Locator("#Input_Horizon").FillAsync($"{DateTime.UtcNow.Year + 5}");
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(title);
        Assert.Empty(window.Complaints);
    }

    static async Task PublishNextAsync(Window window)
    {
        await window.GoAsync(At("/proposals/desk"));
        await window.Page.Locator("#Input_Reason").FillAsync("Complete and clear");
        await window.SendAsync(window.Page.Locator("form.dec .btn").First);
        await Assertions.Expect(window.Page.Locator(".note--good")).ToBeVisibleAsync();
    }

    static async Task FreezeAsync(Window window)
    {
        await WhenThereAsync(window, "/proposals/list", "form:has(input[name='Input.ListHash']) .btn");
        await window.SendAsync(window.Page.Locator("form:has(input[name='Input.ListHash']) .btn"));
        await Assertions.Expect(window.Page.Locator(".errsum")).ToHaveCountAsync(0);
    }

    /// <summary>A firm by the page; some of the others by the API.</summary>
    async Task VoteAsync()
    {
        var voter = await Person.NewVoterAsync(site);
        await using (var window = await Window.OpenAsync(site, "en", voter))
        {
            await WhenThereAsync(window, "/ballot", "form[data-ballot]");
            var ballot = new BallotSheet(window);
            await ballot.Rest.Filter(new() { HasText = "Речной причал" }).Locator("button").ClickAsync();
            await ballot.CastAsync();
            Assert.Empty(window.Complaints);
        }
        var round = new TestRound(site, Slug, new() { Origin = "live" });
        var town = await site.Town;
        foreach (var other in town.Firms.Skip(2).Take(6).Concat(town.Universities.Skip(2).Take(6)).Concat(town.Consumers.Take(6)))
        {
            using (var http = site.AsVoter(other.Person)) await site.Until(http, $"/api/voting/rounds/{Slug}/ballot", b => b.GetProperty("capacities").GetArrayLength() > 0);
            await round.CastAsync(other, 1, 2);
        }
    }

    static async Task CloseAsync(Window window)
    {
        await window.GoAsync(At("/ballot/desk"));
        await window.Page.Locator("a[href$='step=close']").ClickAsync();
        await window.Page.Locator("#Input_Reason").FillAsync("Все проголосовали");
        await window.Page.Locator("label:has(#Input_Sure)").ClickAsync();
        await window.SendAsync(window.Page.Locator("form[action*=Close] .btn"));
        await Assertions.Expect(window.Page.Locator(".note--good")).ToBeVisibleAsync();
    }

    /// <summary>Looks again until it is there: services learn of each other's facts a moment later.</summary>
    static Task WhenThereAsync(Window window, string path, string wanted) => Portal.Until(async () =>
    {
        await window.GoAsync(At(path));
        return await window.Page.Locator(wanted).CountAsync() > 0;
    }, $"{wanted} on {path}");
}
