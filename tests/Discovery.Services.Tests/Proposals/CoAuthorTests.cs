using System.Net.Http.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Who becomes a co-author: only who has said yes.</summary>
public sealed class CoAuthorTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task An_organisation_that_is_asked_says_yes_loses_its_support_and_stands_on_the_list()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(2);
        var guest = town.Universities[5];
        await app.EndorseAsync(round, 1, guest);
        using var author = app.AsVoter(town.Firms[0].Person);
        using var asked = app.AsVoter(guest.Person);

        var found = (await author.Get(round.Path(1, $"/co-authors?find={guest.Subject:N}"))).GetProperty("found");
        Assert.Equal([guest.Subject], found.EnumerateArray().Select(o => o.GetProperty("id").GetGuid()));
        await author.Post(round.Path(1, "/co-authors"), new { organisation = guest.Subject });
        await author.Post(round.Path(1, "/co-authors"), new { organisation = guest.Subject });
        Assert.Equal(0, (await app.Anonymous.Get(round.Path(1))).GetProperty("coAuthors").GetArrayLength());
        Assert.Equal([1], (await asked.Get(round.Api("proposals", "/invitations"))).EnumerateArray().Select(i => i.GetProperty("number").GetInt32()));
        Assert.Empty((await app.Anonymous.Get(round.Path(1, "/co-authors"))).GetProperty("asked").EnumerateArray());

        // Nobody else answers, and nobody makes another one an author.
        foreach (var who in new[] { author, app.AsVoter(town.Firms[3].Person), app.As("official") })
            Assert.Equal((404, "proposals.co-author.not-asked"), await who.PutAsJsonAsync(round.Path(1, $"/co-authors/{guest.Subject}"), new { accepts = true }).RefusedAs());
        Assert.Equal((404, "proposals.co-author.not-asked"), await asked.PutAsJsonAsync(round.Path(2, $"/co-authors/{guest.Subject}"), new { accepts = true }).RefusedAs());
        Assert.Equal(404, (await asked.PutAsJsonAsync((await app.CollectingAsync(1)).Path(1, $"/co-authors/{guest.Subject}"), new { accepts = true }).Refused()).Status);
        using (var other = app.AsVoter(town.Firms[3].Person)) Assert.Equal((403, "proposals.no-mandate"), await other.PostAsJsonAsync(round.Path(1, "/co-authors"), new { organisation = town.Firms[3].Subject }).RefusedAs());
        Assert.Equal((409, "proposals.co-author.is-one"), await author.PostAsJsonAsync(round.Path(1, "/co-authors"), new { organisation = town.Firms[0].Subject }).RefusedAs());
        Assert.Equal(400, (await author.PostAsJsonAsync(round.Path(1, "/co-authors"), new { organisation = Guid.NewGuid() }).Refused()).Status);

        await asked.Put(round.Path(1, $"/co-authors/{guest.Subject}"), new { accepts = true });
        var proposal = await app.Anonymous.Get(round.Path(1));
        Assert.Equal([guest.Subject], proposal.GetProperty("coAuthors").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
        Assert.Equal(0, proposal.GetProperty("support").GetProperty("voices").GetInt32());
        Assert.Equal((409, "proposals.endorse.own"), await asked.PutAsJsonAsync(round.Path(1, "/endorsement"), new { organisation = guest.Subject }).RefusedAs());
        Assert.Contains(guest.Subject, (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("proposals")[0].GetProperty("organisations").EnumerateArray().Select(o => o.GetGuid()));
        // It writes with the author.
        Assert.Equal(2, (await asked.Put(round.Path(1, "/content"), Changing.Content(1, "Words that the co-author has written.", 1))).GetProperty("version").GetInt32());

        using (var left = await asked.DeleteAsync(round.Path(1, $"/co-authors/{guest.Subject}"))) Assert.Equal(204, (int)left.StatusCode);
        Assert.Equal((403, "proposals.no-mandate"), await asked.PutAsJsonAsync(round.Path(1, "/content"), Changing.Content(1, "Words that come after the co-authorship.", 2)).RefusedAs());
    }

    [Fact]
    public async Task A_proposal_that_is_not_public_is_shown_to_who_is_asked_and_a_no_is_final()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(1);
        var guest = town.Universities[6];
        using var author = app.AsVoter(town.Firms[1].Person);
        using var asked = app.AsVoter(guest.Person);
        Assert.Equal(201, await round.SubmitAsync(author, town.Firms[1].Subject, 2));
        Assert.Equal((404, "proposals.unknown"), await asked.GetAsync(round.Path(2)).RefusedAs());
        await author.Post(round.Path(2, "/co-authors"), new { organisation = guest.Subject });
        Assert.Equal("waiting", (await asked.Get(round.Path(2))).Text("state"));
        Assert.Contains($"/proposals/2/co-authors", await Page(guest, $"/en/rounds/{round.Slug}/proposals"), StringComparison.Ordinal);

        await asked.Put(round.Path(2, $"/co-authors/{guest.Subject}"), new { accepts = false });
        Assert.Equal((404, "proposals.unknown"), await asked.GetAsync(round.Path(2)).RefusedAs());
        Assert.Equal((409, "proposals.co-author.refused"), await author.PostAsJsonAsync(round.Path(2, "/co-authors"), new { organisation = guest.Subject }).RefusedAs());
        Assert.Equal((404, "proposals.co-author.none"), await author.DeleteAsync(round.Path(2, $"/co-authors/{guest.Subject}")).RefusedAs());

        await author.Post(round.Path(2, "/co-authors"), new { organisation = town.Firms[5].Subject });
        using (var back = await author.DeleteAsync(round.Path(2, $"/co-authors/{town.Firms[5].Subject}"))) Assert.Equal(204, (int)back.StatusCode);
        using var uninvited = app.AsVoter(town.Firms[5].Person);
        Assert.Equal((404, "proposals.co-author.not-asked"), await uninvited.PutAsJsonAsync(round.Path(2, $"/co-authors/{town.Firms[5].Subject}"), new { accepts = true }).RefusedAs());
    }

    async Task<string> Page(Voter voter, string path)
    {
        var (http, _) = app.AsBrowser([new(System.Security.Claims.ClaimTypes.NameIdentifier, voter.Person.ToString()), new(System.Security.Claims.ClaimTypes.Name, "Voter")]);
        using (http) return await http.GetStringAsync(path);
    }
}
