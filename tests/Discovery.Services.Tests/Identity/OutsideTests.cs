using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.ServicesTests.Identity;

/// <summary>With the world outside: a mail server, and a provider of sign-in (OpenID Connect), both of the test's own.</summary>
public sealed class OutsideTests : IAsyncLifetime
{
    readonly Mailbox mail = Mailbox.Open();
    Provider provider = null!;
    DiscoveryApp app = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await Provider.StartAsync();
        app = await DiscoveryApp.StartAsync(
            $"--Mail:Smtp={mail.Address}", "--Mail:From=Priorities <round@region.example>",
            $"--Oidc:Providers:broker:Authority={provider.Issuer}", "--Oidc:Providers:broker:ClientId=discovery", $"--Oidc:Providers:broker:ClientSecret={Provider.Secret}", "--Oidc:Providers:broker:DisplayName=National broker");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await provider.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task Letters_go_by_smtp_once_again_when_the_server_is_busy_and_never_after_a_refusal()
    {
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { "plain", "busy", "bounced" }.Select(n => new { email = n + "@outside.example", displayName = n }) });
        foreach (var name in new[] { "plain", "busy", "bounced" }) await app.Anonymous.Post("/api/identity/codes", new { email = name + "@outside.example" });
        await Portal.Until(() => Task.FromResult(mail.Letters.Count == 1), "the plain letter", 30);
        var letter = mail.Letters.Single();
        Assert.Equal(("plain@outside.example", "round@region.example", "auto-generated"), (letter.To.Mailboxes.Single().Address, letter.From.Mailboxes.Single().Address, letter.Headers["Auto-Submitted"]));
        Assert.Matches("[0-9]{6}", letter.Subject);

        await Portal.Until(async () => await Bounced() == 1, "the bounce is noted", 30);
        Assert.Equal(1, await Waiting());
        // The busy one goes out half a minute later; the test does not wait so long.
        await app.Read("identity", db => db.Database.ExecuteSqlRawAsync(DiscoveryApp.IsDistributed ? "update letters set due_at = now()" : "update letters set due_at = due_at - 60000000"));
        await Portal.Until(() => Task.FromResult(mail.Letters.Count == 2), "the busy letter", 30);
        await Portal.Until(async () => await Waiting() == 0, "nothing is left to send", 30);
        await app.Anonymous.Post("/api/identity/codes", new { email = "bounced@outside.example" });
        await Portal.Until(async () => await Waiting() == 0, "nothing is left to send", 30);
        Assert.Equal(2, mail.Letters.Count);
    }

    [Fact]
    public async Task Check23_a_provider_lets_in_only_who_has_proved_the_address_here_and_only_as_it_was_asked()
    {
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { email = "owner@outside.example", displayName = "Owner" } } });

        // A provider that calls anybody by the owner's address: the code goes to the owner, and without it nobody is in.
        var visitor = new Provider.Person("sub-1", "owner@outside.example", "Somebody");
        using var first = new PageClient(app.Address);
        Assert.Equal("/en/sign-up", (await ThereAndBackAsync(first, visitor)).Split('?')[0]);
        Assert.Equal(302, await first.GoAsync("/en/account"));
        await first.GoAsync("/en/sign-up");
        Assert.Contains("value=\"owner@outside.example\"", first.Body, StringComparison.Ordinal);
        await first.SendAsync("/en/sign-up", new Dictionary<string, string> { ["Input.DisplayName"] = "Somebody", ["Input.Email"] = "owner@outside.example", ["Input.Agrees"] = "true" });
        await first.SendAsync("/en/sign-in/code", new Dictionary<string, string> { ["Input.Code"] = await CodeAsync("owner@outside.example") });
        Assert.Equal(200, await first.GoAsync("/en/account"));
        Assert.Contains("Owner", first.Body, StringComparison.Ordinal);

        // From then on the account there is enough, and another one there is not.
        using var second = new PageClient(app.Address);
        Assert.Equal("/en/rounds", await ThereAndBackAsync(second, visitor, "/en/rounds"));
        Assert.Equal(200, await second.GoAsync("/en/account"));
        using var other = new PageClient(app.Address);
        Assert.StartsWith("/en/sign-up", await ThereAndBackAsync(other, visitor with { Subject = "sub-2" }), StringComparison.Ordinal);

        // PKCE was asked for and kept; what does not belong to this browser and this request is refused.
        Assert.All(provider.Asked, a => Assert.Equal("S256", a["code_challenge_method"]));
        foreach (var broken in new[] { "nonce", "issuer", "audience", "signature", "expired" })
        {
            using var page = new PageClient(app.Address);
            Assert.Equal("/ru/sign-in?foreign=failed", (await ThereAndBackAsync(page, visitor with { Broken = broken })).Replace("/en/", "/ru/", StringComparison.Ordinal));
            Assert.Equal(302, await page.GoAsync("/en/account"));
        }
        using var asked = new PageClient(app.Address);
        using var victim = new PageClient(app.Address);
        var back = await ThereAsync(asked, visitor, null);
        await victim.GoAsync(back);
        Assert.EndsWith("/sign-in?foreign=failed", victim.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(404, await victim.GoAsync("/en/sign-in/foreign?provider=unknown"));
    }

    Task<int> Bounced() => app.Read("identity", async db => (int)await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" from people where bounced_at is not null").SingleAsync());

    Task<int> Waiting() => app.Read("identity", async db => (int)await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" from letters").SingleAsync());

    async Task<string> CodeAsync(string address)
    {
        string? code = null;
        await Portal.Until(() => Task.FromResult((code = mail.Letters.LastOrDefault(l => l.To.Mailboxes.Single().Address == address)?.Subject) is not null), "a letter to " + address, 30);
        return System.Text.RegularExpressions.Regex.Match(code!, "[0-9]{6}").Value;
    }

    /// <returns>Where the provider sends the browser back to.</returns>
    async Task<string> ThereAsync(PageClient page, Provider.Person person, string? returnUrl)
    {
        Assert.Equal(302, await page.GoAsync("/en/sign-in/foreign?provider=broker" + (returnUrl is null ? "" : "&returnUrl=" + Uri.EscapeDataString(returnUrl))));
        Assert.StartsWith(provider.Issuer, page.Location!.ToString(), StringComparison.Ordinal);
        return provider.SignIn(page.Location, person).PathAndQuery;
    }

    /// <returns>Where the portal leads then.</returns>
    async Task<string> ThereAndBackAsync(PageClient page, Provider.Person person, string? returnUrl = null)
    {
        Assert.Equal(302, await page.GoAsync(await ThereAsync(page, person, returnUrl)));
        while (page.Location!.ToString().Contains("/sign-in/foreign", StringComparison.Ordinal)) Assert.Equal(302, await page.GoAsync(page.Location.ToString()));
        return page.Location.ToString();
    }

    /// <summary>A provider that signs what it is told to.</summary>
    sealed class Provider : IAsyncDisposable
    {
        public const string Secret = "only of this test";

        readonly RSA key = RSA.Create(2048), forged = RSA.Create(2048);
        readonly ConcurrentDictionary<string, (Person Person, Dictionary<string, string> Asked)> codes = new();
        WebApplication server = null!;

        /// <param name="Broken">What is wrong with the token, if anything.</param>
        public sealed record Person(string Subject, string Email, string Name, string? Broken = null);

        public string Issuer { get; private set; } = "";

        public ConcurrentQueue<Dictionary<string, string>> Asked { get; } = new();

        public static async Task<Provider> StartAsync()
        {
            var provider = new Provider();
            var host = WebApplication.CreateSlimBuilder();
            host.Logging.ClearProviders();
            var server = provider.server = host.Build();
            server.Urls.Add("http://127.0.0.1:0");
            server.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
            {
                ["issuer"] = provider.Issuer, ["authorization_endpoint"] = provider.Issuer + "/authorize", ["token_endpoint"] = provider.Issuer + "/token", ["jwks_uri"] = provider.Issuer + "/keys",
                ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            }));
            server.MapGet("/keys", () =>
            {
                var open = provider.key.ExportParameters(false);
                return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } } });
            });
            server.MapPost("/token", async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                if (!provider.codes.TryRemove(form["code"].ToString(), out var known)) return Results.BadRequest();
                var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
                return challenge != known.Asked["code_challenge"] || form["client_secret"] != Secret || form["redirect_uri"] != known.Asked["redirect_uri"]
                    ? Results.BadRequest(new { error = "invalid_grant" })
                    : Results.Json(new { access_token = "opaque", token_type = "Bearer", id_token = provider.Token(known.Person, known.Asked["nonce"]) });
            });
            await server.StartAsync();
            provider.Issuer = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return provider;
        }

        /// <summary>The person says yes there.</summary>
        public Uri SignIn(Uri asked, Person person)
        {
            var query = HttpUtility.ParseQueryString(asked.Query);
            var parameters = query.AllKeys.ToDictionary(k => k!, k => query[k]!);
            Asked.Enqueue(parameters);
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (person, parameters);
            return new($"{parameters["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(parameters["state"])}");
        }

        string Token(Person person, string nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = person.Broken == "issuer" ? "https://mixed-up.example" : Issuer,
            Audience = person.Broken == "audience" ? "somebody-else" : "discovery",
            NotBefore = DateTime.UtcNow.AddHours(-2),
            IssuedAt = DateTime.UtcNow.AddHours(-1),
            Expires = person.Broken == "expired" ? DateTime.UtcNow.AddMinutes(-30) : DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = person.Subject, ["email"] = person.Email, ["name"] = person.Name, ["nonce"] = person.Broken == "nonce" ? "another" : nonce },
            SigningCredentials = new(new RsaSecurityKey(person.Broken == "signature" ? forged : key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        });

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            key.Dispose();
            forged.Dispose();
        }
    }
}
