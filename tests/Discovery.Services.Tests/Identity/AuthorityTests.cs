using System.Net.Http.Json;

namespace Discovery.ServicesTests.Identity;

/// <summary>Who runs a round takes no part in it, and nobody decides alone.</summary>
public sealed class AuthorityTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check8_the_same_official_does_not_ask_for_the_publication_and_approve_it()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { Origin = "live", Proposals = 3, K = 2, MaxRanked = 3 });
        foreach (var voter in town.Everybody.Skip(2).Take(6)) await round.CastAsync(voter, 3);
        await round.CloseAsync();
        using var first = app.As("official");
        await app.Until(first, round.Api("aggregation"), r => r.Text("countedAt") is not null);
        Assert.False((await first.Post(round.Api("aggregation", "/publication"))).GetProperty("published").GetBoolean());
        Assert.Equal((409, "results.sameofficial"), await first.PostAsync(round.Api("aggregation", "/publication"), null).Refused() is var again ? (again.Status, again.Code) : default);
        using var second = app.As("official 2");
        Assert.True((await second.Post(round.Api("aggregation", "/publication"))).GetProperty("published").GetBoolean());
    }

    [Fact]
    public async Task Check10_an_official_belongs_to_no_firm_and_sees_no_draft_of_the_ranking()
    {
        var (insider, director, firm) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new
        {
            organisations = new[] { new { id = firm, name = new { en = "Competitor Ltd" }, kind = "firm" } },
            accounts = new object[]
            {
                new { id = insider, email = $"{insider}@test.example", displayName = "Insider", roles = new[] { "*:official" } },
                new { id = director, email = $"{director}@test.example", displayName = "Director", organisations = new[] { firm } },
            },
        });
        using var official = app.As("official");
        using var administrator = app.As("administrator");
        Assert.Equal("identity.mandate.authority", (await official.PostAsJsonAsync($"/api/identity/organisations/{firm}/mandates", new { email = $"{insider}@test.example", displayName = "Insider" }).Refused()).Code);
        Assert.Equal("identity.role.participant.refused", (await administrator.PutAsJsonAsync($"/api/identity/people/{director}/roles/*:official", new { }).Refused()).Code);

        var round = await app.OpenRound(new() { Origin = "live", Proposals = 3, K = 2, MaxRanked = 3 });
        Assert.Equal(403, (await official.GetAsync(round.Api("aggregation", "/standings")).Refused()).Status);
        Assert.Equal(404, (await official.GetAsync(round.Api("aggregation")).Refused()).Status);
    }
}
