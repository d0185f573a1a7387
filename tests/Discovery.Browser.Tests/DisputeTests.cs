using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>Two people claim one organisation, and an official decides: all of it on pages.</summary>
public sealed class DisputeTests(TheSite site)
{
    [Fact]
    public async Task Two_people_claim_one_firm_and_an_official_decides()
    {
        TheSite.MustBeThere();
        await using var ada = await Window.OpenAsync(site, "ru", await Person.NewAsync(site, []));
        await using var bea = await Window.OpenAsync(site, "en", await Person.NewAsync(site, []), scripts: false);
        await using var official = await Window.OpenAsync(site, "ru", await Person.OfficialEverywhereAsync(site));

        await ada.GoAsync("/organisations/register?find=7702070139");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Внести организацию" }).ClickAsync();
        await RegisterAsync(ada, "ООО «Спорный причал»");
        await Assertions.Expect(ada.Page).ToHaveURLAsync(new Regex("/claim$"));
        await AskAsync(ada, "Заявка");
        await ada.Page.Locator("#Paper").SetInputFilesAsync(new FilePayload { Name = "приказ.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"u8.ToArray() });
        await ada.SendAsync(ada.Page.Locator("form[action*=Upload] .btn"));
        await Assertions.Expect(ada.Page.Locator("main")).ToContainTextAsync("приказ.pdf");

        // The second one wants to enter the same firm and is led to the first.
        await bea.GoAsync("/organisations/new");
        await RegisterAsync(bea, "Она же");
        await Assertions.Expect(bea.Page).ToHaveURLAsync(new Regex("/claim\\?known=true$"));
        await Assertions.Expect(bea.Page.Locator("main")).ToContainTextAsync("Спорный причал");
        await AskAsync(bea, "Request");
        await Assertions.Expect(bea.Page.Locator("main")).ToContainTextAsync("Somebody else claims this organisation too");
        await ada.Page.ReloadAsync();
        await Assertions.Expect(ada.Page.Locator("main")).ToContainTextAsync("претендует ещё кто-то");

        await official.GoAsync("/organisations/claims");
        await official.Page.Locator("li", new() { HasText = "Спорный причал" }).GetByRole(AriaRole.Link).ClickAsync();
        Assert.Equal(422, await official.SendAsync(official.Page.Locator("main form .btn").Last));
        await official.Page.Locator("input[name='Input.Winners']").CheckAsync();
        await official.Page.Locator("#Input_Reason").FillAsync("Приказ подписан, сверено с реестром.");
        await official.SendAsync(official.Page.Locator("main form .btn").Last);
        await Assertions.Expect(official.Page).ToHaveURLAsync(new Regex("/organisations/[0-9a-f-]{36}$"));

        await ada.GoAsync("/organisations");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Спорный причал" }).ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#who")).ToBeVisibleAsync();
        await bea.Page.ReloadAsync();
        await Assertions.Expect(bea.Page.Locator("main")).ToContainTextAsync("Приказ подписан, сверено с реестром.");
        foreach (var window in new[] { ada, bea, official }) Assert.Empty(window.Complaints);
    }

    static async Task RegisterAsync(Window window, string name)
    {
        await window.Page.Locator("#Input_Name_ru_").FillAsync(name);
        await window.Page.Locator("input[name='Input.Kind'][value=firm]").CheckAsync();
        await window.Page.Locator("#Input_RegistrationNumber").FillAsync("7702070139");
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
    }

    static async Task AskAsync(Window window, string heading)
    {
        await window.Page.Locator("input[name='Ask.Role'][value=head]").CheckAsync();
        await window.Page.Locator("#Ask_Position").FillAsync("Директор");
        await window.Page.Locator("input[name='Ask.Route'][value=document]").CheckAsync();
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        await Assertions.Expect(window.Page.Locator("#state")).ToHaveTextAsync(heading);
    }
}
