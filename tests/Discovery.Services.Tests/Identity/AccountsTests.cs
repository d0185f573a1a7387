using System.Net.Http.Json;
using Discovery.ServicesTests.Voting;

namespace Discovery.ServicesTests.Identity;

public sealed class AccountsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task From_a_first_administrator_to_a_firm_that_votes_and_a_mandate_that_ends()
    {
        var password = await Discovery.Identity.IdentityModule.CreateAccountAsync(app.Of("identity"), "first@test.example", "First", ["*:administrator"]);
        var administrator = await OfAuthorityAsync("first@test.example", password);
        var made = await administrator.Post("/api/identity/accounts", new { email = "off@test.example", displayName = "Official", roles = new[] { "*:official" } });
        var official = await OfAuthorityAsync("off@test.example", made.Text("password")!);
        Assert.Equal(403, (await official.PostAsJsonAsync("/api/identity/accounts", new { email = "x@test.example", displayName = "X", roles = new[] { "*:official" } }).Refused()).Status);

        var firm = (await official.Post("/api/identity/organisations", new { name = new { ru = "ООО «Новая»", en = "New Ltd" }, kind = "firm", registrationNumber = "7707083893" })).Text("id");
        Assert.Equal("identity.organisation.taken", (await official.PostAsJsonAsync("/api/identity/organisations", new { name = new { ru = "ООО «Новая»" }, kind = "firm", registrationNumber = "7707083893" }).Refused()).Code);
        var mandate = await official.Post($"/api/identity/organisations/{firm}/mandates", new { email = "director@test.example", displayName = "Director" });
        var director = await SignInAsync("director@test.example", mandate.Text("password")!);
        Assert.Equal(firm, (await director.Get("/api/identity/account")).GetProperty("mandates")[0].Text("organisation"));

        var round = await app.OpenRound();
        await app.Until(director, round.Api("voting", "/ballot"), b => b.GetProperty("chosen").GetInt32() == 0);
        await director.Put(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 3 } } });

        Assert.Equal(404, (await app.AsVoter(Portal.Id("stranger of mandates")).DeleteAsync("/api/identity/mandates/" + mandate.Text("mandate")).Refused()).Status);
        await official.DeleteAsync("/api/identity/mandates/" + mandate.Text("mandate")).Json();
        await app.Until(director, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 0);
        Assert.Equal("voting.stranger", (await app.MustRefuseAsync(round, director, """{"tiers":[[4]]}""")).Code);
    }

    [Fact]
    public async Task Unknown_and_wrong_are_answered_alike_and_ten_wrong_tries_wait()
    {
        await Discovery.Identity.IdentityModule.CreateAccountAsync(app.Of("identity"), "locked@test.example", "Locked", [], "a long enough password");
        var (home, away) = (From("198.51.100.7"), From("203.0.113.9"));
        var unknown = await home.PostAsJsonAsync("/api/identity/token", new { email = "nobody@test.example", password = "wrong" }).Refused();
        for (var i = 0; i < 10; i++)
        {
            var wrong = await away.PostAsJsonAsync("/api/identity/token", new { email = "locked@test.example", password = "wrong" }).Refused();
            Assert.Equal((401, unknown.Code, unknown.Detail), (wrong.Status, wrong.Code, wrong.Detail));
        }
        using var over = await away.PostAsJsonAsync("/api/identity/token", new { email = "locked@test.example", password = "a long enough password" });
        Assert.Equal(429, (int)over.StatusCode);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 15 * 60);
        // Whoever guesses elsewhere shuts nobody out at home.
        Assert.NotNull((await home.Post("/api/identity/token", new { email = "locked@test.example", password = "a long enough password" })).Text("accessToken"));
    }

    [Fact]
    public async Task What_is_not_yours_does_not_exist()
    {
        var town = await app.Town;
        var stranger = app.AsVoter(town.Firms[5].Person);
        Assert.Equal(404, (await stranger.GetAsync($"/api/identity/organisations/{town.Firms[1].Subject}").Refused()).Status);
        Assert.Equal(404, (await app.As("official").GetAsync($"/api/identity/organisations/{Guid.NewGuid()}").Refused()).Status);
        Assert.Equal(0, (await stranger.Get("/api/identity/organisations")).GetProperty("organisations").EnumerateArray().Count(o => o.GetProperty("id").GetGuid() != town.Firms[5].Subject));

        var draft = await TestRound.DraftAsync(app, new() { Origin = "live" });
        foreach (var who in new[] { stranger, app.Anonymous, app.As("official", "elsewhere"), app.AsTool() })
            Assert.Equal((404, "round.unknown"), await who.GetAsync(draft.Api("rounds")).Refused() is var p ? (p.Status, p.Code) : default);
        Assert.Equal(404, (await stranger.PostAsJsonAsync(draft.Api("rounds", "/publish"), new { }).Refused()).Status);
        Assert.Equal("draft", (await app.As("official").Get(draft.Api("rounds"))).Text("status"));
    }

    /// <summary>A client of another network: the gateway, or a proxy before it, says whose request it is.</summary>
    HttpClient From(string address)
    {
        var http = app.Anonymous;
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return http;
    }

    async Task<HttpClient> SignInAsync(string email, string password, string? code = null) =>
        app.WithToken((await app.Anonymous.Post("/api/identity/token", new { email, password, code })).Text("accessToken"));

    async Task<HttpClient> OfAuthorityAsync(string email, string password)
    {
        var halfway = await SignInAsync(email, password);
        Assert.Equal(403, (await halfway.PostAsJsonAsync("/api/identity/accounts", new { email = "x@test.example", displayName = "X" }).Refused()).Status);
        var secret = (await halfway.Post("/api/identity/second-factor", new { })).Text("secret")!;
        var codes = (await halfway.Put("/api/identity/second-factor", new { code = Totp.Code(secret, DateTimeOffset.UtcNow) })).GetProperty("recoveryCodes");
        return await SignInAsync(email, password, codes[0].GetString());
    }
}
