using System.Net.Http.Json;

namespace Discovery.ServicesTests.Rounds;

public sealed class CharterTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_published_charter_is_published_once_and_its_phases_come_in_order()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var official = app.As("official");
        Task<Problem> Phase(string what) => official.PostAsJsonAsync(round.Api("rounds", "/phases/" + what), new { reason = "the test" }).Refused();
        Assert.Equal("rounds.publish.frozen", (await official.PostAsJsonAsync(round.Api("rounds", "/publish"), new { }).Refused()).Code);
        Assert.Equal("rounds.phase.order", (await Phase("voting/start")).Code);
        Assert.Equal((404, "rounds.phase.unknown"), await Phase("party/start") is var p ? (p.Status, p.Code) : default);
        Assert.Equal(400, (await official.PostAsJsonAsync(round.Api("rounds", "/phases/proposals/start"), new { }).Refused()).Status);
        foreach (var who in new[] { app.As("official", "elsewhere"), app.AsVoter((await app.Town).Firms[0].Person), app.AsTool() })
            Assert.Equal(403, (await who.PostAsJsonAsync(round.Api("rounds", "/phases/proposals/start"), new { reason = "no" }).Refused()).Status);

        await round.StartAsync("proposals");
        await round.StartAsync("admission");
        Assert.Equal("rounds.phase.over", (await Phase("proposals/start")).Code);
        await round.StartAsync("voting");
        Assert.Equal("rounds.phase.voting", (await Phase("voting/end")).Code);
        Assert.Equal("rounds.phase.voting", (await Phase("results/start")).Code);
        Assert.Equal("voting", (await app.Anonymous.Get(round.Api("rounds"))).Text("phase"));
    }

    [Fact]
    public async Task The_number_that_decides_ties_is_committed_to_before_publication_and_revealed_after_the_seal()
    {
        var round = await app.OpenRound();
        var before = await app.Anonymous.Get(round.Api("rounds"));
        Assert.Matches("^[0-9a-f]{64}$", before.Text("seedCommitment"));
        Assert.Contains(before.Text("seedCommitment")!, before.Text("rules")!, StringComparison.Ordinal);
        Assert.Null((await app.Anonymous.Get(round.Api("voting"))).Text("r"));
        var voting = await round.CloseAsync();
        Assert.Equal(before.Text("seedCommitment"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Convert.FromHexString(voting.Text("r")!))));
    }
}
