using System.Diagnostics;
using Discovery.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Messaging;

/// <summary>
/// Hands over what a service has announced, page by page, and deletes a row only after the hand-over (decision 0003).
/// Order is not promised: consumers go by the sequence in the fact.
/// </summary>
internal sealed class OutboxRelay(Database database, OutboxSignal signal, IServiceScopeFactory scopes, Handover handover, ILogger<OutboxRelay> log)
    : BackgroundService
{
    const int Page = 100;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DrainAsync(stoppingToken) == Page) { }
                failures = 0;
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning("Outbox of {Module} could not be emptied: {Error}", database.Module, e.GetBaseException().Message);
                await Task.Delay(Math.Min(5000, 200 << Math.Min(failures++, 5)), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task<int> DrainAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredKeyedService<DbContext>(database.Module);

        // One relay at a time per database. The lock blocks: with a try-lock the pulse for a row that the other's page did not see would be lost.
        await using var transaction = database.IsPostgres ? await db.Database.BeginTransactionAsync(ct) : null;
        if (database.IsPostgres)
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext(current_database() || current_schema() || 'outbox'))", ct);

        var page = await db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Id).Take(Page).ToListAsync(ct);
        if (page.Count == 0) return 0;
        Faults.Reached("before-publish");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var tasks = page.ConvertAll(m => SendAsync(m, patience.Token));
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Faults.Reached("after-publish");

        var sent = page.Where((_, i) => tasks[i].IsCompletedSuccessfully).Select(m => m.Id).ToList();
        await db.Set<OutboxMessage>().Where(m => sent.Contains(m.Id)).ExecuteDeleteAsync(CancellationToken.None);
        if (transaction is not null) await transaction.CommitAsync(CancellationToken.None);

        var failed = tasks.Find(t => !t.IsCompletedSuccessfully);
        if (failed is not null) throw failed.Exception ?? (Exception)new TimeoutException($"{page.Count - sent.Count} facts were not taken over within {Patience.TotalSeconds:0} s");
        return page.Count;
    }

    async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        using var span = Telemetry.Source.StartActivity("relay " + message.Type, ActivityKind.Producer);
        var fact = Wire.Deserialize(message.Type, message.Body);
        await handover.SendAsync(fact, message.MessageId, ct);
    }
}

/// <summary>Fail points for the tests that kill processes: <c>DISCOVERY_DIE_AT</c> names one. Costs a comparison with null.</summary>
public static class Faults
{
    static readonly string? DieAt = Environment.GetEnvironmentVariable("DISCOVERY_DIE_AT");

    public static void Reached(string point)
    {
        if (DieAt is null || DieAt != point) return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
