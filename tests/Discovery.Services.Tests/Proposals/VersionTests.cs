using System.Net.Http.Json;
using System.Security.Claims;
using Discovery.Platform.Records;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Proposals;

/// <summary>What a proposal has said, and how its authors change it.</summary>
public sealed class VersionTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Authors_change_what_is_published_and_everybody_sees_what_has_changed()
    {
        var round = await app.CollectingAsync(1);
        using var author = app.AsVoter((await app.Town).Firms[0].Person);
        var version = await author.Put(round.Path(1, "/content"), Changing.Content(1, "The bread is baked at night and sold at dawn.", 1, "A loaf <b>of</b> rye"));
        Assert.Equal(2, version.GetProperty("version").GetInt32());
        // The same again is no version.
        Assert.Equal(2, (await author.Put(round.Path(1, "/content"), Changing.Content(1, "The bread is baked at night and sold at dawn.", 2, "A loaf <b>of</b> rye"))).GetProperty("version").GetInt32());

        var versions = (await app.Anonymous.Get(round.Path(1, "/versions"))).GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal(["1 submitted True", "2 edited True"], versions.Select(v => $"{v.GetProperty("number").GetInt32()} {v.Text("why")} {v.GetProperty("isPublic").GetBoolean()}"));
        Assert.Equal("Proposal number 1", versions[0].GetProperty("content").GetProperty("title").Text("en"));
        var page = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1/versions?from=1&to=2");
        Assert.Contains("<del>", page, StringComparison.Ordinal);
        Assert.Contains("A loaf &lt;b&gt;of&lt;/b&gt; rye", page, StringComparison.Ordinal);
        Assert.Contains("A loaf", await app.Anonymous.GetStringAsync($"/ru/rounds/{round.Slug}/proposals/1/versions?from=x&to=99999999999"), StringComparison.Ordinal);

        // Others learn of the new title, and the record of what happened is whole.
        var proposal = (await app.Anonymous.Get(round.Path(1))).GetProperty("id").GetGuid();
        await Portal.Until(async () => await app.Read("rounds", db => db.Database.SqlQuery<string>($"""select title as "Value" from proposals where number = 1""").ToListAsync()) is { } titles && titles.Exists(t => t.Contains("A loaf", StringComparison.Ordinal)), "Rounds knows the new title");
        var lines = await app.Read("proposals", db => db.ReadAsync(proposal, default));
        Assert.Contains("edited", lines.Select(l => l.What));
        Assert.Null(RecordChain.Verify(proposal, lines));
    }

    [Fact]
    public async Task Of_two_editors_at_once_one_is_told_and_sees_three_ways_and_nothing_is_lost()
    {
        var round = await app.CollectingAsync(1);
        var firm = (await app.Town).Firms[0];
        using var author = app.AsVoter(firm.Person);
        var both = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => author.PutAsJsonAsync(round.Path(1, "/content"), Changing.Content(1, $"Summary that editor {i} has written at the same time.", 1))));
        Assert.Equal(1, both.Count(a => a.IsSuccessStatusCode));
        Assert.All(both.Where(a => !a.IsSuccessStatusCode), a => Assert.Equal(409, (int)a.StatusCode));
        Assert.Equal("proposals.edited-meanwhile", (await author.PutAsJsonAsync(round.Path(1, "/content"), Changing.Content(1, "Summary that comes too late, with enough words.", 1)).Refused()).Code);
        Assert.Equal(400, (await author.PutAsJsonAsync(round.Path(1, "/content"), TestRound.Content(firm.Subject, 1)).Refused()).Status);

        var (http, form) = app.AsBrowser([new(ClaimTypes.NameIdentifier, firm.Person.ToString()), new(ClaimTypes.Name, "Voter")]);
        using var _ = http;
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = form, ["Input.BaseVersion"] = "1", ["Input.Title[en]"] = "A title typed by hand", ["Input.Summary[en]"] = "A summary that was typed for a long time." };
        foreach (var field in new[] { "Today", "Market", "Strengths" }) fields[$"Input.{field}[en]"] = $"Enough words about {field} that were typed here";
        using (var asked = await http.PostAsync($"/en/rounds/{round.Slug}/proposals/1/edit", new FormUrlEncodedContent(fields)))
        {
            Assert.Equal(422, (int)asked.StatusCode);
            var page = await asked.Content.ReadAsStringAsync();
            Assert.Contains("id=\"meanwhile\"", page, StringComparison.Ordinal);
            Assert.Contains("A summary that was typed for a long time.", page, StringComparison.Ordinal);
            Assert.Contains("has written at the same time", page, StringComparison.Ordinal);
            Assert.Matches("name=\"Input.BaseVersion\"[^>]*value=\"2\"|value=\"2\"[^>]*name=\"Input.BaseVersion\"", page);
        }
        fields["Input.BaseVersion"] = "2";
        using (var sent = await http.PostAsync($"/en/rounds/{round.Slug}/proposals/1/edit", new FormUrlEncodedContent(fields))) Assert.Equal(302, (int)sent.StatusCode);
        var now = await app.Anonymous.Get(round.Path(1));
        Assert.Equal(3, now.GetProperty("revision").GetInt32());
        // What is not on the page stays.
        Assert.Equal("agro", now.GetProperty("content").Text("sector"));
    }

    [Fact]
    public async Task What_was_never_public_stays_among_authors_and_officials_and_strangers_change_nothing()
    {
        var town = await app.Town;
        var (round, other) = (await app.CollectingAsync(1), await app.CollectingAsync(1));
        using var author = app.AsVoter(town.Firms[1].Person);
        Assert.Equal(201, await round.SubmitAsync(author, town.Firms[1].Subject, 2));
        using var official = app.As("official");
        using var stranger = app.AsVoter(town.Firms[2].Person);
        Assert.Equal((404, "proposals.unknown"), await stranger.GetAsync(round.Path(2, "/versions")).RefusedAs());
        Assert.Equal((404, "proposals.unknown"), await author.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "Nothing is published yet, so nothing is edited.", 1)).RefusedAs());
        await round.DecideAsync(2, "return", "unclear", "say who needs it");
        await author.Put(round.Path(2), TestRound.Content(town.Firms[1].Subject, 3));
        await round.DecideAsync(2, "publish");

        Assert.Equal([2], Numbers(await app.Anonymous.Get(round.Path(2, "/versions"))));
        foreach (var who in new[] { author, official }) Assert.Equal([1, 2], Numbers(await who.Get(round.Path(2, "/versions"))));

        Assert.Equal((403, "proposals.no-mandate"), await stranger.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "Somebody else wants to change the text.", 2)).RefusedAs());
        Assert.Equal((403, "proposals.official"), await official.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "Officials do not write proposals at all.", 2)).RefusedAs());
        Assert.Equal(401, (await app.Anonymous.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "Nobody in particular wants to change it.", 2)).Refused()).Status);
        Assert.Equal(404, (await author.PutAsJsonAsync(other.Path(2, "/content"), Changing.Content(2, "It is a proposal of another round, not of this one.", 1)).Refused()).Status);
        await round.StartAsync("admission");
        await app.Until(app.Anonymous, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean());
        Assert.Equal((409, "proposals.not-collecting"), await author.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "The collection is over, so it is too late now.", 2)).RefusedAs());

        static IEnumerable<int> Numbers(System.Text.Json.JsonElement view) => view.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("number").GetInt32());
    }
}
