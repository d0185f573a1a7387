using Discovery.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Messaging;

/// <summary>Forgets hourly what was consumed more than 30 days ago: no broker redelivers that late.</summary>
internal sealed class InboxPurge(IEnumerable<Database> databases, IServiceScopeFactory scopes, TimeProvider clock, ILogger<InboxPurge> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            foreach (var database in databases)
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    var before = clock.GetUtcNow().AddDays(-30);
                    await scope.ServiceProvider.GetRequiredKeyedService<DbContext>(database.Module).Set<InboxMessage>().Where(m => m.At < before).ExecuteDeleteAsync(stoppingToken);
                }
                catch (Exception e) { log.LogWarning("Inbox of {Module} was not purged: {Error}", database.Module, e.Message); }
            }
        }
    }
}
