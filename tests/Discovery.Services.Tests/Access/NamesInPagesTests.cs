using System.Security.Claims;
using System.Text.Json;
using Discovery.Platform.Web;

namespace Discovery.ServicesTests.Access;

/// <summary>Whatever people call themselves and their organisations is text on every page (CVE-2023-23891 and its kind).</summary>
[Collection(nameof(Scene))]
public sealed class NamesInPagesTests(Scene scene)
{
    /// <summary>Each has a mark, so that it is found again, and at least one character that would mean something in HTML.</summary>
    internal static readonly string[] Corpus =
    [
        "<script>x9137()</script>", "<img src=x onerror=x9137()>", "<svg/onload=x9137()>", "<svg><script>x9137()</script>", "\"><script>x9137()</script>", "'><img src=x onerror=x9137()>", "\" onmouseover=\"x9137()", "' onfocus='x9137()' autofocus='",
        "</title><script>x9137()</script>", "</textarea><script>x9137()</script>", "</script><script>x9137()</script>", "</style><script>x9137()</script>", "</option></select><img src=x onerror=x9137()>", "--><script>x9137()</script>", "]]><script>x9137()</script>",
        "<a href=\"javascript:x9137()\">x</a>", "<iframe srcdoc=\"<script>x9137()</script>\">", "<math><mtext></math><img src=x onerror=x9137()>", "<details open ontoggle=x9137()>", "<base href=\"//x9137/\">", "<meta http-equiv=refresh content=\"0;url=//x9137\">",
        "<link rel=stylesheet href=//x9137>", "<form action=//x9137><button>", "<b>x9137</b>", "&lt;script&gt;x9137&lt;/script&gt;", "&#60;script&#62;x9137&#60;/script&#62;", "＜script＞x9137＜/script＞<i>", "<scr<script>ipt>x9137</scr</script>ipt>", "<!--x9137", "<%= x9137 %>",
    ];

    [Fact]
    public async Task Check37_the_name_of_who_is_signed_in_and_of_whom_he_acts_for_is_text()
    {
        var strange = new List<string>();
        var pages = scene.Endpoints.Where(e => e is { IsPage: true, IsSafe: true }).ToList();
        foreach (var (name, i) in Corpus.Select((n, i) => (n, i)))
        {
            var role = i % 2 == 0 ? "head" : "offi";
            var claims = scene.Main.Claims(role).Where(c => c.Type != ClaimTypes.Name).ToList();
            claims.Add(new(ClaimTypes.Name, name));
            if (role == "head") claims.Add(new(Sessions.ActsForName, JsonSerializer.Serialize(Both(name))));
            var (browser, _) = scene.App.AsBrowser(claims);
            // All pages share the header; each name meets some of them, and all pages meet some name.
            foreach (var endpoint in pages.Where((_, n) => n % 5 == i % 5)) await JudgeAsync(browser, Samples.Address(scene, scene.Main, role, endpoint), name, strange);
        }
        Strange.None(strange);
    }

    [Fact]
    public async Task Check37_the_names_of_people_and_organisations_are_text_wherever_they_stand()
    {
        using var tool = scene.App.AsTool();
        using var official = scene.App.As("official");
        var (_, strange, shown) = (0, new List<string>(), 0);
        foreach (var (name, i) in Corpus.Select((n, i) => (n, i)))
        {
            var (firm, person) = (Portal.Id($"xss firm {i}"), Portal.Id($"xss person {i}"));
            // A name may also be refused at the door.
            using var imported = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(tool, "/api/identity/import", new
            {
                organisations = new[] { new { id = firm, name = Both(name), kind = "firm" } },
                accounts = new[] { new { id = person, email = $"xss{i}@matrix.example", displayName = name, organisations = new[] { firm } } },
            });
            if (!imported.IsSuccessStatusCode) continue;
            Claim[] claims = [new(ClaimTypes.NameIdentifier, person.ToString()), new(ClaimTypes.Name, name), new(Sessions.ActsFor, firm.ToString())];
            if (i % 6 == 0)
            {
                // Where names of organisations and of authors stand: the proposal, the lists, the officials' desk.
                using var author = scene.App.With(claims);
                await Portal.Until(async () => await scene.Collecting.SubmitAsync(author, firm, i) == 201, "the mandate is known to Proposals");
                foreach (var page in new[] { "moderation", "proposals", "proposals/latest" }) await JudgeAsync(official, $"/en/rounds/{scene.Collecting.Slug}/{page}", name, strange);
            }
            var (browser, _) = scene.App.AsBrowser(claims);
            foreach (var page in new[] { "account", "organisations", $"organisations/{firm}" }) shown += await JudgeAsync(browser, "/en/" + page, name, strange);
            foreach (var page in new[] { "organisations?find=x9137", $"organisations/{firm}" }) shown += await JudgeAsync(official, "/en/" + page, name, strange);
            foreach (var page in new[] { "/api/identity/account", "/api/identity/organisations" })
            {
                using var answer = await browser.GetAsync(page);
                Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
        Strange.None(strange);
        Assert.True(shown > Corpus.Length, $"The names were on {shown} pages only.");
    }

    /// <returns>1 where the name is on the page.</returns>
    internal static async Task<int> JudgeAsync(HttpClient who, string address, string name, List<string> strange)
    {
        using var answer = await who.GetAsync(address);
        var body = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode >= 500) strange.Add($"{address}: {(int)answer.StatusCode}");
        // As it was typed it must not be there at all: each has a character that HTML has to write otherwise.
        foreach (var bad in Corpus.Append(name).Distinct().Where(n => body.Contains(n, StringComparison.Ordinal))) strange.Add($"{address} shows {bad} as it is");
        return body.Contains("x9137", StringComparison.Ordinal) ? 1 : 0;
    }

    static Dictionary<string, string> Both(string name) => new() { ["ru"] = name, ["en"] = name };
}
