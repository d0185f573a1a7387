using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Proposals;

/// <summary>What authors show only to whom they name (requirement R40).</summary>
public sealed class AnnexTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Only_those_who_are_named_open_it_and_its_authors_see_who_did()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var path = round.Api("proposals", "/1/annex");
        using var author = app.AsVoter(town.Firms[0].Person);
        using var reader = app.AsVoter(town.Universities[0].Person);
        using var stranger = app.AsVoter(town.Firms[1].Person);
        using var official = app.As("official");
        await Portal.Until(async () => (await author.PutAsJsonAsync(path, new { text = "The price is 12 per piece", readers = new[] { town.Universities[0].Subject } })).IsSuccessStatusCode, "the reader's organisation is known");

        foreach (var other in new[] { stranger, official, app.As("official", "elsewhere") })
            foreach (var answer in new[] { await other.GetAsync(path), await other.PostAsync(path + "/readings", null), await other.PutAsJsonAsync(path, new { text = "mine now" }) })
                using (answer) Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal(401, (await app.Anonymous.GetAsync(path).Refused()).Status);
        Assert.DoesNotContain("annex", await stranger.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1"), StringComparison.OrdinalIgnoreCase);

        // Looking is not reading, and reading is noted.
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await reader.Get(path)).GetProperty("text").ValueKind);
        Assert.Empty((await author.Get(path)).GetProperty("readings").EnumerateArray());
        Assert.Equal("The price is 12 per piece", (await reader.Post(path + "/readings")).Text("text"));
        var reading = Assert.Single((await author.Get(path)).GetProperty("readings").EnumerateArray());
        Assert.Equal(town.Universities[0].Subject, reading.GetProperty("organisation").GetProperty("id").GetGuid());
        Assert.Equal(403, (await reader.PutAsJsonAsync(path, new { text = "mine now" }).Refused()).Status);
        // The database does not tell it.
        Assert.DoesNotContain("price", System.Text.Encoding.UTF8.GetString(await app.Read("proposals", db => db.Database.SqlQuery<byte[]>($"select sealed as \"Value\" from annexes limit 1").SingleAsync())), StringComparison.Ordinal);

        await author.Put(path, new { text = "The price is 11 per piece", forOfficials = true, version = 1 });
        Assert.Equal("The price is 11 per piece", (await official.Post(path + "/readings")).Text("text"));
        Assert.Equal(404, (await reader.PostAsync(path + "/readings", null).Refused()).Status);
        Assert.Equal("proposals.annex.changed", (await author.PutAsJsonAsync(path, new { text = "The price is 10", version = 1 }).Refused()).Code);
        Assert.Equal(400, (await author.PutAsJsonAsync(path, new { text = new string('x', 10_001) }).Refused()).Status);
        await author.Put(path, new { text = "" });
        Assert.Equal(404, (await official.GetAsync(path).Refused()).Status);
    }

    [Fact]
    public async Task An_author_changes_what_is_published_through_the_form_and_nothing_that_came_meanwhile_is_lost()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = town.Firms[0];
        using var author = app.AsVoter(firm.Person);
        var (http, form) = app.AsBrowser([new(System.Security.Claims.ClaimTypes.NameIdentifier, firm.Person.ToString()), new(System.Security.Claims.ClaimTypes.Name, "Voter")]);
        using var _ = http;
        var proposal = $"/en/rounds/{round.Slug}/proposals/1";
        async Task<string> Begin()
        {
            using var begun = await http.PostAsync(proposal + "?handler=Correct", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = form }));
            return begun.Headers.Location!.ToString().Split("draft=")[1];
        }
        Task<HttpResponseMessage> Post(string handler, string draft, params (string, string)[] fields) => http.PostAsync($"/en/rounds/{round.Slug}/proposals/new{handler}",
            new FormUrlEncodedContent(new Dictionary<string, string>(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))) { ["__RequestVerificationToken"] = form, ["Draft"] = draft }));

        var draft = await Begin();
        Assert.Equal(draft, await Begin());
        using (var step = await Post("", draft, ("Step", "links"), ("Input.Details.Clusters", "Bakers\nMillers"), ("Input.Details.Regions", "Next door"))) Assert.Equal(302, (int)step.StatusCode);
        using (var sent = await Post("?handler=Send", draft, ("Input.Organisation", firm.Subject.ToString()))) Assert.Equal(proposal, sent.Headers.Location?.ToString());
        var view = await app.Anonymous.Get(round.Api("proposals", "/1"));
        Assert.Equal(2, view.GetProperty("revision").GetInt32());
        Assert.True(view.GetProperty("strength").GetProperty("isJunction").GetBoolean());
        Assert.True(view.GetProperty("strength").GetProperty("isInterregional").GetBoolean());

        // Two windows: the second one hears that the text has changed, and keeps its own.
        var late = await Begin();
        await author.Put(round.Api("proposals", "/1/content"), Changing.Content(1, "Changed in another window while the form was open.", 2));
        using (var refused = await Post("?handler=Send", late, ("Input.Organisation", firm.Subject.ToString()))) Assert.Equal(422, (int)refused.StatusCode);
        Assert.Equal(3, (await app.Anonymous.Get(round.Api("proposals", "/1"))).GetProperty("revision").GetInt32());
        Assert.Equal("Bakers", (await author.Get(round.Api("proposals", "/drafts/" + late))).GetProperty("form").GetProperty("details").GetProperty("clusters")[0].GetString());
        Assert.NotEqual(late, await Begin());
    }
}
