namespace Discovery.BrowserTests;

/// <summary>Ways in, as people take them.</summary>
public sealed class SignInTests(TheSite site)
{
    [Theory]
    [InlineData("ru", "Регистрация", "Получить код", "Войти")]
    [InlineData("en", "Sign up", "Get a code", "Sign in")]
    public async Task Somebody_new_signs_up_signs_out_and_comes_back_with_a_code(string lang, string signUp, string ask, string enter)
    {
        var address = $"arrival.{lang}@browser.example";
        await using var window = await Window.OpenAsync(site, lang);
        await window.GoAsync("/sign-in");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = signUp }).ClickAsync();
        await window.Page.Locator("#Input_DisplayName").FillAsync("Мария Пекарева");
        await window.Page.Locator("#Input_Email").FillAsync(address);
        await window.Page.Locator("label:has(#Input_Agrees)").ClickAsync();
        await window.SendAsync(window.Named(ask));
        await window.Page.Locator("#Input_Code").FillAsync(await window.CodeFromLetterAsync(address));
        await window.SendAsync(window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = enter }));
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}{lang}/account");
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("Мария Пекарева");

        await window.GoAsync("/sign-out");
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        await window.GoAsync("/sign-in?returnUrl=%2F" + lang + "%2Frounds");
        await window.Page.Locator("#Input_Email").FillAsync(address);
        await window.SendAsync(window.Named(ask));
        await window.Page.Locator("#Input_Code").FillAsync(await window.CodeFromLetterAsync(address));
        await window.SendAsync(window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = enter }));
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{site.Address}{lang}/rounds");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task An_official_adds_a_passkey_as_second_factor_and_signs_in_with_it_alone()
    {
        TheSite.MustBeThere();
        var official = await Person.NewOfficialAsync(site);
        await using var window = await Window.OpenAsync(site, "en", host: "localhost");
        // A device that knows its owner; WebAuthn wants a name, not the number of this machine.
        var devtools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await window.GoAsync("/sign-in/password");
        await window.Page.Locator("#Input_Email").FillAsync(official.Email);
        await window.Page.Locator("#Input_Password").FillAsync(TheSite.Password);
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        // Nothing official is open yet.
        Assert.Equal(403, await window.GoAsync("/rounds/new"));
        await window.GoAsync("/account/security");
        await window.Page.Locator("#Input_Name").FillAsync("Рабочий ноутбук");
        await window.SendAsync(window.Named("Add a passkey"));
        await Assertions.Expect(window.Page.GetByText("Рабочий ноутбук").First).ToBeVisibleAsync();
        Assert.Equal(200, await window.GoAsync("/rounds/new"));

        await window.GoAsync("/sign-out");
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        await window.GoAsync("/sign-in");
        await window.SendAsync(window.Named("Sign in with a passkey"));
        Assert.Equal(200, await window.GoAsync("/rounds/new"));
    }

    [Fact]
    public async Task An_official_ties_an_app_and_needs_it_at_the_next_sign_in()
    {
        TheSite.MustBeThere();
        var official = await Person.NewOfficialAsync(site);
        await using var window = await Window.OpenAsync(site, "ru");
        await SignInAsync(window, official);
        await Assertions.Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/ru/account/security/app$"));
        await window.TieAppAsync();
        var recovery = await window.Page.Locator(".codes li").First.InnerTextAsync();
        Assert.Equal(200, await window.GoAsync("/rounds/new"));

        await window.GoAsync("/sign-out");
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        await SignInAsync(window, official);
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Второй фактор");
        await window.Page.Locator("#Input_Code").FillAsync("000000");
        Assert.Equal(422, await window.SendAsync(window.Page.Locator("main form .btn").First));
        await window.Page.Locator("#Input_Code").FillAsync(recovery.ToLowerInvariant());
        await window.SendAsync(window.Page.Locator("main form .btn").First);
        Assert.Equal(200, await window.GoAsync("/rounds/new"));
        Assert.Empty(window.Complaints);
    }

    static async Task SignInAsync(Window window, Person who)
    {
        await window.GoAsync("/sign-in/password");
        await window.Page.Locator("#Input_Email").FillAsync(who.Email);
        await window.Page.Locator("#Input_Password").FillAsync(TheSite.Password);
        await window.SendAsync(window.Page.Locator("main form .btn").First);
    }
}
