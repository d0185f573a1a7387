namespace Discovery.SystemTests;

public sealed class EmbeddedFaultsTests(EmbeddedProcess process) : IClassFixture<EmbeddedProcess>
{
    readonly Installation installation = process.Installation;

    [Fact]
    public async Task A_round_runs_in_one_process() => await Rounds.GoesThroughAsync(installation);

    [Fact]
    public async Task Two_kills_during_two_thousand_ballots_lose_nothing()
    {
        var (storm, _) = await Rounds.StormAsync(installation, 2000);
        var voting = storm.RunAsync();
        foreach (var share in new[] { 0.3, 0.6 })
        {
            await storm.Reached(share);
            await installation.KillAsync(Installation.Everything);
            installation.Start(Installation.Everything);
        }
        await voting;
        Assert.True(storm.Refused > 0, "Nobody noticed the kills.");
        await storm.SettleAsync();
    }
}

public sealed class DistributedFaultsTests(DistributedProcesses processes) : IClassFixture<DistributedProcesses>
{
    readonly Installation installation = processes.Installation;

    [Fact]
    public async Task A_round_runs_through_the_gateway_in_one_process_for_each_service() => await Rounds.GoesThroughAsync(installation);

    [Fact]
    public async Task Kills_of_voting_and_aggregation_during_two_thousand_ballots_lose_nothing()
    {
        var (storm, _) = await Rounds.StormAsync(installation, 2000);
        var voting = storm.RunAsync();
        foreach (var (share, service) in new[] { (0.25, "voting"), (0.5, "aggregation"), (0.7, "voting") })
        {
            await storm.Reached(share);
            await installation.KillAsync(service);
            installation.Start(service);
        }
        await voting;
        Assert.True(storm.Refused > 0, "Nobody noticed the kills.");
        await storm.SettleAsync();
    }

    [Fact]
    public async Task Ballots_are_accepted_while_the_broker_is_away_and_counted_when_it_is_back()
    {
        var (storm, round) = await Rounds.StormAsync(installation, 600);
        await Servers.BrokerAsync("down");
        try
        {
            var away = Task.Delay(TimeSpan.FromSeconds(20));
            await storm.RunAsync();
            Assert.Equal(0, storm.Refused);
            await away;
        }
        finally { await Servers.BrokerAsync("up"); }
        await installation.Until(installation.As("auditor"), round.Api("aggregation", "/standings"), s => s.GetProperty("sequence").GetInt64() == 600, 120);
        await storm.SettleAsync();
    }

    [Fact]
    public async Task Every_message_twice_gives_the_same_totals()
    {
        installation.Settings["Bus:Times"] = "2";
        try
        {
            await installation.RestartAsync();
            var (storm, _) = await Rounds.StormAsync(installation, 300);
            await storm.RunAsync();
            await storm.SettleAsync();
        }
        finally
        {
            installation.Settings.Clear();
            await installation.RestartAsync();
        }
    }

    [Fact]
    public async Task A_service_that_is_down_takes_only_its_own_pages_with_it()
    {
        var round = await installation.CollectingRound();
        await installation.KillAsync("proposals");
        try
        {
            var (api, page) = (round.Api("proposals"), $"/en/rounds/{round.Slug}/proposals");
            using var problem = await installation.Anonymous.GetAsync(api);
            Assert.Contains((int)problem.StatusCode, new[] { 502, 503, 504 });
            Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
            using var shell = await installation.Anonymous.GetAsync(page);
            Assert.Contains((int)shell.StatusCode, new[] { 502, 503, 504 });
            Assert.Contains("<html lang=\"en\"", await shell.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            foreach (var other in new[] { "/ru", "/en/rounds", $"/ru/rounds/{round.Slug}", "/en/sign-in", "/en/about/count", round.Api("voting"), round.Api("rounds") })
            {
                using var answer = await installation.Anonymous.GetAsync(other);
                Assert.True(answer.IsSuccessStatusCode, $"{other}: {(int)answer.StatusCode}");
            }
        }
        finally
        {
            installation.Start("proposals");
            await installation.ReadyAsync("proposals");
        }
        await installation.Until(installation.Anonymous, round.Api("proposals"), _ => true);
    }
}

internal static class Rounds
{
    /// <summary>The round of the services' tests in short, on real processes.</summary>
    public static async Task GoesThroughAsync(Installation installation)
    {
        var town = await installation.Town;
        var round = await installation.OpenRound(new() { Origin = "live" });
        foreach (var (voter, i) in town.Everybody.Skip(1).Select((v, i) => (v, i))) await round.CastAsync(voter, 3 + i % 4, 3 + (i + 1) % 4);
        await round.CloseAsync();
        var results = await round.ResultsAsync();
        foreach (var lang in new[] { "ru", "en" })
        {
            using var page = await installation.Anonymous.GetAsync($"/{lang}/rounds/{round.Slug}");
            Assert.True(page.IsSuccessStatusCode);
        }
        using var folder = new Folder();
        var recount = await TheProgram.RunAsync("recount", (await round.BundlesAsync(folder.Path)).Auditor);
        Assert.True(recount.Code == 0, recount.Errors);
        Assert.Contains("Shortlist: " + string.Join(", ", results.GetProperty("shortlist").Ints()), recount.Output, StringComparison.Ordinal);
    }

    public static async Task<(BallotStorm Storm, TestRound Round)> StormAsync(Installation installation, int voters)
    {
        var round = await installation.OpenRound(new() { Origin = "import", Proposals = 5 });
        return (new(installation, round, await round.EnrolAsync(voters)), round);
    }
}
