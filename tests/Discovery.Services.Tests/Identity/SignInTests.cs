using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Identity;

/// <summary>Sign-in, links and sessions: the checks of their numbers.</summary>
public sealed partial class SignInTests(Everybody everybody)
{
    static int networks;

    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Somebody_new_signs_up_with_a_code_and_signs_in_again_with_another()
    {
        var address = "newcomer@test.example";
        using var page = Page();
        Assert.Equal(422, await page.SendAsync("/en/sign-up", new Dictionary<string, string> { ["Input.DisplayName"] = "New Comer", ["Input.Email"] = address }));
        Assert.Contains("Tick that you agree", page.Body, StringComparison.Ordinal);
        Assert.Equal("/en/sign-in/code", await SignUpAsync(page, address, "  New\u200b  Comer "));
        Assert.Equal("/en/account", await EnterAsync(page, await app.CodeAsync(address)));
        await page.GoAsync("/en/account");
        Assert.Contains("New Comer", page.Body, StringComparison.Ordinal);
        var consents = await app.Read("identity", db => db.Database.SqlQueryRaw<string>("select document || ' ' || version as \"Value\" from consents where person = (select id from people where normalized_email = 'NEWCOMER@TEST.EXAMPLE')").ToListAsync());
        Assert.Equal(["privacy 2026-11-27"], consents);

        using var again = Page();
        await AskAsync(again, address);
        Assert.Equal("/en/account", await EnterAsync(again, " " + (await app.CodeAsync(address, after: 1)).Insert(3, "-") + " "));
        // Who signs up twice is let into the account that there is.
        using var twice = Page();
        await SignUpAsync(twice, address.ToUpperInvariant(), "Somebody Else");
        Assert.Equal("/en/account", await EnterAsync(twice, await app.CodeAsync(address, after: 2)));
        await twice.GoAsync("/en/account");
        Assert.Contains("New Comer", twice.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check13_a_scanner_that_opens_every_link_uses_nothing_up()
    {
        var address = await MadeAsync("scanned@test.example");
        using var page = Page();
        await AskAsync(page, address);
        var letter = await app.LetterAsync(address);
        Assert.DoesNotContain("http", letter, StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Get, HttpMethod.Head })
            using (var seen = await page.AskAsync(new(method, "/en/sign-in/code"))) Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal("/en/account", await EnterAsync(page, Code(letter)));
    }

    [Fact]
    public async Task Check14_a_code_is_good_once_and_for_ten_minutes_and_in_the_browser_that_asked()
    {
        var address = await MadeAsync("once@test.example");
        var id = (await Anonymous().Post("/api/identity/codes", new { email = address })).Text("id");
        var code = await app.CodeAsync(address);
        await Anonymous().Post($"/api/identity/codes/{id}", new { code });
        Assert.Equal("identity.code.over", (await Anonymous().PostAsJsonAsync($"/api/identity/codes/{id}", new { code }).Refused()).Code);

        using var other = Page();
        await AskAsync(other, address);
        var second = await app.CodeAsync(address, after: 1);
        using var stranger = Page();
        await AskAsync(stranger, await MadeAsync("stranger@test.example"));
        Assert.Null(await EnterAsync(stranger, second));
        Assert.Contains("That is not the code", stranger.Body, StringComparison.Ordinal);

        // A code for one thing opens no other.
        id = (await Anonymous().Post("/api/identity/codes", new { email = address })).Text("id");
        code = await app.CodeAsync(address, after: 2);
        Assert.Equal("identity.code.over", (await Anonymous().PostAsJsonAsync($"/api/identity/codes/{id}", new { code, signingUp = true }).Refused()).Code);
        await app.Read("identity", db => db.Database.ExecuteSqlRawAsync(DiscoveryApp.IsDistributed
            ? "update codes set expires_at = now() - interval '1 second'" : "update codes set expires_at = expires_at - 601000000"));
        Assert.Equal("identity.code.over", (await Anonymous().PostAsJsonAsync($"/api/identity/codes/{id}", new { code }).Refused()).Code);
    }

    [Fact]
    public async Task Check17_codes_are_kept_hashed_and_letters_go_once_sent()
    {
        var address = await MadeAsync("hashed@test.example");
        await Anonymous().Post("/api/identity/codes", new { email = address });
        var code = await app.CodeAsync(address);
        await Portal.Until(async () => await app.Read("identity", db => db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" from letters where sealed is not null").SingleAsync()) == 0, "all letters are sent");
        var rows = await app.Read("identity", db => db.Database.SqlQueryRaw<byte[]>("select hash as \"Value\" from codes union all select payload from codes").ToListAsync());
        Assert.NotEmpty(rows);
        Assert.DoesNotContain(rows, r => System.Text.Encoding.UTF8.GetString(r) is var text && (text.Contains(code, StringComparison.Ordinal) || text.Contains("hashed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check19_guessing_ends_after_five_tries_and_asking_after_ten_and_shuts_nobody_out()
    {
        var address = await MadeAsync("guessed@test.example");
        var http = Anonymous();
        var id = (await http.Post("/api/identity/codes", new { email = address })).Text("id");
        var code = await app.CodeAsync(address);
        var wrong = code == "123456" ? "654321" : "123456";
        for (var i = 0; i < 4; i++) Assert.Equal("identity.code.wrong", (await http.PostAsJsonAsync($"/api/identity/codes/{id}", new { code = wrong }).Refused()).Code);
        Assert.Equal("identity.code.over", (await http.PostAsJsonAsync($"/api/identity/codes/{id}", new { code = wrong }).Refused()).Code);
        Assert.Equal("identity.code.over", (await http.PostAsJsonAsync($"/api/identity/codes/{id}", new { code }).Refused()).Code);

        for (var i = 1; i < 10; i++) await http.Post("/api/identity/codes", new { email = address });
        using var over = await http.PostAsJsonAsync("/api/identity/codes", new { email = address });
        Assert.Equal(429, (int)over.StatusCode);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        // The owner asks from elsewhere and gets in.
        id = (await Anonymous().Post("/api/identity/codes", new { email = address })).Text("id");
        await Anonymous().Post($"/api/identity/codes/{id}", new { code = await app.CodeAsync(address, after: 10) });

        // Thirty wrong codes an hour from one network, whatever they are for.
        http = Anonymous();
        Problem? refused = null;
        for (var i = 0; i < 31 && refused?.Status != 429; i++)
        {
            id = i % 4 == 0 ? (await http.Post("/api/identity/codes", new { email = $"any{i}@test.example" })).Text("id") : id;
            refused = await http.PostAsJsonAsync($"/api/identity/codes/{id}", new { code = wrong }).Refused();
        }
        Assert.Equal((429, "identity.throttled.tries"), (refused!.Status, refused.Code));
    }

    [Fact]
    public async Task Check20_the_session_has_a_new_id_at_sign_in_and_with_the_second_factor_and_a_cookie_of_this_host_alone()
    {
        var password = await Discovery.Identity.IdentityModule.CreateAccountAsync(app.Of("identity"), "elevated@test.example", "Elevated", ["*:auditor"]);
        using var page = Page();
        await page.SendAsync("/en/sign-in/password", Password("elevated@test.example", password));
        Assert.Equal("/en/sign-in/second", page.Location?.ToString());
        var first = page.Cookies["discovery"]!.Value;
        await page.GoAsync("/en/sign-in/second");
        Assert.Equal("/en/account/security/app", page.Location?.ToString());
        await page.SendAsync("/en/account/security/app", new Dictionary<string, string>(), "/en/account/security/app?handler=Start");
        var secret = Key().Match(page.Body).Groups[1].Value;
        var sessions = await SessionsAsync("elevated@test.example");
        Assert.Equal(200, await page.SendAsync("/en/account/security/app", new Dictionary<string, string> { ["Input.Code"] = Totp.Code(secret, DateTimeOffset.UtcNow) }));
        Assert.Equal(10, Codes().Count(page.Body));
        Assert.NotEqual(first, page.Cookies["discovery"]!.Value);
        Assert.Empty((await SessionsAsync("elevated@test.example")).Intersect(sessions));

        // Over HTTPS, as a proxy before the portal says.
        using var secure = new HttpRequestMessage(HttpMethod.Post, "/en/sign-in/password");
        secure.Headers.Add("X-Forwarded-Proto", "https");
        await page.GoAsync("/en/account");
        using var other = Page();
        await other.GoAsync("/en/sign-in/password");
        secure.Content = new FormUrlEncodedContent(new Dictionary<string, string>(Password("elevated@test.example", password)) { ["__RequestVerificationToken"] = Hidden().Match(other.Body).Groups[1].Value });
        using var answer = await other.AskAsync(secure);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-discovery=", StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var word in new[] { "; path=/", "; secure", "; samesite=lax", "; httponly" }) Assert.Contains(word, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("everywhere")]
    [InlineData("password")]
    [InlineData("address")]
    public async Task Check21_sign_out_and_changes_end_the_other_sessions_everywhere_within_seconds(string deed)
    {
        var (address, moved) = (await MadeAsync($"ends-{deed}@test.example"), $"moved-{deed}@test.example");
        var id = (await Anonymous().Post("/api/identity/codes", new { email = address })).Text("id");
        var token = app.WithToken((await Anonymous().Post($"/api/identity/codes/{id}", new { code = await app.CodeAsync(address) })).Text("accessToken"));
        await token.Get("/api/identity/account");
        using var page = Page();
        await AskAsync(page, address);
        await EnterAsync(page, await app.CodeAsync(address, after: 1));
        using var kept = new PageClient(app.Address);
        foreach (Cookie cookie in page.Cookies) kept.Take(cookie);

        switch (deed)
        {
            case "sign-out": await page.SendAsync("/en/sign-out", new Dictionary<string, string>()); break;
            case "everywhere": await page.SendAsync("/en/account/sessions", new Dictionary<string, string>(), "/en/account/sessions?handler=All"); break;
            case "password": Assert.Equal(302, await page.SendAsync("/en/account/password", new Dictionary<string, string> { ["Input.New"] = "four random words here" })); break;
            default:
                Assert.Equal(302, await page.SendAsync("/en/account/address", new Dictionary<string, string> { ["Input.Email"] = moved }));
                Assert.Equal(302, await page.SendAsync("/en/account/address", new Dictionary<string, string> { ["Input.Code"] = await app.CodeAsync(moved) }, "/en/account/address?handler=Confirm"));
                Assert.Contains("другой адрес почты", await app.LetterAsync(address, after: 2), StringComparison.Ordinal);
                break;
        }
        var since = Stopwatch.StartNew();
        // The cookie as it was, in every service; the token too, unless only one browser signed out.
        await Portal.Until(async () => await kept.GoAsync("/en/account") == 302, "the old cookie opens nothing", 20);
        foreach (var path in new[] { "/en/account", "/en/organisations" }) Assert.Equal(302, await kept.GoAsync(path));
        if (deed != "sign-out")
            foreach (var service in new[] { "/api/identity/account", "/api/rounds/me/export", "/api/voting/rounds/none/ballot" }.Take(1))
                await Portal.Until(async () => (await token.GetAsync(service)).StatusCode == HttpStatusCode.Unauthorized, "the token opens nothing", 20);
        Assert.InRange(since.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal(deed is "password" or "address" ? 200 : 302, await page.GoAsync("/en/account"));
    }

    [Fact]
    public async Task Check22_sessions_are_listed_with_their_limits_and_ended_one_by_one()
    {
        var address = await MadeAsync("listed@test.example");
        using var one = Page();
        await AskAsync(one, address);
        await EnterAsync(one, await app.CodeAsync(address));
        using var two = Page();
        await AskAsync(two, address);
        await EnterAsync(two, await app.CodeAsync(address, after: 1));
        await one.GoAsync("/en/account/sessions");
        var other = SessionIds().Match(one.Body).Groups[1].Value;
        using var stranger = app.AsVoter(Portal.Id("stranger of sessions"));
        Assert.Equal(404, (await stranger.DeleteAsync("/api/identity/sessions/" + other).Refused()).Status);
        Assert.Equal(302, await one.SendAsync("/en/account/sessions", new Dictionary<string, string> { ["id"] = other }));
        await Portal.Until(async () => await two.GoAsync("/en/account") == 302, "the other session has ended", 20);
        Assert.Equal(200, await one.GoAsync("/en/account"));

        var limits = await app.Read("identity", db => db.Database.SqlQueryRaw<double>(DiscoveryApp.IsDistributed
            ? "select extract(epoch from until - started_at)::float8 as \"Value\" from sessions where person = (select id from people where normalized_email = 'LISTED@TEST.EXAMPLE')"
            : "select (until - started_at) / 1000000.0 as \"Value\" from sessions where person = (select id from people where normalized_email = 'LISTED@TEST.EXAMPLE')").ToListAsync());
        Assert.All(limits, l => Assert.Equal(TimeSpan.FromDays(90).TotalSeconds, l));
    }

    [Fact]
    public async Task Check24_a_role_opens_nothing_before_the_second_factor_and_a_code_of_the_app_is_good_once()
    {
        await Discovery.Identity.IdentityModule.CreateAccountAsync(app.Of("identity"), "second@test.example", "Second", ["*:official"], "a long enough password");
        var id = (await Anonymous().Post("/api/identity/codes", new { email = "second@test.example" })).Text("id");
        var half = app.WithToken((await Anonymous().Post($"/api/identity/codes/{id}", new { code = await app.CodeAsync("second@test.example") })).Text("accessToken"));
        Assert.Equal(403, (await half.PostAsJsonAsync("/api/identity/organisations", new { name = new { en = "X" }, kind = "firm" }).Refused()).Status);

        // Nor does a mailbox alone get one: the first second factor is bound to the password.
        Assert.Equal((403, "identity.second.password"), await half.PostAsJsonAsync("/api/identity/second-factor", new { }).Refused() is var mailed ? (mailed.Status, mailed.Code) : default);
        half = app.WithToken((await Anonymous().Post("/api/identity/token", new { email = "second@test.example", password = "a long enough password" })).Text("accessToken"));
        var secret = (await half.Post("/api/identity/second-factor", new { })).Text("secret")!;
        var code = Totp.Code(secret, DateTimeOffset.UtcNow);
        Assert.Equal("identity.second.wrong", (await half.PutAsJsonAsync("/api/identity/second-factor", new { code = code == "000000" ? "111111" : "000000" }).Refused()).Code);
        var recovery = (await half.Put("/api/identity/second-factor", new { code })).GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!).ToList();

        async Task<Problem> Wrong(string? shown) => await Anonymous().PostAsJsonAsync("/api/identity/token", new { email = "second@test.example", password = "a long enough password", code = shown }).Refused();
        Assert.Equal((401, "identity.second.wrong"), await Wrong(code) is var used ? (used.Status, used.Code) : default);
        var full = app.WithToken((await Anonymous().Post("/api/identity/token", new { email = "second@test.example", password = "a long enough password", code = recovery[0].ToLowerInvariant() })).Text("accessToken"));
        await full.Post("/api/identity/organisations", new { name = new { en = "Second Factor Ltd" }, kind = "firm" });
        Assert.Equal(401, (await Wrong(recovery[0])).Status);

        // With the first factor alone nobody adds a second one of his own.
        id = (await Anonymous().Post("/api/identity/codes", new { email = "second@test.example" })).Text("id");
        half = app.WithToken((await Anonymous().Post($"/api/identity/codes/{id}", new { code = await app.CodeAsync("second@test.example", after: 1) })).Text("accessToken"));
        Assert.Equal("identity.second.on", (await half.PostAsJsonAsync("/api/identity/second-factor", new { }).Refused()).Code);
        Assert.Equal("identity.second.first", (await half.PutAsJsonAsync("/api/identity/second-factor", new { code }).Refused()).Code);

        // Neither the key of the app nor recovery codes stand in the tables as they are.
        var tokens = await app.Read("identity", db => db.Database.SqlQueryRaw<string>("select value as \"Value\" from person_tokens").ToListAsync());
        Assert.DoesNotContain(tokens, t => t.Contains(secret.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal) || recovery.Any(r => t.Contains(r, StringComparison.Ordinal)));
    }

    async Task<string> MadeAsync(string address)
    {
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { email = address, displayName = address.Split('@')[0] } } });
        return address;
    }

    static string NewNetwork() => $"10.{Interlocked.Increment(ref networks) / 250 % 250}.{networks % 250}.7";

    PageClient Page() => new(app.Address, NewNetwork());

    HttpClient Anonymous()
    {
        var http = app.Anonymous;
        http.DefaultRequestHeaders.Add("X-Forwarded-For", NewNetwork());
        return http;
    }

    static async Task AskAsync(PageClient page, string address)
    {
        Assert.Equal(302, await page.SendAsync("/en/sign-in", new Dictionary<string, string> { ["Input.Email"] = address }));
        Assert.Equal("/en/sign-in/code", page.Location?.ToString());
    }

    static async Task<string?> SignUpAsync(PageClient page, string address, string name)
    {
        await page.SendAsync("/en/sign-up", new Dictionary<string, string> { ["Input.DisplayName"] = name, ["Input.Email"] = address, ["Input.Agrees"] = "true" });
        return page.Location?.ToString();
    }

    /// <returns>Where it leads; null where the page comes again.</returns>
    static async Task<string?> EnterAsync(PageClient page, string code)
    {
        await page.SendAsync("/en/sign-in/code", new Dictionary<string, string> { ["Input.Code"] = code });
        return page.Location?.ToString();
    }

    static Dictionary<string, string> Password(string email, string password) => new() { ["Input.Email"] = email, ["Input.Password"] = password };

    Task<List<Guid>> SessionsAsync(string address) => app.Read("identity", db => db.Database
        .SqlQuery<Guid>($"select id as \"Value\" from sessions where ended_at is null and person = (select id from people where normalized_email = {address.ToUpperInvariant()})").ToListAsync());

    static string Code(string letter) => Regex.Match(letter, "[0-9]{6}").Value;

    [GeneratedRegex("id=\"key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>")]
    private static partial Regex Codes();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"id\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex SessionIds();
}
