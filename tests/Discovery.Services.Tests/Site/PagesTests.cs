using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Site;

public sealed partial class PagesTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    /// <summary>Every page there is, as it will be: whoever adds one has it tested here.</summary>
    IEnumerable<string> Templates() => DiscoveryApp.ServiceNames.SelectMany(s => app.Of(s).GetServices<EndpointDataSource>()).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is { } page && !page.RelativePath.Contains("/Error", StringComparison.Ordinal))
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(t => t.StartsWith("/{lang", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public async Task Every_page_answers_in_both_languages_whoever_asks()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        foreach (var voter in town.Everybody.Skip(1)) await round.CastAsync(voter, 3, 4);
        await round.CloseAsync();
        await round.ResultsAsync();
        await app.Until(app.Anonymous, round.Api("rounds"), r => r.Text("status") == "closed");

        var (strange, shown) = (new List<string>(), 0);
        foreach (var template in Templates())
            foreach (var lang in new[] { "ru", "en" })
                foreach (var (name, who) in new[] { ("anonymous", app.Anonymous), ("voter", app.AsVoter(town.Firms[1].Person)), ("official", app.As("official")), ("auditor", app.As("auditor")) })
                {
                    var path = Parameter().Replace(template, m => m.Groups[1].Value switch { "lang" => lang, "round" or "slug" => round.Slug, "number" => "3", "id" => town.Firms[1].Subject.ToString(), "status" => "404", _ => "3" });
                    using var answer = await who.GetAsync(path);
                    var body = await answer.Content.ReadAsStringAsync();
                    var right = answer.StatusCode switch
                    {
                        HttpStatusCode.OK => body.Contains("</main>", StringComparison.Ordinal) ? body.Contains($"lang=\"{lang}\"", StringComparison.Ordinal) : true,
                        HttpStatusCode.Redirect => true,
                        HttpStatusCode.Forbidden or HttpStatusCode.NotFound => body.Contains("</html>", StringComparison.Ordinal),
                        _ => false,
                    };
                    if (answer.StatusCode == HttpStatusCode.OK) shown++;
                    if (!right) strange.Add($"{path} for the {name}: {(int)answer.StatusCode} {body.ReplaceLineEndings(" ")[..Math.Min(200, body.Length)]}");
                }
        Assert.Empty(strange);
        Assert.True(shown > 60, $"Only {shown} pages were shown.");
    }

    [Theory]
    [InlineData("", "anonymous", 200)]
    [InlineData("/rounds", "anonymous", 200)]
    [InlineData("/rounds/{round}", "anonymous", 200)]
    [InlineData("/rounds/{round}/proposals", "anonymous", 200)]
    [InlineData("/rounds/{round}/proposals/3", "anonymous", 200)]
    [InlineData("/rounds/{round}/proposals/list", "anonymous", 200)]
    [InlineData("/sign-in", "anonymous", 200)]
    [InlineData("/about/count", "anonymous", 200)]
    [InlineData("/about/privacy", "anonymous", 200)]
    [InlineData("/account", "anonymous", 302)]
    [InlineData("/account", "person", 200)]
    [InlineData("/rounds/new", "voter", 403)]
    [InlineData("/rounds/new", "official", 200)]
    [InlineData("/rounds/{round}/run", "voter", 403)]
    [InlineData("/rounds/{round}/run", "official", 200)]
    [InlineData("/rounds/{round}/moderation", "voter", 403)]
    [InlineData("/rounds/{round}/moderation", "official", 200)]
    [InlineData("/rounds/{round}/proposals/999", "voter", 404)]
    [InlineData("/rounds/no-such-round", "anonymous", 404)]
    [InlineData("/no/such/page", "anonymous", 404)]
    public async Task A_page_is_shown_to_whom_it_is_for(string page, string who, int status)
    {
        var town = await app.Town;
        var round = await Published.Value;
        var http = who switch { "anonymous" => app.Anonymous, "official" => app.As("official"), _ => app.AsVoter(town.Firms[1].Person) };
        foreach (var lang in new[] { "ru", "en" })
        {
            using var answer = await http.GetAsync($"/{lang}{page.Replace("{round}", round.Slug, StringComparison.Ordinal)}");
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 302) Assert.StartsWith($"/{lang}/sign-in?returnUrl=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
            else Assert.Contains($"<html lang=\"{lang}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    static Lazy<Task<TestRound>>? published;

    Lazy<Task<TestRound>> Published => LazyInitializer.EnsureInitialized(ref published, () => new(() => app.CollectingRound()));

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
