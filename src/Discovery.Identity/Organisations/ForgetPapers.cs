using Discovery.Identity.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Identity.Organisations;

/// <summary>Deletes what has served: documents thirty days after the decision, codes of letters and addresses of invitations once they are over.</summary>
internal sealed class ForgetPapers(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetPapers> log) : BackgroundService
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30), Poll = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll);
        do
        {
            try { await ForgetAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning("Old documents could not be deleted: {Error}", e.GetBaseException().Message); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task ForgetAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var (now, before) = (clock.GetUtcNow(), clock.GetUtcNow() - Kept);
        await db.Evidence.Where(e => db.Claims.Any(c => c.Id == e.Claim && c.DecidedAt < before)).ExecuteDeleteAsync(ct);
        await db.LetterCodes.Where(l => l.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => i.Address != null && i.ExpiresAt < now).ExecuteUpdateAsync(s => s.SetProperty(i => i.Address, (byte[]?)null), ct);
    }
}
