namespace Discovery.BrowserTests;

/// <summary>A round from its charter to its result, by the pages alone; only the other voters use the API.</summary>
public sealed class OfficialsRoundTests(TheSite site)
{
    const string Slug = "browser-2040";

    readonly RoundWalk walk = new(site, Slug);

    [Fact]
    public async Task A_round_goes_from_the_charter_to_the_result_in_the_browser()
    {
        TheSite.MustBeThere();
        await using var official = await Window.OpenAsync(site, "ru", Person.Official);
        await using var second = await Window.OpenAsync(site, "en", Person.Second);
        var charter = new CharterSheet(official, Slug);
        await charter.WriteAsync("zarechnaya");
        await charter.MendAsync(k: 1, ranked: 2);
        await charter.PublishAsync(second);
        await StartAsync(official, "proposals");

        await using (var firm = await Window.OpenAsync(site, "ru", Person.Firm)) await walk.ProposeAsync(firm, "Речной причал", "agro");
        await using (var science = await Window.OpenAsync(site, "en", Person.Science)) await walk.ProposeAsync(science, "Quiet turbines", "energy");
        foreach (var _ in Enumerable.Range(0, 2)) await walk.PublishNextAsync(second);
        await walk.SupportAsync();

        await StartAsync(official, "admission");
        await walk.FreezeAsync(official);
        await walk.FreezeAsync(second);
        await Assertions.Expect(second.Page.Locator("main code").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));
        await StartAsync(official, "voting");

        await walk.VoteAsync();
        await walk.CloseAsync(official);

        await using var anybody = await Window.OpenAsync(site, "ru");
        await walk.PublishResultAsync(official, second, anybody, "Речной причал");
        await anybody.GoAsync(walk.At("/results/1"));
        await Assertions.Expect(anybody.Page.Locator("h1")).ToContainTextAsync("Речной причал");
        foreach (var window in new[] { official, second, anybody }) Assert.Empty(window.Complaints);
    }

    async Task StartAsync(Window window, string phase)
    {
        await walk.WhenThereAsync(window, "/run", $"button[formaction*='kind={phase}'][formaction*=Start]");
        await window.Page.Locator("#Input_Reason").FillAsync("Все готовы");
        await window.SendAsync(window.Page.Locator($"button[formaction*='kind={phase}'][formaction*=Start]"));
        await Assertions.Expect(window.Page.Locator(".errsum")).ToHaveCountAsync(0);
        using var http = site.Anonymous;
        await site.Until(http, $"/api/rounds/{Slug}", r => r.Text("phase") == phase);
    }
}
