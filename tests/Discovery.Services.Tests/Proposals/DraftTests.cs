using System.Net.Http.Json;
using System.Security.Claims;

namespace Discovery.ServicesTests.Proposals;

/// <summary>What is written and not yet sent.</summary>
public sealed class DraftTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_draft_is_kept_for_its_writer_alone_and_goes_when_it_is_sent()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = (await app.Town).Firms[0];
        using var writer = app.AsVoter(firm.Person);
        var saved = await writer.Post(round.Api("proposals", "/drafts"), new { title = new { ru = "Хлеб" } });
        var path = round.Api("proposals", "/drafts/" + saved.Text("id"));
        Assert.Equal("Хлеб", (await writer.Get(path)).GetProperty("form").GetProperty("title").Text("ru"));

        foreach (var other in new[] { app.AsVoter((await app.Town).Firms[1].Person), app.As("official"), app.As("moderator") })
            using (other)
            {
                Assert.Equal(404, (await other.GetAsync(path).Refused()).Status);
                Assert.Contains((await other.PutAsJsonAsync(path, new { }).Refused()).Status, new[] { 403, 404 });
                Assert.Equal(404, (await other.DeleteAsync(path).Refused()).Status);
            }
        Assert.Equal(401, (await app.Anonymous.GetAsync(path).Refused()).Status);

        // Two windows: the second one to save is told, and nothing is overwritten.
        var version = saved.GetProperty("version").GetInt32();
        await writer.Put(path + "?version=" + version, new { title = new { ru = "Хлеб и соль" } });
        Assert.Equal("proposals.draft.elsewhere", (await writer.PutAsJsonAsync(path + "?version=" + version, new { title = new { ru = "Соль" } }).Refused()).Code);
        Assert.Equal("Хлеб и соль", (await writer.Get(path)).GetProperty("form").GetProperty("title").Text("ru"));
        Assert.Equal(400, (await writer.PutAsJsonAsync(path, new { today = new { ru = new string('я', 21_000) } }).Refused()).Status);

        var (http, form) = Browser(firm);
        using var _ = http;
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form, ["Draft"] = saved.Text("id")!, ["Input.Organisation"] = firm.Subject.ToString(), ["Input.Sector"] = "agro", ["Input.Mode"] = "general",
            ["Input.Kind"] = "new", ["Input.Track"] = "main", ["Input.Horizon"] = $"{DateTime.UtcNow.Year + 5}",
        };
        foreach (var field in new[] { "Title", "Summary", "Today", "Market", "Strengths" }) fields[$"Input.{field}[ru]"] = $"Достаточно слов о том, что важно: {field}";
        // Much like the first proposal of the round: the writer is shown it, and says that it is another one.
        using (var asked = await http.PostAsync($"/ru/rounds/{round.Slug}/proposals/new", new FormUrlEncodedContent(fields)))
        {
            Assert.Equal(200, (int)asked.StatusCode);
            Assert.Contains($"/ru/rounds/{round.Slug}/proposals/1#support", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        fields["Seen"] = "true";
        using (var sent = await http.PostAsync($"/ru/rounds/{round.Slug}/proposals/new", new FormUrlEncodedContent(fields))) Assert.Equal(302, (int)sent.StatusCode);
        Assert.Equal(404, (await writer.GetAsync(path).Refused()).Status);
        Assert.Empty((await writer.Get(round.Api("proposals", "/drafts"))).EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_sent_any_more_is_kept_as_a_draft()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = (await app.Town).Firms[1];
        await round.StartAsync("admission");
        var (http, form) = Browser(firm);
        using var _ = http;
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form, ["Input.Organisation"] = firm.Subject.ToString(), ["Input.Sector"] = "agro", ["Input.Mode"] = "general", ["Input.Kind"] = "new", ["Input.Track"] = "main", ["Input.Horizon"] = $"{DateTime.UtcNow.Year + 5}" };
        foreach (var field in new[] { "Title", "Summary", "Today", "Market", "Strengths" }) fields[$"Input.{field}[en]"] = $"Written while the phase was ending: {field}";
        await app.Until(app.Anonymous, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean());
        using var answer = await http.PostAsync($"/en/rounds/{round.Slug}/proposals/new", new FormUrlEncodedContent(fields));
        Assert.Equal(422, (int)answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("the text is kept as a draft", page, StringComparison.Ordinal);
        Assert.Contains("Written while the phase was ending: Market", page, StringComparison.Ordinal);
        using var writer = app.AsVoter(firm.Person);
        var kept = Assert.Single((await writer.Get(round.Api("proposals", "/drafts"))).EnumerateArray());
        Assert.Equal("Written while the phase was ending: Title", kept.GetProperty("title").Text("en"));

        // It opens again later, and can still be worked on.
        var again = await http.GetStringAsync($"/en/rounds/{round.Slug}/proposals/new?draft={kept.Text("id")}");
        Assert.Contains("Written while the phase was ending: Market", again, StringComparison.Ordinal);
        using (var discarded = await writer.DeleteAsync(round.Api("proposals", "/drafts/" + kept.Text("id")))) Assert.Equal(204, (int)discarded.StatusCode);
    }

    (HttpClient Http, string Form) Browser(Voter voter) => app.AsBrowser([new(ClaimTypes.NameIdentifier, voter.Person.ToString()), new(ClaimTypes.Name, "Voter")]);
}
