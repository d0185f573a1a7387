using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>
/// A person without any account arrives at the ballot, signs up, enters the firm, proves the mandate, and casts a ballot in its name: the way that everything
/// about people, organisations and mandates exists for. <c>./dev accept identity</c> runs it in both modes.
/// </summary>
public sealed class ArrivalTests(TheSite site)
{
    [Theory]
    [InlineData("ru", "7707083893")]
    [InlineData("en", "5902202244")]
    public async Task Somebody_unknown_becomes_the_voice_of_a_firm_and_votes(string lang, string number)
    {
        TheSite.MustBeThere();
        var russian = lang == "ru";
        var (address, firm) = ($"founder.{lang}@browser.example", russian ? "ООО «Пекарня на мосту»" : "Bridge Bakery Ltd");
        await using var window = await Window.OpenAsync(site, lang);

        // From the ballot, which is what one comes for, to an account.
        await window.GoAsync(BallotSheet.Path);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = russian ? "Войти и голосовать" : "Sign in and vote" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = russian ? "Регистрация" : "Sign up" }).ClickAsync();
        await window.Page.Locator("#Input_DisplayName").FillAsync(russian ? "Мария Пекарева" : "Mary Baker");
        await window.Page.Locator("#Input_Email").FillAsync(address);
        await window.Page.Locator("label:has(#Input_Agrees)").ClickAsync();
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        await window.Page.Locator("#Input_Code").FillAsync(await window.CodeFromLetterAsync(address));
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}{lang}{BallotSheet.Path}");
        await Assertions.Expect(window.Page.Locator("form[data-ballot]")).ToHaveCountAsync(0);

        // The firm is not in the frame, so it is entered.
        await window.GoAsync("/account");
        await window.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = russian ? "Добавить организацию" : "Add an organisation" }).ClickAsync();
        await window.Page.Locator("#find").FillAsync(number);
        await window.SendAsync(window.Page.Locator("main form[role=search] .btn"));
        await window.Page.Locator("section[aria-labelledby=new] .btn").ClickAsync();
        await window.Page.Locator("#Input_Name_ru_").FillAsync(firm);
        await window.Page.Locator("input[name='Input.Kind'][value=firm]").CheckAsync();
        await window.Page.Locator("#Input_RegistrationNumber").FillAsync(number[..^1] + (char)('0' + (number[^1] - '0' + 1) % 10));
        Assert.Equal(422, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        await Assertions.Expect(window.Page.Locator("#Input_RegistrationNumber")).ToHaveAttributeAsync("aria-invalid", "true");
        await window.Page.Locator("#Input_RegistrationNumber").FillAsync(number);
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));

        // A signed paper proves that its founder speaks for it.
        await window.Page.Locator("input[name='Ask.Role'][value=head]").CheckAsync();
        await window.Page.Locator("#Ask_Position").FillAsync(russian ? "Директор" : "Director");
        await window.Page.Locator("input[name='Ask.Route'][value=document]").CheckAsync();
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("main form .btn").Last));
        await window.Page.Locator("#Paper").SetInputFilesAsync(new FilePayload { Name = russian ? "приказ.pdf" : "order.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"u8.ToArray() });
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("form[action*=Upload] .btn")));

        await using (var official = await Window.OpenAsync(site, lang, Person.Official))
        {
            await official.GoAsync("/organisations/claims");
            await official.Page.Locator("tr", new() { HasText = firm }).GetByRole(AriaRole.Link).First.ClickAsync();
            await official.Page.Locator("input[name='Input.Verify']").First.CheckAsync();
            await official.Page.Locator("input[name='Input.Role'][value=head]").CheckAsync();
            await official.Page.Locator("#Input_Reason").FillAsync(russian ? "Приказ сверен с реестром." : "The order agrees with the register.");
            Assert.Equal(200, await official.SendAsync(official.Page.Locator("main form .btn").Last));
            Assert.Empty(official.Complaints);
        }

        // The vote counts by the organisation, and every page says for whom one acts.
        await Portal.Until(async () =>
        {
            await window.GoAsync(BallotSheet.Path);
            return await window.Page.Locator("form[data-ballot]").CountAsync() > 0;
        }, "the ballot of the new firm");
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync(firm);
        var ballot = new BallotSheet(window);
        await ballot.AddAsync(3);
        Assert.Matches(new Regex("^[0-9a-f]{4}( [0-9a-f]{4}){4}$"), await ballot.CastAsync());
        await window.GoAsync("/account");
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync(firm);
        Assert.Empty(window.Complaints);
    }
}
