using System.Net.Http.Json;

namespace Discovery.ServicesTests.Proposals;

public sealed class ProposalsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_firm_proposes_and_a_moderator_returns_and_publishes_it()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var (firm, stranger) = (app.AsVoter(town.Firms[3].Person), app.AsVoter(town.Firms[4].Person));
        var path = round.Api("proposals", "/2");
        Assert.Equal(201, await round.SubmitAsync(firm, town.Firms[3].Subject, 2));

        Assert.Equal("waiting", (await firm.Get(path)).Text("state"));
        foreach (var who in new[] { stranger, app.Anonymous, app.As("official", "elsewhere") }) Assert.Equal(404, (await who.GetAsync(path).Refused()).Status);

        await round.DecideAsync(2, "return", "incomplete", "say who needs it");
        var returned = await firm.Get(path);
        Assert.Equal(("returned", "incomplete", "say who needs it"), (returned.Text("state"), returned.Text("reasonCode"), returned.Text("returnReason")));
        Assert.Equal(404, (await stranger.PutAsJsonAsync(path, TestRound.Content(town.Firms[3].Subject, 2)).Refused()).Status);
        await firm.Put(path, TestRound.Content(town.Firms[3].Subject, 2));
        await round.DecideAsync(2, "publish", why: "edited");
        Assert.Equal("published", (await app.Anonymous.Get(path)).Text("state"));
        Assert.Equal(2, (await app.Anonymous.Get(round.Api("proposals"))).GetProperty("published").GetInt32());
    }

    [Fact]
    public async Task Nobody_proposes_without_a_mandate_or_out_of_time()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = town.Firms[1];
        Assert.Equal(403, await round.SubmitAsync(app.AsVoter(firm.Person), town.Firms[2].Subject, 2));
        Assert.Equal(403, await round.SubmitAsync(app.As("official"), firm.Subject, 2));
        Assert.Equal(401, await round.SubmitAsync(app.Anonymous, firm.Subject, 2));
        var problem = await app.AsVoter(firm.Person).PostAsJsonAsync(round.Api("proposals"), new { organisation = firm.Subject, title = new { ru = "мало" } }).Refused();
        Assert.Equal(400, problem.Status);
        Assert.All(["title", "summary", "sector", "horizon"], field => Assert.True(problem.Body.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
        Assert.Equal("proposals.import.live", (await app.AsTool().PostAsJsonAsync(round.Api("proposals", "/import"), new { reason = "the tool brings them", proposals = Array.Empty<object>() }).Refused()).Code);

        await round.FreezeAsync();
        Assert.Equal(409, await round.SubmitAsync(app.AsVoter(firm.Person), firm.Subject, 2));
        Assert.Equal(1, (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("count").GetInt32());
    }
}
