using System.Net;
using System.Text.RegularExpressions;
using Discovery.Identity;

namespace Discovery.ServicesTests.Access;

[Collection(nameof(Scene))]
public sealed partial class RedirectsTests(Scene scene)
{
    static readonly string[] Evil =
    [
        "//evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "https:evil.example", "https:/evil.example", "https://evil.example", "http:\\\\evil.example", "///evil.example", "////evil.example",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,evil.example", " //evil.example", "\t//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\nLocation: //evil.example", "~//evil.example", "~/\\evil.example",
        "evil.example", "@evil.example", "//user@evil.example", "/%0d%0aLocation:%20//evil.example",
    ];

    /// <summary>As pages call it, and as careless code might.</summary>
    static readonly string[] Names = ["returnUrl", "ReturnUrl", "Input.ReturnUrl", "return", "next", "url", "redirect"];

    [Fact]
    public async Task Check25_no_page_leads_away_whatever_it_is_asked_to_return_to()
    {
        var strange = new List<string>();
        // People of its own: a form that is sent may end the session that sends it.
        var plot = await scene.PlotAsync("redirects");
        foreach (var role in new[] { "anon", "part", "1fac" })
        {
            var (browser, form) = scene.App.AsBrowser(plot.Claims(role));
            foreach (var endpoint in scene.Endpoints.Where(e => e is { IsPage: true, IsSafe: true } && Takes(e)))
                foreach (var evil in Evil)
                {
                    var address = Samples.Address(scene, plot, role, endpoint) + "?" + string.Join('&', Names.Select(n => $"{n}={Uri.EscapeDataString(evil)}"));
                    using var answer = await browser.GetAsync(address);
                    await JudgeAsync(answer, $"GET {address} as {role}", strange);
                }
            // Most forms of who is signed in are refused for what is not in them; signing in is what leads on, and signing out would end the session for all that follows.
            foreach (var endpoint in scene.Endpoints.Where(e => e is { IsPage: true, IsSafe: false } && Takes(e) && (role != "part" || e.Pattern.Contains("/sign-in", StringComparison.Ordinal))))
                foreach (var evil in Evil)
                {
                    var fields = Names.ToDictionary(n => n, _ => evil);
                    fields["__RequestVerificationToken"] = form;
                    using var answer = await browser.PostAsync(Samples.Address(scene, plot, role, endpoint), new FormUrlEncodedContent(fields));
                    await JudgeAsync(answer, $"{endpoint.Key} as {role} with {evil}", strange);
                }
        }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check25_who_has_signed_in_stays_here()
    {
        await IdentityModule.CreateAccountAsync(scene.App.Of("identity"), "returns@matrix.example", "Returns", [], "a long enough password");
        var (came, strange) = (0, new List<string>());
        foreach (var endpoint in scene.Endpoints.Where(e => e is { IsPage: true, IsSafe: false } && e.Pattern.StartsWith("/{lang}/sign-in", StringComparison.Ordinal)))
            foreach (var to in Evil.Prepend("/en/rounds"))
            {
                using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Email"] = "returns@matrix.example", ["Input.Password"] = "a long enough password", ["ReturnUrl"] = to });
                using var answer = await scene.SendAsync(endpoint, scene.Main, "anon", Samples.Address(scene, scene.Main, "anon", endpoint), content);
                await JudgeAsync(answer, $"{endpoint.Key} with {to}", strange);
                if (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString == "/en/rounds") came++;
            }
        Strange.None(strange);
        Assert.True(came > 0, "Nobody could sign in, so nothing was tried.");
    }

    // Everybody's pages, and all of Identity's, which is where people are sent on from.
    static bool Takes(Endpoint endpoint) => endpoint.Service == "identity" || endpoint.Parameters.All(p => p == "lang");

    static async Task JudgeAsync(HttpResponseMessage answer, string what, List<string> strange)
    {
        if ((int)answer.StatusCode >= 500) strange.Add($"{what}: {(int)answer.StatusCode}");
        if (answer.Headers.Location is { } location && !IsLocal(location.OriginalString)) strange.Add($"{what} leads to {location.OriginalString}");
        if (answer.Headers.TryGetValues("Refresh", out var refresh)) strange.Add($"{what} refreshes to {string.Join(' ', refresh)}");
        if (answer.Content.Headers.ContentType?.MediaType != "text/html") return;
        var body = await answer.Content.ReadAsStringAsync();
        foreach (Match link in Link().Matches(body))
            if (WebUtility.HtmlDecode(link.Groups[1].Value) is var to && (to.Contains("evil.example", StringComparison.Ordinal) || to.Contains("alert(1)", StringComparison.Ordinal)) && !IsLocal(to))
                strange.Add($"{what} shows a link to {to}");
    }

    // One slash and then neither a slash nor a backslash, and nothing that browsers leave out: tabs and ends of lines.
    static bool IsLocal(string to) => to.StartsWith('/') && !(to.Length > 1 && to[1] is '/' or '\\') && !to.Any(char.IsControl);

    [GeneratedRegex("""(?:href|src|action|formaction|content)="([^"]*)""")]
    private static partial Regex Link();
}
