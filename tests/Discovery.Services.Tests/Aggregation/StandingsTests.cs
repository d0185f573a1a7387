namespace Discovery.ServicesTests.Aggregation;

public sealed class StandingsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Live_standings_are_for_auditors()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        foreach (var voter in town.Consumers) await round.CastAsync(voter, 3, 4);
        var path = round.Api("aggregation", "/standings");
        var seen = await app.Until(app.As("auditor"), path, s => s.GetProperty("sequence").GetInt64() == 12);
        Assert.Equal("3", seen.GetProperty("result").GetProperty("consensus")[0].GetString());
        foreach (var who in new[] { app.Anonymous, app.AsVoter(town.Firms[1].Person), app.As("official"), app.As("auditor", "elsewhere"), app.AsTool() })
            Assert.Equal((403, "results.standings.hidden"), await who.GetAsync(path).Refused() is var p ? (p.Status, p.Code) : default);
        Assert.Equal((404, "results.none"), await app.As("official").GetAsync(round.Api("aggregation")).Refused() is var q ? (q.Status, q.Code) : default);
    }

    [Fact]
    public async Task Where_everybody_sees_standings_they_move_in_steps_of_ten_in_every_group()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { Standings = "everybody" });
        var path = round.Api("aggregation", "/standings");
        foreach (var voter in town.Consumers.Take(9).Concat(town.Universities.Take(9)).Append(town.Consumers[9])) await round.CastAsync(voter, 3);
        await app.Until(app.As("auditor"), path, s => s.GetProperty("sequence").GetInt64() == 19);
        Assert.Equal("results.none", (await app.Anonymous.GetAsync(path).Refused()).Code);

        await round.CastAsync(town.Universities[9], 3);
        await app.Until(app.Anonymous, path, s => s.GetProperty("sequence").GetInt64() == 20);
        await round.CastAsync(town.Firms[1], 4);
        await app.Until(app.As("auditor"), path, s => s.GetProperty("sequence").GetInt64() == 21);
        Assert.Equal(20, (await app.Anonymous.Get(path)).GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_family_weighs_as_much_as_one_firm()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { K = 1 });
        foreach (var affiliate in town.Family.Take(16)) await round.CastAsync(affiliate, 3);
        foreach (var firm in town.Firms.Skip(1).Take(2)) await round.CastAsync(firm, 4);
        foreach (var voter in town.Consumers.Take(10).Concat(town.Universities.Take(10))) await round.CastAsync(voter, 5, 4);
        await round.CloseAsync();
        var firms = (await round.ResultsAsync()).GetProperty("result").GetProperty("groups").GetProperty("firms");
        Assert.Equal((18, 3 * 720720L), (firms.GetProperty("ballots").GetInt32(), firms.GetProperty("units").GetInt64()));
    }
}
