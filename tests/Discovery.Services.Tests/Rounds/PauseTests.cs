using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.ServicesTests.Rounds;

/// <summary>A round that stands still.</summary>
public sealed class PauseTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_paused_round_takes_nothing_and_goes_on_later_by_the_length_of_the_pause()
    {
        var round = await app.OpenRound(new() { Origin = "live" });
        using var official = app.As("official");
        var voter = (await app.Town).Firms[3];
        await round.CastAsync(voter, 3, 4);
        var planned = (await app.Anonymous.Get(round.Api("rounds"))).GetProperty("phases");
        Assert.Equal(400, (await official.PostAsJsonAsync(round.Api("rounds", "/pause"), new { reason = " " }).Refused()).Status);

        await official.Post(round.Api("rounds", "/pause"), new { reason = "three districts are offline" });
        using (var http = app.AsVoter(voter.Person))
            await Portal.Until(async () => !(await http.PutAsJsonAsync(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 3 } } })).IsSuccessStatusCode, "no ballot is taken");
        using (var http = app.AsVoter(voter.Person))
            Assert.Equal("round.paused", (await http.PutAsJsonAsync(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 3 } } }).Refused()).Code);
        Assert.Equal("rounds.paused", (await official.PostAsJsonAsync(round.Api("rounds", "/phases/results/start"), new { reason = "go" }).Refused()).Code);
        Assert.Contains("three districts are offline", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}"), StringComparison.Ordinal);

        await official.Post(round.Api("rounds", "/resume"), new { reason = "they are back" });
        var after = await app.Until(app.Anonymous, round.Api("rounds"), r => r.GetProperty("amendments").EnumerateArray().All(a => a.Text("state") == "applied"));
        Assert.Equal(JsonValueKind.Null, after.GetProperty("pausedAt").ValueKind);
        foreach (var (was, now) in planned.EnumerateArray().Zip(after.GetProperty("phases").EnumerateArray()).Skip(2))
            Assert.InRange(now.GetProperty("endsAt").GetDateTimeOffset() - was.GetProperty("endsAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5));
        await Portal.Until(async () =>
        {
            using var http = app.AsVoter(voter.Person);
            return (await http.PutAsJsonAsync(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 4 }, [3] } })).IsSuccessStatusCode;
        }, "ballots are taken again");
        var voting = await app.Anonymous.Get(round.Api("voting"));
        Assert.Equal(after.GetProperty("phases")[2].GetProperty("endsAt").GetDateTimeOffset(), voting.GetProperty("closesAt").GetDateTimeOffset());
        await round.CloseAsync();
    }

    [Fact]
    public async Task A_paused_round_takes_no_proposal()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        using var official = app.As("official");
        var author = (await app.Town).Firms[0];
        await official.Post(round.Api("rounds", "/pause"), new { reason = "an attack" });
        using var http = app.AsVoter(author.Person);
        await Portal.Until(async () => await round.SubmitAsync(http, author.Subject, 7) == 409, "no proposal is taken");
        await official.Post(round.Api("rounds", "/resume"), new { reason = "over" });
        await Portal.Until(async () => await round.SubmitAsync(http, author.Subject, 8) == 201, "proposals are taken again");
    }

    [Fact]
    public async Task A_pause_after_the_close_holds_the_seal()
    {
        var round = await app.OpenRound(new() { Origin = "live" });
        using var official = app.As("official");
        await official.Post(round.Api("rounds", "/pause"), new { reason = "a court's order" });
        await app.Until(app.Anonymous, round.Api("rounds"), r => r.GetProperty("pausedAt").ValueKind != JsonValueKind.Null);
        using (var voter = app.AsVoter((await app.Town).Firms[3].Person))
            await Portal.Until(async () => (await voter.PutAsJsonAsync(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 3 } } })).StatusCode == System.Net.HttpStatusCode.Conflict, "Voting has heard of the pause");
        await official.Post(round.Api("voting", "/close"), new { reason = "the court said so" });
        await Task.Delay(2000);
        Assert.Equal("closed", (await app.Anonymous.Get(round.Api("voting"))).Text("state"));

        await official.Post(round.Api("rounds", "/resume"), new { reason = "the order is lifted" });
        await round.SealedAsync();
        var pause = Assert.Single((await app.Anonymous.Get(round.Api("rounds"))).GetProperty("pauses").EnumerateArray());
        Assert.Equal(("a court's order", "the order is lifted"), (pause.Text("reason"), pause.Text("endReason")));
        Assert.Contains("a court&#x27;s order", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}"), StringComparison.Ordinal);
    }
}
