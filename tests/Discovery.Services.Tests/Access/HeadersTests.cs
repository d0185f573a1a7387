using System.Net.Http.Json;

namespace Discovery.ServicesTests.Access;

[Collection(nameof(Scene))]
public sealed class HeadersTests(Scene scene)
{
    static readonly string[] Always = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"];

    [Fact]
    public async Task Check52_every_answer_carries_the_headers_whatever_becomes_of_it()
    {
        var round = scene.Open;
        var anonymous = scene.App.Anonymous;
        var participant = scene.App.With(scene.Main.Claims("part"));
        var (browser, form) = scene.App.AsBrowser(scene.Main.Claims("part"));
        browser.DefaultRequestHeaders.Add("RequestVerificationToken", form);
        (string What, int Status, Task<HttpResponseMessage> Asked)[] answers =
        [
            ("a page", 200, anonymous.GetAsync("/en")),
            ("a page's head", 200, anonymous.SendAsync(new(HttpMethod.Head, "/en"))),
            ("a form with errors", 422, browser.PostAsync("/en/account/password", null)),
            ("a form without token", 400, scene.App.AsBrowser(scene.Main.Claims("part")).Http.PostAsync("/en/sign-out", null)),
            ("the way to the sign-in", 302, anonymous.GetAsync("/en/account")),
            ("a page that is denied", 403, browser.GetAsync($"/en/rounds/{round.Slug}/run")),
            ("a page that there is not", 404, anonymous.GetAsync("/en/no/such/page")),
            ("an error page asked for", 500, anonymous.GetAsync("/en/error/500")),
            ("a static file", 200, anonymous.GetAsync("/_content/Discovery.Site/design.css")),
            ("a static file that there is not", 404, anonymous.GetAsync("/_content/Discovery.Site/no.css")),
            ("JSON", 200, anonymous.GetAsync("/api/rounds")),
            ("JSON that is denied", 403, participant.GetAsync(round.Api("aggregation", "/standings"))),
            ("JSON for nobody", 401, anonymous.GetAsync("/api/identity/account")),
            ("JSON that there is not", 404, anonymous.GetAsync("/api/rounds/no-such-round")),
            ("JSON that is wrong", 400, participant.PostAsync("/api/rounds", new StringContent("{", System.Text.Encoding.UTF8, "application/json"))),
            ("JSON against a rule", 403, participant.PostAsJsonAsync(round.Api("proposals", "/ballot-list"), new { })),
            ("another method", 405, participant.PatchAsJsonAsync(round.Api("voting", "/ballot"), new { })),
            ("another media type", 415, participant.PutAsync(round.Api("voting", "/ballot"), new StringContent("x"))),
            ("another site", 400, SendAsync(participant, new(HttpMethod.Post, "/api/rounds") { Headers = { { "Sec-Fetch-Site", "cross-site" } } })),
            ("a description", 200, anonymous.GetAsync("/api/rounds/openapi/rounds.json")),
            ("the reference", 200, anonymous.GetAsync("/api/")),
            ("health", 200, anonymous.GetAsync("/health/ready")),
        ];
        var strange = new List<string>();
        foreach (var (what, status, asked) in answers)
        {
            using var answer = await asked;
            if ((int)answer.StatusCode != status) strange.Add($"{what}: {(int)answer.StatusCode} and not {status}");
            foreach (var header in Always)
                if (Values(answer, header).Length != 1) strange.Add($"{what}: {header} {Values(answer, header).Length} times");
            if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By")) strange.Add($"{what}: says what it runs on");
            if (Values(answer, "X-Content-Type-Options") is not ["nosniff"]) strange.Add($"{what}: can be sniffed");
            var policy = string.Join(' ', Values(answer, "Content-Security-Policy"));
            if (!policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || !policy.Contains("default-src 'self'", StringComparison.Ordinal)) strange.Add($"{what}: {policy}");
            // The reference is a foreign page that shows nobody's data.
            if (what != "the reference" && policy.Contains("unsafe", StringComparison.Ordinal)) strange.Add($"{what}: {policy}");
        }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check52_no_cache_keeps_what_somebody_sees_who_is_signed_in()
    {
        var strange = new List<string>();
        foreach (var endpoint in scene.Endpoints.Where(e => e.IsSafe && e.Service is not null && !e.Pattern.Contains("/openapi/", StringComparison.Ordinal)))
            foreach (var role in new[] { "anon", "part", "repr", "offi" })
            {
                using var answer = await scene.SendAsync(endpoint, scene.Main, role, Samples.Address(scene, scene.Main, role, endpoint));
                var kept = answer.Headers.CacheControl;
                if (kept is not { NoStore: true } && (role != "anon" || kept is not { NoCache: true })) strange.Add($"{endpoint.Key} as {role}: {kept}");
            }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check52_over_HTTPS_browsers_are_told_to_stay_there()
    {
        foreach (var path in new[] { "/en", "/en/no/such/page", "/api/rounds/no-such-round", "/_content/Discovery.Site/design.css" })
        {
            using var answer = await SendAsync(scene.App.Anonymous, new(HttpMethod.Get, path) { Headers = { { "X-Forwarded-Proto", "https" } } });
            Assert.Equal("max-age=63072000", Assert.Single(Values(answer, "Strict-Transport-Security")));
            using var plain = await scene.App.Anonymous.GetAsync(path);
            Assert.Empty(Values(plain, "Strict-Transport-Security"));
        }
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request) return await http.SendAsync(request);
    }

    static string[] Values(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? [.. values] : [];
}
