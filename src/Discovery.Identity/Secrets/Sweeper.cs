using Discovery.Identity.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Identity.Secrets;

/// <summary>Deletes, once an hour, what has served its purpose: codes, counts of tries, ended sessions, documents thirty days after the decision, codes of letters and addresses of invitations once they are over.</summary>
internal sealed class Sweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Sweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try { await SweepAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning("What has served its purpose could not be deleted: {Error}", e.GetBaseException().Message); }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }

    async Task SweepAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = clock.GetUtcNow();
        var (day, month, seconds) = (now.AddDays(-1), now.AddDays(-30), now.ToUnixTimeSeconds());
        await db.Codes.Where(c => c.ExpiresAt < day).ExecuteDeleteAsync(ct);
        await db.Throttled.Where(t => t.Until < seconds).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.EndedAt < month || s.Until < month).ExecuteDeleteAsync(ct);
        await db.Evidence.Where(e => db.Claims.Any(c => c.Id == e.Claim && c.DecidedAt < month)).ExecuteDeleteAsync(ct);
        await db.LetterCodes.Where(l => l.ExpiresAt < month).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => i.Address != null && i.ExpiresAt < now).ExecuteUpdateAsync(s => s.SetProperty(i => i.Address, (byte[]?)null), ct);
    }
}
