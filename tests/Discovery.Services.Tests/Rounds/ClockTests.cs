using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.ServicesTests.Rounds;

/// <summary>An installation of its own whose clock the test moves (<c>Rehearsal:Clock</c>): phases come and go by themselves.</summary>
public sealed class ClockTests(Everybody everybody) : IDisposable
{
    readonly Folder folder = new();

    [Fact]
    public async Task Phases_come_by_the_clock_each_once_and_in_order_also_after_an_absence()
    {
        Assert.NotNull(everybody);
        await using var app = await DiscoveryApp.StartAsync("--Rehearsal:Clock=" + Clock);
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live", ByClock = true })).PublishAsync();

        await ShiftAsync(TimeSpan.FromMinutes(61));
        await app.Town;
        await round.ProposeAsync();
        await ShiftAsync(TimeSpan.FromMinutes(121));
        await round.FreezeAsync();

        // The whole vote would have passed while nobody was there: it is given its length, and nothing is skipped.
        await app.StopAsync("rounds");
        await ShiftAsync(TimeSpan.FromMinutes(301));
        await app.StartAgainAsync("rounds");
        await round.OpenAsync();
        var voter = (await app.Town).Firms[3];
        await round.CastAsync(voter, 3);
        Assert.True(Phase(await app.Anonymous.Get(round.Api("rounds")), "voting").GetProperty("endsAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(301));

        await ShiftAsync(TimeSpan.FromMinutes(425));
        await round.SealedAsync();
        await round.StartAsync("results");
        await round.ResultsAsync();
        var closed = await app.Until(app.Anonymous, round.Api("rounds"), r => r.Text("status") == "closed");
        var times = closed.GetProperty("phases").EnumerateArray().SelectMany(p => new[] { p.GetProperty("startedAt").GetDateTimeOffset(), p.GetProperty("endedAt").GetDateTimeOffset() }).ToList();
        Assert.Equal(times.Order(), times);
        Assert.All(closed.GetProperty("phases").EnumerateArray(), p => Assert.Null(p.Text("startReason")));
    }

    [Fact]
    public async Task Two_replicas_start_a_phase_once()
    {
        Assert.NotNull(everybody);
        await using var app = await DiscoveryApp.StartAsync("--Rehearsal:Clock=" + Clock);
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live", ByClock = true })).PublishAsync();
        // A second clock on the same database, as a replica has it.
        var services = app.Of("rounds");
        var clock = services.GetServices<IHostedService>().Single(h => h.GetType().Name == "PhaseClock").GetType();
        var replica = (IHostedService)ActivatorUtilities.CreateInstance(services, clock);
        await replica.StartAsync(default);
        await ShiftAsync(TimeSpan.FromMinutes(61));
        await round.StartAsync("proposals");
        await ShiftAsync(TimeSpan.FromMinutes(121));
        await round.StartAsync("admission");
        await replica.StopAsync(default);
        // Drafted, published, started, ended, started: a phase that was started twice would have counted on.
        Assert.Equal(5, await app.Read("rounds", db => db.Database.SqlQuery<long>($"""select sequence as "Value" from rounds where slug = {round.Slug}""").SingleAsync()));
    }

    string Clock => Path.Combine(folder.Path, "clock");

    Task ShiftAsync(TimeSpan by) => File.WriteAllTextAsync(Clock, by.ToString());

    static JsonElement Phase(JsonElement round, string kind) => round.GetProperty("phases").EnumerateArray().Single(p => p.Text("kind") == kind);

    public void Dispose() => folder.Dispose();
}
