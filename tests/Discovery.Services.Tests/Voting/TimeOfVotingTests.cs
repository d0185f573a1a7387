using System.Net.Http.Json;

namespace Discovery.ServicesTests.Voting;

public sealed class TimeOfVotingTests(Everybody everybody)
{
    const string Ballot = """{"tiers":[[3]]}""";

    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Nobody_votes_before_the_opening()
    {
        var voter = app.AsVoter((await app.Town).Firms[1].Person);
        var round = await app.CollectingRound();
        Assert.Equal((409, "voting.notopen"), Of(await app.MustRefuseAsync(round, voter, Ballot)));
        await round.FreezeAsync();
        await app.Until(app.Anonymous, round.Api("voting"), v => v.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).SequenceEqual(["phase"]));
        Assert.Equal((409, "voting.notopen"), Of(await app.MustRefuseAsync(round, voter, Ballot)));
        Assert.Equal((404, "round.unknown"), Of(await voter.PutAsJsonAsync("/api/voting/rounds/no-such-round/ballot", new { }).Refused()));
    }

    [Fact]
    public async Task Nobody_votes_after_the_close()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        await round.CastAsync(town.Firms[1], 3);
        using var tool = app.AsTool();
        Assert.Equal(400, (await tool.PostAsJsonAsync(round.Api("voting", "/close"), new { reason = "" }).Refused()).Status);
        Assert.Equal(403, (await app.AsVoter(town.Firms[1].Person).PostAsJsonAsync(round.Api("voting", "/close"), new { reason = "enough" }).Refused()).Status);
        await round.CloseAsync();
        foreach (var voter in new[] { town.Firms[1], town.Firms[2] })
            Assert.Equal((409, "voting.closed"), Of(await app.MustRefuseAsync(round, app.AsVoter(voter.Person), Ballot)));
        Assert.Equal("voting.closed", (await app.AsVoter(town.Firms[1].Person).DeleteAsync(round.Api("voting", "/ballot")).Refused()).Code);
        Assert.Equal("voting.closed.already", (await tool.PostAsJsonAsync(round.Api("voting", "/close"), new { reason = "again" }).Refused()).Code);
        Assert.Equal("voting.sealed", (await tool.PostAsJsonAsync(round.Api("voting", "/withdrawn-proposals"), new { number = 3, reason = "late" }).Refused()).Code);
        Assert.Equal(3, await app.EntriesAsync(round));
    }

    [Fact]
    public async Task The_clock_closes_the_vote_and_seals_the_ledger()
    {
        var town = await app.Town;
        await app.OpenRound();      // the town is known to Voting from here on, so that the next round's seconds are for voting
        var round = await app.OpenRound(new() { Voting = TimeSpan.FromSeconds(15) });
        await round.CastAsync(town.Consumers[0], 3);
        var closed = await round.SealedAsync();
        Assert.True(closed.GetProperty("closedAt").GetDateTimeOffset() >= closed.GetProperty("closesAt").GetDateTimeOffset());
        Assert.Equal((409, "voting.closed"), Of(await app.MustRefuseAsync(round, app.AsVoter(town.Firms[1].Person), Ballot)));
    }

    [Fact]
    public async Task Between_close_and_seal_only_a_proposal_may_be_withdrawn()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { ReconciliationHours = 24 });
        await round.CastAsync(town.Firms[1], 3);
        using var tool = app.AsTool();
        await tool.Post(round.Api("voting", "/close"), new { reason = "enough" });
        Assert.Equal((409, "voting.closed"), Of(await app.MustRefuseAsync(round, app.AsVoter(town.Firms[2].Person), Ballot)));
        await tool.Post(round.Api("voting", "/withdrawn-proposals"), new { number = 4, reason = "its author has gone" });
        var voting = await app.Anonymous.Get(round.Api("voting"));
        Assert.Equal("closed", voting.Text("state"));
        Assert.Equal([4], voting.GetProperty("withdrawn").Ints());
        Assert.Equal(3, voting.GetProperty("entries").GetInt64());
    }

    [Fact]
    public async Task A_charter_may_forbid_ties()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { Ties = false });
        Assert.Equal((400, "voting.ballot.ties"), Of(await app.MustRefuseAsync(round, app.AsVoter(town.Firms[1].Person), """{"tiers":[[3,4]]}""")));
        await round.CastAsync(town.Firms[1], 3, 4);
    }

    [Fact]
    public async Task Where_people_approve_there_is_one_tier()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { Ballot = "approval" });
        Assert.Equal((400, "voting.ballot.onetier"), Of(await app.MustRefuseAsync(round, app.AsVoter(town.Firms[1].Person), """{"tiers":[[3],[4]]}""")));
        await round.CastAsync(town.Firms[1], new { tiers = new[] { new[] { 3, 4 } } });
    }

    [Fact]
    public async Task A_live_round_takes_no_ballots_and_no_electors_from_a_tool()
    {
        var round = await app.OpenRound(new() { Origin = "live", Proposals = 3 });
        using var tool = app.AsTool();
        Assert.Equal((403, "voting.live"), Of(await tool.PostAsJsonAsync(round.Api("voting", "/ballots"), new[] { new { voter = (await app.Town).Firms[1].Subject, tiers = new[] { new[] { 3 } } } }).Refused()));
        Assert.Equal((403, "voting.live"), Of(await tool.PostAsJsonAsync(round.Api("voting", "/electors"), new[] { new { voter = Guid.NewGuid(), group = "firms" } }).Refused()));
        Assert.Equal(403, (await tool.PostAsJsonAsync(round.Api("voting", "/close"), new { reason = "enough" }).Refused()).Status);
        Assert.Equal(403, (await app.As("official").PostAsJsonAsync(round.Api("voting", "/ballots"), Array.Empty<object>()).Refused()).Status);
        Assert.Equal(0, await app.EntriesAsync(round));
    }

    static (int, string?) Of(Problem problem) => (problem.Status, problem.Code);
}
