using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Proposals.Merges;

/// <summary>Notes that a merge has not come about because its time is over. Every replica has one; the docket's lock decides which of them did it. Answers look at the time themselves.</summary>
internal sealed class MergeClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MergeClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        do
        {
            try { await TickAsync(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "The clock of merges missed a tick and tries again"); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task TickAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProposalsDb>();
        var now = await db.ClockAsync(clock, ct);
        foreach (var round in await db.Merges.Where(m => m.State == MergeStates.Open && m.ExpiresAt <= now).Select(m => m.Round).Distinct().ToListAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockDocketAsync(round, ct);
            foreach (var merge in await db.Merges.Where(m => m.Round == round && m.State == MergeStates.Open && m.ExpiresAt <= now).ToListAsync(ct))
                await db.EndAsync(merge, MergeStates.Lapsed, Guid.Empty, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }
}
