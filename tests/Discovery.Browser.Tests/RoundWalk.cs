namespace Discovery.BrowserTests;

/// <summary>The steps of a round by its pages, whoever moves its phases; only most of the voters use the API.</summary>
sealed class RoundWalk(TheSite site, string slug)
{
    public string At(string path) => "/rounds/" + slug + path;

    public async Task ProposeAsync(Window window, string title, string sector)
    {
        var lang = window.Lang;
        await WhenThereAsync(window, "/proposals/new", "#Input_Title_" + lang + "_");
        await window.Page.Locator($"#Input_Title_{lang}_").FillAsync(title);
        await window.Page.Locator($"#Input_Summary_{lang}_").FillAsync(Said("Summary"));
        foreach (var (field, value) in new[] { ("Sector", sector), ("Kind", "new"), ("Mode", "general"), ("Track", "main") })
            await window.Page.Locator($"label:has(input[name='Input.{field}'][value='{value}'])").ClickAsync();
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("form[data-draft] .btn:not([formaction])")));
        foreach (var field in new[] { "Today", "Market", "Strengths" })
            await window.Page.Locator($"#Input_{field}_{lang}_").FillAsync(Said(field));
        await window.Page.Locator("#Input_Horizon").FillAsync($"{DateTime.UtcNow.Year + 5}");
        for (var step = 2; step < 6; step++) Assert.Equal(200, await window.SendAsync(window.Page.Locator("form[data-draft] .btn:not([formaction])")));
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("button[formaction*=Send]")));
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync(title);
        Assert.Empty(window.Complaints);

        string Said(string field) => $"{title}: {field}. Здесь сказано достаточно, чтобы понять, о чём речь.";
    }

    public async Task PublishNextAsync(Window window)
    {
        await window.GoAsync(At("/proposals/desk"));
        await window.Page.Locator("#Input_Reason").FillAsync("Complete and clear");
        await window.SendAsync(window.Page.Locator("form.dec .btn").First);
        await Assertions.Expect(window.Page.Locator(".note--good")).ToBeVisibleAsync();
    }

    /// <summary>Each of two authors supports what the other proposes: without support nothing comes onto the list.</summary>
    public async Task SupportAsync()
    {
        foreach (var (who, lang, title) in new[] { (Person.Science, "en", "Речной причал"), (Person.Firm, "ru", "Quiet turbines") })
        {
            await using var window = await Window.OpenAsync(site, lang, who);
            await window.GoAsync(At("/proposals"));
            await window.Page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
            await window.SendAsync(window.Page.Locator("form[action*=Endorse] .btn"));
            await Assertions.Expect(window.Page.Locator("form[action*=TakeBack] .btn")).ToBeVisibleAsync();
            Assert.Empty(window.Complaints);
        }
    }

    public async Task FreezeAsync(Window window)
    {
        await WhenThereAsync(window, "/proposals/list", "form:has(input[name='Input.ListHash']) .btn");
        await window.SendAsync(window.Page.Locator("form:has(input[name='Input.ListHash']) .btn"));
        await Assertions.Expect(window.Page.Locator(".errsum")).ToHaveCountAsync(0);
    }

    /// <summary>A firm by the page; some of the others by the API.</summary>
    public async Task VoteAsync()
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
        var round = new TestRound(site, slug, new() { Origin = "live" });
        var town = await site.Town;
        foreach (var other in town.Firms.Skip(2).Take(6).Concat(town.Universities.Skip(2).Take(6)).Concat(town.Consumers.Take(6)))
        {
            using (var http = site.AsVoter(other.Person)) await site.Until(http, $"/api/voting/rounds/{slug}/ballot", b => b.GetProperty("capacities").GetArrayLength() > 0);
            await round.CastAsync(other, 1, 2);
        }
    }

    public async Task CloseAsync(Window window)
    {
        await window.GoAsync(At("/ballot/desk"));
        await window.Page.Locator("a[href$='step=close']").ClickAsync();
        await window.Page.Locator("#Input_Reason").FillAsync("Все проголосовали");
        await window.Page.Locator("label:has(#Input_Sure)").ClickAsync();
        await window.SendAsync(window.Page.Locator("form[action*=Close] .btn"));
        await Assertions.Expect(window.Page.Locator(".note--good")).ToBeVisibleAsync();
    }

    /// <summary>Both officials publish the result, which nobody else sees before.</summary>
    public async Task PublishResultAsync(Window official, Window second, Window anybody, string first)
    {
        await WhenThereAsync(official, "/results", "form[action*=Publish] .btn");
        await anybody.GoAsync(At("/results"));
        await Assertions.Expect(anybody.Page.GetByText(first)).ToHaveCountAsync(0);
        await official.SendAsync(official.Page.Locator("form[action*=Publish] .btn"));
        await WhenThereAsync(second, "/results", "form[action*=Publish] .btn");
        await second.SendAsync(second.Page.Locator("form[action*=Publish] .btn"));
        await anybody.GoAsync(At("/results"));
        await Assertions.Expect(anybody.Page.Locator("main")).ToContainTextAsync(first);
    }

    /// <summary>Looks again until it is there: services learn of each other's facts a moment later.</summary>
    public Task WhenThereAsync(Window window, string path, string wanted) => Portal.Until(async () =>
    {
        await window.GoAsync(At(path));
        return await window.Page.Locator(wanted).CountAsync() > 0;
    }, $"{wanted} on {path}");
}
