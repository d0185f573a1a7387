namespace Discovery.BrowserTests;

public sealed class AccessTests(TheSite site)
{
    [Fact]
    public async Task An_official_reads_why_there_is_no_ballot()
    {
        await using var window = await Window.OpenAsync(site, "ru", Person.Official);
        Assert.Equal(200, await window.GoAsync(BallotSheet.Path));
        await Assertions.Expect(window.Page.Locator(".lead")).ToHaveTextAsync("Вы ведёте раунд и не голосуете.");
        await Assertions.Expect(window.Page.Locator("form[data-ballot]")).ToHaveCountAsync(0);
        await window.Page.Locator("main .btn").Last.ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}ru{BallotSheet.Path}/desk");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Somebody_unknown_signs_in_and_is_back_at_the_ballot()
    {
        TheSite.MustBeThere();
        var voter = await Person.OnlookerAsync(site);
        await using var window = await Window.OpenAsync(site, "en");
        await window.GoAsync(BallotSheet.Path);
        await Assertions.Expect(window.Page.Locator(".lead")).ToHaveTextAsync("Voting is open. Sign in to get your ballot.");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in and vote" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with a password" }).ClickAsync();
        await window.Page.GetByLabel("E-mail address", new() { Exact = true }).FillAsync(voter.Email);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TheSite.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}en{BallotSheet.Path}");
        await Assertions.Expect(window.Page.Locator("form[data-ballot]")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Somebody_without_a_mandate_reads_how_to_get_one()
    {
        TheSite.MustBeThere();
        await using var window = await Window.OpenAsync(site, "en", await Person.StrangerAsync(site));
        await window.GoAsync(BallotSheet.Path);
        await Assertions.Expect(window.Page.Locator(".lead")).ToHaveTextAsync("So far you have no vote in this round.");
        await Assertions.Expect(window.Page.GetByText("How to get one")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "My organisations" }).ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}en/organisations");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Whoever_may_vote_for_two_chooses_for_whom()
    {
        TheSite.MustBeThere();
        await using var window = await Window.OpenAsync(site, "ru", await Person.TwoHatsAsync(site));
        await window.GoAsync(BallotSheet.Path);
        var capacity = window.Page.Locator("#as");
        await Assertions.Expect(capacity.Locator("option")).ToHaveCountAsync(2);
        var second = (await capacity.Locator("option").Nth(1).GetAttributeAsync("value"))!;
        await capacity.SelectOptionAsync(second);
        await window.SendAsync(window.Page.Locator("button[name=do][value=as]"));
        await Assertions.Expect(capacity).ToHaveValueAsync(second);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_page_goes_on_in_the_other_language()
    {
        await using var window = await Window.OpenAsync(site, "ru");
        await window.GoAsync("/rounds/" + TheSite.Open + "/proposals?q=x");
        await window.Page.Locator(".me a[hreflang=en]").ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}en/rounds/{TheSite.Open}/proposals?q=x");
        await Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }
}
