using System.Net;
using System.Net.Http.Json;

namespace Discovery.ServicesTests.Access;

/// <summary>What another site makes a browser do here is refused before anything is looked at.</summary>
[Collection(nameof(Scene))]
public sealed class CrossSiteTests(Scene scene)
{
    static readonly string[] Roles = ["part", "head", "offi", "adm*"];

    /// <summary>Mail programs send it from wherever they are (RFC 8058): the secret in its address is all that it asks for, and all that others lack.</summary>
    const string Exempt = "POST /{lang}/unsubscribe/{token}";

    [Fact]
    public async Task Check50_a_form_without_its_token_or_with_a_foreign_one_is_refused()
    {
        var strange = new List<string>();
        foreach (var endpoint in scene.Endpoints.Where(e => e is { IsPage: true, IsSafe: false } && e.Key != Exempt))
            foreach (var role in Roles)
            {
                var (browser, own) = scene.App.AsBrowser(scene.Main.Claims(role));
                // Somebody else's token, got from the portal in the attacker's own browser.
                var (_, foreign) = scene.App.AsBrowser(scene.Main.Claims("othr"));
                foreach (var (what, token) in new[] { ("no token", null), ("a foreign token", foreign), ("a changed token", own[..^4] + "AAAA"), ("nonsense", "nonsense") })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, Samples.Address(scene, scene.Main, role, endpoint)) { Content = Samples.Content(scene, scene.Main, endpoint) };
                    if (token is not null) request.Headers.Add("RequestVerificationToken", token);
                    using var answer = await browser.SendAsync(request);
                    if (answer.StatusCode != HttpStatusCode.BadRequest) strange.Add($"{endpoint.Key} as {role} with {what}: {(int)answer.StatusCode}");
                }
                browser.Dispose();
            }
        Strange.None(strange);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Check50_whatever_changes_something_is_refused_when_it_comes_from_elsewhere(string header, string value)
    {
        var strange = new List<string>();
        foreach (var endpoint in scene.Endpoints.Where(e => !e.IsSafe && e.Key != Exempt))
            foreach (var role in Roles)
            {
                var (browser, token) = scene.App.AsBrowser(scene.Main.Claims(role));
                using var request = new HttpRequestMessage(new(endpoint.Method), Samples.Address(scene, scene.Main, role, endpoint)) { Content = Samples.Content(scene, scene.Main, endpoint) };
                request.Headers.Add("RequestVerificationToken", token);
                request.Headers.Add(header, value);
                using var answer = await browser.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.BadRequest) strange.Add($"{endpoint.Key} as {role}: {(int)answer.StatusCode}");
                browser.Dispose();
            }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check50_the_API_takes_a_cookie_only_with_the_word_of_the_browser_that_it_is_our_own_page()
    {
        var (browser, _) = scene.App.AsBrowser(scene.Main.Claims("repr"));
        var path = scene.Open.Api("voting", "/ballot");
        async Task<HttpStatusCode> CastAsync(string? header = null, string? value = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { tiers = new[] { new[] { 2 } } }) };
            if (header is not null) request.Headers.Add(header, value);
            using var answer = await browser.SendAsync(request);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.BadRequest, await CastAsync());
        Assert.Equal(HttpStatusCode.OK, await CastAsync("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, await CastAsync("Origin", scene.App.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.BadRequest, await CastAsync("Origin", "http://127.0.0.1:1"));
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
