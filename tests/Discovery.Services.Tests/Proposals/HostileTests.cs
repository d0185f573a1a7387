using System.Net.Http.Json;
using Discovery.ServicesTests.Access;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Whatever an author writes is text, wherever it stands; whatever an address asks is answered and costs nothing.</summary>
public sealed class HostileTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check37_words_of_a_proposal_are_text_on_every_page_that_shows_them()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var (official, strange, shown) = (app.As("official"), new List<string>(), 0);
        var corpus = NamesInPagesTests.Corpus;
        // Several in one proposal: each stands in every field of one of them.
        for (var number = 2; number <= 4; number++)
        {
            var firm = town.Firms[number];
            using var author = app.AsVoter(firm.Person);
            var mine = corpus.Where((_, i) => i % 3 == number - 2).ToList();
            var (title, text) = (string.Join(' ', mine.Where(m => m.Length < 40).Take(3)), string.Join("\n\n", mine));
            object Both(string words) => new { ru = words, en = words };
            await Portal.Until(async () => (await author.PostAsJsonAsync(round.Api("proposals"), new
            {
                organisation = firm.Subject, title = Both(title[..Math.Min(title.Length, 140)]), summary = Both(text[..Math.Min(text.Length, 400)]), today = Both(text), market = Both(text), strengths = Both(text),
                sector = "agro", mode = "general", kind = "new", track = "emerging", horizon = DateTime.UtcNow.Year + 5,
                details = new
                {
                    contribution = Both(text), withoutSupport = Both(text), needsText = Both(text), offersText = Both(text), combines = Both(text), apart = Both(text),
                    clusters = mine.Take(5), regions = mine.Take(5), partners = mine.Take(5), keywords = mine.Take(5),
                    examples = mine.Take(3).Select(m => new { name = m, country = m, code = (string?)null }), missing = new[] { new { role = "supplier", how = "both", note = mine[0] } },
                    measures = new[] { new { cell = "finance", state = "asked", note = mine[1] } },
                    evidence = mine.Take(5).Select(m => new { id = Guid.CreateVersion7(), type = "pilot", claim = "market", text = m, link = "https://example.org/?" + Uri.EscapeDataString(m) }),
                },
            })).IsSuccessStatusCode, "the mandate is known");
            await round.CaseAsync(official, number);
            foreach (var page in new[] { "moderation", $"proposals/{number}" }) shown += await NamesInPagesTests.JudgeAsync(official, $"/en/rounds/{round.Slug}/{page}", mine[0], strange);
            await round.DecideAsync(number, "publish");
            var asked = Uri.EscapeDataString(mine[0]);
            foreach (var page in new[] { "", $"/{number}", $"/{number}/versions", "?view=table", "?view=map", $"?q={asked}", $"?sector={asked}&sort={asked}&p={asked}&seed={asked}", "/list", "/latest" })
                shown += await NamesInPagesTests.JudgeAsync(app.Anonymous, $"/ru/rounds/{round.Slug}/proposals{page}", mine[0], strange);
            shown += await NamesInPagesTests.JudgeAsync(app.Anonymous, $"/en/rounds/{round.Slug}/moderation/log", mine[0], strange);
            // A feed is XML, where a quotation mark in a text is one: what readers make of it must not be elements.
            Assert.DoesNotContain(System.Xml.Linq.XDocument.Parse(await app.Anonymous.GetStringAsync($"/ru/rounds/{round.Slug}/proposals/feed")).Descendants(), e => e.Name.LocalName is "script" or "img" or "svg" or "iframe");
            var refused = await author.PostAsJsonAsync(round.Api("proposals"), new { organisation = firm.Subject, details = new { evidence = new[] { new { type = "pilot", claim = "market", link = "javascript:x9137()" } } } }).Refused();
            Assert.Contains("evidence", refused.Body.GetProperty("errors").ToString(), StringComparison.OrdinalIgnoreCase);
        }
        Strange.None(strange);
        Assert.True(shown > 20, $"The words were on {shown} pages only.");
    }

    [Theory]
    [InlineData("sort=number;drop table proposals"), InlineData("sort=number&sort=new&sort=x"), InlineData("p=-1"), InlineData("p=9223372036854775808"), InlineData("p=1e9&size=1000000000&per_page=1e9"),
     InlineData("q=%27%20or%201=1--"), InlineData("sector[]=x&sector=agro%27"), InlineData("kind=%00"), InlineData("q=%F0%9F%98%80%E2%80%AE%E2%80%8B"), InlineData("group=%28select%201%29&municipality=..%2f..&view=%3Cb%3E")]
    public async Task Check46_47_a_list_takes_whatever_an_address_holds(string query)
    {
        var round = await app.CollectingRound(new() { Proposals = 3 });
        foreach (var address in new[] { $"/en/rounds/{round.Slug}/proposals?{query}", round.Api("proposals", "?" + query), round.Api("proposals", "/export.csv?" + query) })
        {
            using var answer = await app.Anonymous.GetAsync(address);
            Assert.Contains((int)answer.StatusCode, new[] { 200, 400 });
        }
    }

    [Fact]
    public async Task Check39_deep_and_long_texts_are_answered_at_once()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Proposals = 2 });
        using var author = app.AsVoter(town.Firms[7].Person);
        foreach (var text in new[] { new string('[', 20_000), string.Concat(Enumerable.Repeat("*a_ ", 5_000)), string.Concat(Enumerable.Repeat("> ", 10_000)), new string('a', 20_000), string.Concat(Enumerable.Repeat("\u202e\u200b", 10_000)) })
        {
            Assert.Equal(400, (await author.PostAsJsonAsync(round.Api("proposals"), new { organisation = town.Firms[7].Subject, title = new { en = text }, today = new { en = text } }).Refused()).Status);
            using var similar = await app.Anonymous.GetAsync(round.Api("proposals", $"/similar?title={Uri.EscapeDataString(text[..2_000])}&lang=en"));
            Assert.Contains((int)similar.StatusCode, new[] { 200, 414 });
        }
        // Known twice and unknown once: neither is a fault of ours.
        using var twice = new StringContent("""{"title":{"en":"a"},"title":{"en":"b"},"status":"published","authorId":"x","weight":9223372036854775808}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await author.PostAsync(round.Api("proposals"), twice);
        Assert.Equal(400, (int)answer.StatusCode);
    }
}
