using Discovery.Moderation.Data;
using Discovery.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Moderation.Cases;

/// <summary>Makes decisions true whose time to be undone is over. Every replica has one; the versions of the rows decide which of them did it.</summary>
internal sealed class DecisionClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DecisionClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do
        {
            try { await TickAsync(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "The decision clock missed a tick and tries again"); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task TickAsync(CancellationToken ct)
    {
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ModerationDb>();
            // Nearly always there is nothing: one look, and no question for the database's time.
            if (!await db.Decisions.AnyAsync(d => d.Sequence == null, ct)) return;
            var now = await db.ClockAsync(clock, ct);
            due = await db.Decisions.Where(d => d.Sequence == null && d.DueAt <= now).OrderBy(d => d.DueAt).Select(d => d.Id).ToListAsync(ct);
        }
        foreach (var id in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            try { await TakeEffectAsync(scope.ServiceProvider.GetRequiredService<ModerationDb>(), id, ct); }
            catch (DbUpdateConcurrencyException) { /* another replica was first, or the words have just changed: the next tick looks again */ }
        }
    }

    async Task TakeEffectAsync(ModerationDb db, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Decisions.SingleOrDefaultAsync(d => d.Id == id && d.Sequence == null, ct) is not { } decision) return;
        var item = await db.Cases.SingleAsync(c => c.Id == decision.Case, ct);
        var content = await db.Contents.SingleAsync(c => c.Id == decision.Content, ct);
        // What was read is not what stands there now: somebody has to read again.
        if (item.ClosedAt is not null || content.Sequence != decision.Of) db.Remove(decision);
        else await db.TakeEffectAsync(item, content, decision, await db.ClockAsync(clock, ct), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
