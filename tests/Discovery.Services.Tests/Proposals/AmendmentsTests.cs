using System.Net.Http.Json;
using System.Security.Claims;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Words that others suggest for a proposal.</summary>
public sealed class AmendmentsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Authors_accept_what_others_suggest_and_these_do_not_become_authors()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(2);
        var suggester = town.Universities[4];
        var id = (await SuggestAsync(round, 1, suggester, new { reason = "It is about wheat as well", title = new { en = "Proposal number 1: rye and wheat" } })).Text("id");
        var path = round.Path(1, "/amendments/" + id);

        // CVE-2026-40869: nobody but the authors accepts, least of all whoever suggested it.
        foreach (var who in new[] { app.AsVoter(suggester.Person), app.AsVoter(town.Family[0].Person), app.As("official"), app.As("moderator") })
            using (who) Assert.Equal((403, "proposals.amendment.not-author"), await who.PutAsJsonAsync(path, new { accepts = true }).RefusedAs());
        Assert.Equal(401, (await app.Anonymous.PutAsJsonAsync(path, new { accepts = true }).Refused()).Status);
        using var author = app.AsVoter(town.Firms[0].Person);
        // Neither under another number nor in another round.
        using (var second = app.AsVoter(town.Family[0].Person)) Assert.Equal((404, "proposals.amendment.unknown"), await second.PutAsJsonAsync(round.Path(2, "/amendments/" + id), new { accepts = true }).RefusedAs());
        Assert.Equal(404, (await author.PutAsJsonAsync((await app.CollectingAsync(1)).Path(1, "/amendments/" + id), new { accepts = true }).Refused()).Status);

        await author.Put(path, new { accepts = true });
        Assert.Equal((409, "proposals.amendment.decided"), await author.PutAsJsonAsync(path, new { accepts = true }).RefusedAs());
        var proposal = await app.Anonymous.Get(round.Path(1));
        Assert.Equal("Proposal number 1: rye and wheat", proposal.GetProperty("content").GetProperty("title").Text("en"));
        Assert.Equal("Предложение номер 1", proposal.GetProperty("content").GetProperty("title").Text("ru"));
        Assert.Equal(0, proposal.GetProperty("coAuthors").GetArrayLength());
        var version = (await app.Anonymous.Get(round.Path(1, "/versions"))).GetProperty("versions")[1];
        Assert.Equal("amended", version.Text("why"));
        Assert.NotNull(version.GetProperty("suggestedBy").Text("en"));
        Assert.Contains("rye and wheat", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1/amendments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_authors_have_changed_themselves_overtakes_a_suggestion_and_other_words_do_not()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(1);
        var suggester = town.Universities[4];
        var title = (await SuggestAsync(round, 1, suggester, new { reason = "A better title", title = new { en = "A better title of it" } })).Text("id");
        var market = (await SuggestAsync(round, 1, suggester, new { reason = "A better market", market = new { en = "Enough words about a market that is much better." } })).Text("id");
        using var author = app.AsVoter(town.Firms[0].Person);
        await author.Put(round.Path(1, "/content"), Changing.Content(1, "A summary that the authors have written anew.", 1, "The title of the authors"));

        var rows = (await app.Anonymous.Get(round.Path(1, "/amendments"))).GetProperty("amendments").EnumerateArray().ToDictionary(a => a.Text("id")!, a => a.Text("state"));
        Assert.Equal(("superseded", "open"), (rows[title!], rows[market!]));
        Assert.Equal((409, "proposals.amendment.decided"), await author.PutAsJsonAsync(round.Path(1, "/amendments/" + title), new { accepts = true }).RefusedAs());
        Assert.Contains("What it suggested", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1/amendments"), StringComparison.Ordinal);
        await author.Put(round.Path(1, "/amendments/" + market), new { accepts = true });
        var content = (await app.Anonymous.Get(round.Path(1))).GetProperty("content");
        Assert.Equal(("The title of the authors", "Enough words about a market that is much better."), (content.GetProperty("title").Text("en"), content.GetProperty("market").Text("en")));

        // Who has read an older version is told at once.
        using var http = app.AsVoter(suggester.Person);
        Assert.Equal((409, "proposals.edited-meanwhile"), await http.PostAsJsonAsync(round.Path(1, "/amendments"), new { baseVersion = 1, reason = "A title again", title = new { en = "Again another title" } }).RefusedAs());
        var (browser, form) = app.AsBrowser([new(ClaimTypes.NameIdentifier, suggester.Person.ToString()), new(ClaimTypes.Name, "Voter")]);
        using var _ = browser;
        using var asked = await browser.PostAsync($"/en/rounds/{round.Slug}/proposals/1/amendments/new", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form, ["Input.BaseVersion"] = "1", ["Input.Title[en]"] = "Again another title", ["Input.Reason"] = "A title again", ["Input.Organisation"] = suggester.Subject.ToString(),
        }));
        Assert.Equal(422, (int)asked.StatusCode);
        var page = await asked.Content.ReadAsStringAsync();
        Assert.Contains("id=\"meanwhile\"", page, StringComparison.Ordinal);
        Assert.Contains("Again another title", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_is_refused_with_a_reason_or_taken_back_and_nobody_floods_authors()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(2);
        var suggester = town.Firms[6];
        Task<System.Text.Json.JsonElement> One(int i) => SuggestAsync(round, 2, suggester, new { reason = "Such words are better", today = new { en = $"Enough words about today, in the variant number {i}." } });
        var first = (await One(1)).Text("id");
        var second = (await One(2)).Text("id");
        using var author = app.AsVoter(town.Family[0].Person);
        using var http = app.AsVoter(suggester.Person);
        Assert.Equal(400, (await author.PutAsJsonAsync(round.Path(2, "/amendments/" + first), new { accepts = false }).Refused()).Status);
        await author.Put(round.Path(2, "/amendments/" + first), new { accepts = false, reason = "We mean something else" });
        using (var stranger = app.AsVoter(town.Firms[7].Person)) Assert.Equal((403, "proposals.amendment.not-yours"), await stranger.DeleteAsync(round.Path(2, "/amendments/" + second)).RefusedAs());
        using (var gone = await http.DeleteAsync(round.Path(2, "/amendments/" + second))) Assert.Equal(204, (int)gone.StatusCode);
        Assert.Equal(["withdrawn", "refused"], (await app.Anonymous.Get(round.Path(2, "/amendments"))).GetProperty("amendments").EnumerateArray().Select(a => a.Text("state")));

        for (var i = 0; i < 5; i++) await One(i);
        var form = new { reason = "One more of them", today = new { en = "Enough words about today, once more than five times." } };
        Assert.Equal((429, "proposals.amendment.many"), await http.PostAsJsonAsync(round.Path(2, "/amendments"), form).RefusedAs());
        Assert.Equal((409, "proposals.amendment.own"), await author.PostAsJsonAsync(round.Path(2, "/amendments"), form).RefusedAs());
        Assert.Equal((403, "proposals.amendment.official"), await app.As("official").PostAsJsonAsync(round.Path(2, "/amendments"), form).RefusedAs());
        Assert.Equal((404, "proposals.unknown"), await author.PostAsJsonAsync(round.Path(99, "/amendments"), form).RefusedAs());
        using var other = app.AsVoter(town.Firms[8].Person);
        Assert.Equal((409, "proposals.amendment.nothing"), await other.PostAsJsonAsync(round.Path(2, "/amendments"), new { reason = "Nothing at all" }).RefusedAs());
        Assert.Equal(400, (await other.PostAsJsonAsync(round.Path(2, "/amendments"), new { reason = "Too short a title", title = new { en = "x" } }).Refused()).Status);
        Assert.Equal(400, (await other.PostAsJsonAsync(round.Path(2, "/amendments"), new { reason = "Far too long", today = new { en = new string('x', 20_000) } }).Refused()).Status);
    }

    Task<System.Text.Json.JsonElement> SuggestAsync(TestRound round, int number, Voter voter, object form) => app.KnownAsync(voter, http => http.PostAsJsonAsync(round.Path(number, "/amendments"), form));
}
