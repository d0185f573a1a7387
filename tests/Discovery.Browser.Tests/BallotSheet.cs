using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>The ballot on the screen: the voter's own list and the rest.</summary>
public sealed partial class BallotSheet(Window window)
{
    public const string Path = "/rounds/" + TheSite.Open + "/ballot";

    public IPage Page { get; } = window.Page;

    public ILocator Mine => Page.Locator("ol.bal > li");

    public ILocator Rest => Page.Locator("ul.bal--un > li");

    public ILocator Says => Page.Locator("[data-ballot-says]");

    public ILocator Cast => Page.Locator("button[name=do][value=cast]");

    public ILocator Summary => Page.Locator(".errsum");

    public static ILocator Up(ILocator row) => row.Locator("button[value$=':up']");

    public static ILocator Down(ILocator row) => row.Locator("button[value$=':down']");

    public static ILocator Out(ILocator row) => row.Locator("button[value$=':out']");

    public static async Task<string> TitleAsync(ILocator row) => await row.Locator(".b__t").InnerTextAsync();

    /// <summary>The numbers on the voter's list, best first.</summary>
    public async Task<int[]> OrderAsync() =>
        [.. (await Page.Locator("input[name=order]").EvaluateAllAsync<string[]>("all => all.map(one => one.value)")).Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Puts the first of the rest on the voter's list, so many times.</summary>
    public async Task AddAsync(int times)
    {
        for (var i = await Mine.CountAsync() + 1; times > 0; times--, i++)
        {
            await Rest.First.Locator("button").ClickAsync();
            await Assertions.Expect(Mine).ToHaveCountAsync(i);
        }
    }

    /// <summary>Casts, and reads the receipt of the page that comes.</summary>
    public async Task<string> CastAsync()
    {
        await Cast.ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(ReceiptPage());
        return await Page.Locator(".ticket .code").InnerTextAsync();
    }

    /// <summary>What the ballot box holds for this voter.</summary>
    public static async Task<int[]> StoredAsync(TheSite site, Person voter)
    {
        using var http = site.AsVoter(voter.Id);
        var ballot = (await http.Get($"/api/voting/rounds/{TheSite.Open}/ballot")).GetProperty("ballot");
        return ballot.ValueKind == System.Text.Json.JsonValueKind.Null ? [] : [.. ballot.GetProperty("tiers").EnumerateArray().SelectMany(t => t.Ints())];
    }

    /// <summary>Somebody who is not signed in enters the code; the heading of the answer.</summary>
    public static async Task<string> CheckAsync(TheSite site, string lang, string code)
    {
        await using var window = await Window.OpenAsync(site, lang);
        await window.GoAsync($"{Path}/receipt");
        await window.Page.Locator("input[type=text], main form input").First.FillAsync(code);
        await window.SendAsync(window.Page.Locator("main form button").First);
        Assert.Empty(window.Complaints);
        return await window.Page.Locator("main .note h2, main .note h3, main .note b").First.InnerTextAsync();
    }

    [GeneratedRegex("/ballot/receipt\\?code=")]
    private static partial Regex ReceiptPage();
}
