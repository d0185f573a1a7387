using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Aggregation;

/// <summary>An installation of their own, in which every message comes twice and Aggregation goes away and comes back.</summary>
public sealed class AfterAbsenceTests(Everybody everybody)
{
    [Fact]
    public async Task Twice_the_messages_and_lost_batches_give_the_same_result()
    {
        Assert.NotNull(everybody);
        await using var app = await DiscoveryApp.StartAsync("--Bus:Times=2");
        var town = await app.Town;
        var round = await app.OpenRound(new() { Standings = "everybody" });
        foreach (var voter in town.Firms.Skip(1).Concat(town.Universities)) await round.CastAsync(voter, 3, 4);
        await app.Until(app.As("auditor"), round.Api("aggregation", "/standings"), s => s.GetProperty("sequence").GetInt64() == 23);

        Assert.True(await app.Read("aggregation", db => db.Database.ExecuteSqlAsync($"delete from batches where first <= 9 and last >= 3")) > 0);
        await app.StopAsync("aggregation");
        if (DiscoveryApp.IsDistributed) foreach (var voter in town.Consumers.Take(6)) await round.CastAsync(voter, 5);
        await app.StartAgainAsync("aggregation");
        foreach (var voter in town.Consumers) await round.CastAsync(voter, 4, 5);
        await round.CloseAsync();
        var results = await round.ResultsAsync(90);
        Assert.Equal((11, 12, 12), (Ballots("firms"), Ballots("science"), Ballots("consumers")));

        using var folder = new Folder();
        var (auditor, open) = await round.BundlesAsync(folder.Path);
        foreach (var bundle in new[] { auditor, open })
        {
            var recount = await TheProgram.RunAsync("recount", bundle);
            Assert.True(recount.Code == 0, recount.Errors);
        }
        foreach (var service in DiscoveryApp.ServiceNames)
            Assert.Empty(await app.Read(service, db => db.Database.SqlQuery<string>($"""select consumer || ': ' || error as "Value" from dead""").ToListAsync()));

        int Ballots(string group) => results.GetProperty("ballots").GetProperty(group).GetInt32();
    }
}
