namespace Discovery.BrowserTests;

public sealed class ErasureTests(TheSite site)
{
    [Theory]
    [InlineData("ru", true), InlineData("en", false)]
    public async Task A_person_downloads_the_own_data_and_then_erases_the_account(string lang, bool scripts)
    {
        var person = await Person.NewVoterAsync(site);
        await using var window = await Window.OpenAsync(site, lang, person, scripts);
        await window.GoAsync("/account");
        await window.Page.Locator("a[href$='/account/data']").First.ClickAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.Locator("a[href='/api/identity/me/export']").ClickAsync());
        Assert.EndsWith(".zip", download.SuggestedFilename, StringComparison.Ordinal);

        await window.SendAsync(window.Page.Locator("a[href$='/account/data/erase']"));
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        var code = await window.CodeFromLetterAsync(person.Email);
        await window.Page.Locator("#Input_Code").FillAsync(code == "000000" ? "000001" : "000000");
        Assert.Equal(422, await window.SendAsync(window.Page.Locator("main form .btn--bad")));
        await window.Page.Locator("#Input_Code").FillAsync(code);
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn--bad")));
        Assert.EndsWith("/account/erased", window.Page.Url, StringComparison.Ordinal);

        // Nobody is signed in, the old sign-in does not work, and officials see no name and no address.
        Assert.Equal(0, await window.Page.Locator("details.person").CountAsync());
        await window.GoAsync("/account");
        Assert.Contains("/sign-in", window.Page.Url, StringComparison.Ordinal);
        await using var official = await Window.OpenAsync(site, lang, await Person.OfficialEverywhereAsync(site));
        await official.GoAsync("/people?find=" + Uri.EscapeDataString(person.Email));
        Assert.Equal(0, await official.Page.Locator("main table").CountAsync());
        await official.GoAsync("/people/audit?whom=" + person.Id);
        await Assertions.Expect(official.Page.Locator("main table")).ToBeVisibleAsync();
        Assert.DoesNotContain(person.Name, await official.Page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }
}
