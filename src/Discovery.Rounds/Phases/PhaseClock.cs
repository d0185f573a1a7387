using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Rounds.Phases;

/// <summary>Starts and ends phases when their time comes. Every replica has one; the round's version decides which of them did it.</summary>
internal sealed class PhaseClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PhaseClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do
        {
            try { await TickAsync(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "The phase clock missed a tick and tries again"); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task TickAsync(CancellationToken ct)
    {
        DateTimeOffset now;
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RoundsDb>();
            now = await db.ClockAsync(clock, ct);
            due = await Due(db, now).ToListAsync(ct);
        }
        foreach (var id in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RoundsDb>();
            var round = await db.Whole.SingleAsync(r => r.Id == id, ct);
            round.Advance(now);
            try { await db.SaveAsync(round, "rounds.raced", ct); }
            catch (RuleBroken) { /* another replica or an official was first; the next tick looks again */ }
        }
    }

    // Rounds to look at; the round itself knows what is due (Round.Advance).
    static IQueryable<Guid> Due(RoundsDb db, DateTimeOffset now) =>
        from round in db.Rounds
        where round.PublishedAt != null && round.ClosedAt == null && round.PausedAt == null
            && round.Phases.Any(p => (p.StartedAt == null && p.Starts <= now && (round.Origin == Origins.Live || p.Starts > round.PublishedAt))
                || (p.StartedAt != null && p.EndedAt == null && p.Ends <= now && p.Kind != PhaseKinds.Voting && p.Kind != PhaseKinds.Results))
        select round.Id;
}
