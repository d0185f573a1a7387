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
        Assert.Equal(400, (await writer.PutAsJsonAsync(path, new { today = new { ru = new string('я', 101_000) } }).Refused()).Status);

        var (http, form) = Browser(firm);
        using var _ = http;
        await writer.Put(path, Whole(firm, "ru", "Достаточно слов о том, что важно"));
        // Much like the first proposal of the round: the writer is shown it, and says why this is another one.
        var send = $"/ru/rounds/{round.Slug}/proposals/new?handler=Send";
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form, ["Draft"] = saved.Text("id")!, ["Input.Organisation"] = firm.Subject.ToString() };
        using (var asked = await http.PostAsync(send, new FormUrlEncodedContent(fields)))
        {
            Assert.Equal(422, (int)asked.StatusCode);
            Assert.Contains($"/ru/rounds/{round.Slug}/proposals/1#support", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        fields["Input.Details.Apart[ru]"] = "Здесь о другом рынке.";
        using (var sent = await http.PostAsync(send, new FormUrlEncodedContent(fields))) Assert.Equal(302, (int)sent.StatusCode);
        Assert.Equal("Здесь о другом рынке.", (await writer.Get(round.Api("proposals", "/2"))).GetProperty("content").GetProperty("details").GetProperty("apart").Text("ru"));
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
        using var writer = app.AsVoter(firm.Person);
        var begun = await writer.Post(round.Api("proposals", "/drafts"), Whole(firm, "en", "Written while the phase was ending"));
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form, ["Draft"] = begun.Text("id")!, ["Input.Organisation"] = firm.Subject.ToString(), ["Input.Details.Apart[en]"] = "It is about something else" };
        await app.Until(app.Anonymous, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean());
        using var answer = await http.PostAsync($"/en/rounds/{round.Slug}/proposals/new?handler=Send", new FormUrlEncodedContent(fields));
        Assert.Equal(422, (int)answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("the text is kept as a draft", page, StringComparison.Ordinal);
        Assert.Contains("Written while the phase was ending: Market", page, StringComparison.Ordinal);
        var kept = Assert.Single((await writer.Get(round.Api("proposals", "/drafts"))).EnumerateArray());
        Assert.Equal("Written while the phase was ending: Title", kept.GetProperty("title").Text("en"));

        // It opens again later, and can still be worked on.
        var again = await http.GetStringAsync($"/en/rounds/{round.Slug}/proposals/new?draft={kept.Text("id")}&step=why");
        Assert.Contains("Written while the phase was ending: Market", again, StringComparison.Ordinal);
        using (var discarded = await writer.DeleteAsync(round.Api("proposals", "/drafts/" + kept.Text("id")))) Assert.Equal(204, (int)discarded.StatusCode);
    }

    [Fact]
    public async Task A_step_keeps_what_was_typed_and_says_what_is_missing_in_it_and_only_there()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = (await app.Town).Firms[2];
        var (http, form) = Browser(firm);
        using var _ = http;
        var page = $"/en/rounds/{round.Slug}/proposals/new";
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form, ["Step"] = "what", ["Input.Title[en]"] = "Bread of old corn", ["Input.Sector"] = "agro" };
        string html;
        using (var wrong = await http.PostAsync(page, new FormUrlEncodedContent(fields)))
        {
            Assert.Equal(422, (int)wrong.StatusCode);
            html = await wrong.Content.ReadAsStringAsync();
        }
        Assert.Contains("Bread of old corn", html, StringComparison.Ordinal);
        Assert.Contains("Input_Summary_en_-e", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Input_Market", html, StringComparison.Ordinal);
        using var writer = app.AsVoter(firm.Person);
        var draft = Assert.Single((await writer.Get(round.Api("proposals", "/drafts"))).EnumerateArray()).Text("id")!;

        foreach (var (name, value) in new[] { ("Draft", draft), ("Input.Summary[en]", "A bakery takes up the old kinds of corn again"), ("Input.Kind", "new"), ("Input.Mode", "general"), ("Input.Track", "main") }) fields[name] = value;
        using (var right = await http.PostAsync(page, new FormUrlEncodedContent(fields))) Assert.Equal(page + $"?draft={draft}&step=why", right.Headers.Location!.ToString());
        // Another step sends only its own fields, and takes nothing away.
        fields = new() { ["__RequestVerificationToken"] = form, ["Step"] = "measures", ["Draft"] = draft, ["Input.Details.Measures[0].Cell"] = "finance", ["Input.Details.Measures[0].State"] = "not-needed" };
        using (var why = await http.PostAsync(page, new FormUrlEncodedContent(fields))) Assert.Equal(422, (int)why.StatusCode);
        fields["Input.Details.Measures[0].Note"] = "The oven is paid";
        using (var right = await http.PostAsync(page, new FormUrlEncodedContent(fields))) Assert.EndsWith("step=check", right.Headers.Location!.ToString(), StringComparison.Ordinal);
        var kept = (await writer.Get(round.Api("proposals", "/drafts/" + draft))).GetProperty("form");
        Assert.Equal("Bread of old corn", kept.GetProperty("title").Text("en"));
        Assert.Equal("The oven is paid", kept.GetProperty("details").GetProperty("measures")[0].Text("note"));
        // What is still missing is named, with the step.
        Assert.Contains("step=why", await http.GetStringAsync($"{page}?draft={draft}&step=check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_has_files_that_go_with_the_proposal_and_lose_what_cameras_write()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = (await app.Town).Firms[3];
        using var writer = app.AsVoter(firm.Person);
        var draft = (await writer.Post(round.Api("proposals", "/drafts"), Whole(firm, "en", "Enough words about a harbour"))).Text("id")!;
        async Task<System.Text.Json.JsonElement> Upload(byte[] file, string name)
        {
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = new("image/png");
            return await writer.PutAsync(round.Api("proposals", $"/drafts/{draft}/files?name={Uri.EscapeDataString(name)}"), content).Json();
        }
        var kept = await Upload(Identity.Pictures.Png("GPS 55.75"), "../../pier.php.png");
        Assert.Equal("pier_php.png", kept.Text("name"));
        var unused = await Upload(Identity.Pictures.Png(null), "unused.png");
        using (var wrong = new ByteArrayContent("<svg onload=alert(1)>"u8.ToArray()))
        {
            wrong.Headers.ContentType = new("image/png");
            Assert.Equal((422, "proposals.file.wrong"), await writer.PutAsync(round.Api("proposals", $"/drafts/{draft}/files"), wrong).Refused() is var r ? (r.Status, r.Code) : default);
        }
        var file = round.Api("proposals", "/files/" + kept.Text("id"));
        Assert.Equal(404, (await app.Anonymous.GetAsync(file).Refused()).Status);
        Assert.DoesNotContain("GPS", System.Text.Encoding.Latin1.GetString(await writer.GetByteArrayAsync(file)), StringComparison.Ordinal);

        // Sent through the page, as a person does.
        var whole = Whole(firm, "en", "Enough words about a harbour");
        whole["details"] = new { evidence = new[] { new { id = Guid.CreateVersion7(), type = "pilot", claim = "market", text = "The pier as built", link = "https://example.org/pier", file = kept.Text("id") } }, apart = new { en = "It is about another pier" } };
        await writer.Put(round.Api("proposals", "/drafts/" + draft), whole);
        var (http, form) = Browser(firm);
        using var _ = http;
        using (var sent = await http.PostAsync($"/en/rounds/{round.Slug}/proposals/new?handler=Send", new FormUrlEncodedContent(new Dictionary<string, string>
        { ["__RequestVerificationToken"] = form, ["Draft"] = draft, ["Input.Organisation"] = firm.Subject.ToString(), ["Input.Details.Apart[en]"] = "It is about another pier" })))
            Assert.Equal(302, (int)sent.StatusCode);
        Assert.Equal(404, (await writer.GetAsync(round.Api("proposals", "/files/" + unused.Text("id"))).Refused()).Status);
        Assert.Equal(404, (await app.Anonymous.GetAsync(file).Refused()).Status);
        using var again = await writer.GetAsync(file);
        Assert.Equal(200, (int)again.StatusCode);
        Assert.Equal("attachment", again.Content.Headers.ContentDisposition!.DispositionType);
        // Somebody else's file cannot be taken over by naming it.
        using var thief = app.AsVoter((await app.Town).Firms[4].Person);
        var stolen = Whole((await app.Town).Firms[4], "en", "Enough words about a theft");
        stolen["details"] = whole["details"];
        Assert.Equal(400, (await thief.PostAsJsonAsync(round.Api("proposals"), stolen).Refused()).Status);
    }

    static Dictionary<string, object> Whole(Voter voter, string lang, string words)
    {
        var whole = new Dictionary<string, object> { ["organisation"] = voter.Subject, ["sector"] = "agro", ["mode"] = "general", ["kind"] = "new", ["track"] = "main", ["horizon"] = DateTime.UtcNow.Year + 5 };
        foreach (var field in new[] { "Title", "Summary", "Today", "Market", "Strengths" }) whole[char.ToLowerInvariant(field[0]) + field[1..]] = new Dictionary<string, string> { [lang] = $"{words}: {field}" };
        return whole;
    }

    (HttpClient Http, string Form) Browser(Voter voter) => app.AsBrowser([new(ClaimTypes.NameIdentifier, voter.Person.ToString()), new(ClaimTypes.Name, "Voter")]);
}
