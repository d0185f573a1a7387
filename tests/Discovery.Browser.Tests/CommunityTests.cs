namespace Discovery.BrowserTests;

public sealed class CommunityTests(TheSite site)
{
    [Theory]
    [InlineData("ru", true)]
    [InlineData("en", false)]
    public async Task Three_members_join_by_list_by_code_and_by_request_and_each_votes_once_in_the_own_name(string lang, bool scripts)
    {
        TheSite.MustBeThere();
        var speaker = await CommunityScene.PersonAsync(site, "Head " + lang, ("community", "Общество пешеходов " + lang, "Walkers " + lang));
        var people = new List<Person>();
        foreach (var name in new[] { "Anna", "Boris", "Vera" }) people.Add(await CommunityScene.PersonAsync(site, $"{name} {lang}"));
        var place = $"/organisations/{CommunityScene.Of("Walkers " + lang)}";

        // The speaker brings a list, makes two codes and sees them once.
        await using var desk = await Window.OpenAsync(site, lang, speaker, scripts);
        Assert.Equal(200, await desk.GoAsync(place + "/members"));
        await desk.Page.Locator("#Input_Text").FillAsync($"{people[0].Email.ToUpperInvariant()}\nsomebody@else.example");
        Assert.Equal(200, await SendAsync(desk, "form[action*=List] .btn"));
        await Assertions.Expect(desk.Page.Locator(".note--good")).ToBeVisibleAsync();
        await desk.Page.Locator("#Input_Count").FillAsync("2");
        Assert.Equal(200, await SendAsync(desk, "form[action*=Codes] .btn"));
        await Assertions.Expect(desk.Page.Locator(".slip")).ToHaveCountAsync(2);
        var code = await desk.Page.Locator(".slip").First.InnerTextAsync();
        await desk.GoAsync(place + "/members");
        Assert.DoesNotContain(code, await desk.Page.ContentAsync(), StringComparison.Ordinal);

        await JoinAsync(people[0], async window => await SendAsync(window, "form[action*=List] .btn"));
        await JoinAsync(people[1], async window =>
        {
            await window.Page.Locator("#Input_Code").FillAsync("AAAAA-AAAAA");
            Assert.Equal(422, await SendAsync(window, "form[action*=Code] .btn"));
            await window.Page.Locator("#Input_Code").FillAsync(code.ToLowerInvariant());
            await SendAsync(window, "form[action*=Code] .btn");
        });
        await JoinAsync(people[2], async window =>
        {
            await SendAsync(window, "form[action*=Ask] .btn");
            await Assertions.Expect(window.Page.Locator("form[action*=TakeBack]")).ToBeVisibleAsync();
            await desk.GoAsync(place + "/members");
            await desk.Page.Locator($"input[name='Input.People'][value='{people[2].Id}']").CheckAsync();
            Assert.Equal(200, await SendAsync(desk, "button[formaction*=Confirm]"));
            await window.GoAsync(place + "/join");
        });

        foreach (var member in people)
        {
            using (var http = site.AsVoter(member.Id)) await site.Until(http, $"/api/voting/rounds/{TheSite.Open}/ballot", b => b.GetProperty("capacities").GetArrayLength() > 0);
            await using var window = await Window.OpenAsync(site, lang, member);
            await window.GoAsync(BallotSheet.Path);
            await Assertions.Expect(window.Page.Locator(".asrow b").First).ToHaveTextAsync(member.Name);
            var sheet = new BallotSheet(window);
            await sheet.AddAsync(2);
            var order = await sheet.OrderAsync();
            await sheet.CastAsync();
            Assert.Equal(order, await BallotSheet.StoredAsync(site, member));
            // Again is instead, not beside.
            await window.GoAsync(BallotSheet.Path);
            await sheet.CastAsync();
            using var mine = site.AsVoter(member.Id);
            var ballot = await mine.Get($"/api/voting/rounds/{TheSite.Open}/ballot");
            Assert.Equal((1, 2), (ballot.GetProperty("capacities").GetArrayLength(), ballot.GetProperty("ballot").GetProperty("receipt").GetProperty("revision").GetInt32()));
            Assert.Empty(window.Complaints);
        }
        // The speaker has none.
        await desk.GoAsync(BallotSheet.Path);
        await Assertions.Expect(desk.Page.Locator("form[data-ballot]")).ToHaveCountAsync(0);
        Assert.Empty(desk.Complaints);

        async Task JoinAsync(Person person, Func<Window, Task> join)
        {
            await using var window = await Window.OpenAsync(site, lang, person, scripts);
            Assert.Equal(200, await window.GoAsync(place + "/join"));
            await join(window);
            await Assertions.Expect(window.Page.Locator(".note--good")).ToBeVisibleAsync();
            Assert.Empty(window.Complaints);
        }
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Whoever_has_chosen_for_whom_to_act_reads_it_on_every_page_and_votes_so(string lang)
    {
        TheSite.MustBeThere();
        await using var window = await Window.OpenAsync(site, lang, await CommunityScene.ActingAsync(site));
        await window.GoAsync($"/account/act-for?returnUrl=/{lang}{BallotSheet.Path}");
        Assert.Equal(422, await window.SendAsync(window.Page.Locator("main form .btn")));
        var second = window.Page.Locator("main .opt").Nth(1);
        var name = (await second.Locator("span").First.EvaluateAsync<string>("e => e.firstChild.textContent")).Trim();
        var before = await SessionAsync(window);
        await second.Locator("input").CheckAsync();
        await window.SendAsync(window.Page.Locator("main form .btn"));
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}{lang}{BallotSheet.Path}");
        Assert.NotEqual(before, await SessionAsync(window));
        await Assertions.Expect(window.Page.Locator("#as option:checked")).ToContainTextAsync(name);
        foreach (var page in new[] { "", "/rounds/" + TheSite.Open, $"/rounds/{TheSite.Open}/proposals", $"/rounds/{TheSite.Published}/results", "/account", "/about/privacy", "/no/such/page" })
        {
            await window.GoAsync(page);
            await Assertions.Expect(window.Page.Locator(".acts b")).ToHaveTextAsync(name);
        }
        await window.Page.Locator(".acts a").ClickAsync();
        await Assertions.Expect(window.Page.Locator("main .opt input:checked")).ToHaveCountAsync(1);
        // Another site's address is not followed.
        await window.GoAsync("/account/act-for?returnUrl=//evil.example/");
        await window.Page.Locator("main .opt input").Last.CheckAsync();
        await window.SendAsync(window.Page.Locator("main form .btn"));
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}{lang}/account");
        await Assertions.Expect(window.Page.Locator(".acts b")).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.Locator(".acts")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_the_log_does_not_know_it()
    {
        TheSite.MustBeThere();
        var head = await CommunityScene.PersonAsync(site, "Head of tokens", ("firm", "Завод токенов", "Token works"));
        await using var window = await Window.OpenAsync(site, "en", head);
        await window.GoAsync("/account/tokens");
        await window.Page.Locator("#Input_Name").FillAsync("Ledger export");
        await window.Page.Locator("input[value='proposals:read']").CheckAsync();
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        var token = await window.Page.Locator("#token").InputValueAsync();
        using (var program = site.WithToken(token)) await program.Get($"/api/proposals/rounds/{TheSite.Open}");
        await window.GoAsync("/account/tokens");
        Assert.DoesNotContain(token[..40], await window.Page.ContentAsync(), StringComparison.Ordinal);
        await window.Page.Locator("main details summary").First.ClickAsync();
        await window.SendAsync(window.Page.Locator("form[action*=Revoke] .btn"));
        using var over = site.WithToken(token);
        await Portal.Until(async () => (int)(await over.GetAsync($"/api/proposals/rounds/{TheSite.Open}")).StatusCode == 401, "the token is over", 10);
        Assert.DoesNotContain(token[20..60], site.Said, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    static async Task<string> SessionAsync(Window window) => (await window.Page.Context.CookiesAsync()).Single(c => c.Name == "discovery").Value;

    static Task<int> SendAsync(Window window, string button) => window.SendAsync(window.Page.Locator(button).First);
}
