using Discovery.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Discovery.Platform.Web;

public static class Health
{
    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its databases do, and it has started whole. The broker being away does not make it unready: what it announces waits.</summary>
    public static void AddHealth(this IHostApplicationBuilder host)
    {
        host.Services.AddHealthChecks().AddCheck<DatabasesAnswer>("databases", tags: ["ready"]);
        host.Services.Configure<HealthCheckServiceOptions>(o =>
        {
            // MassTransit adds a check of its own that calls a service without broker unready.
            foreach (var check in o.Registrations.Where(r => r.Name.Contains("masstransit", StringComparison.OrdinalIgnoreCase)).ToList()) check.Tags.Remove("ready");
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") });
    }
}

internal sealed class DatabasesAnswer(IEnumerable<Database> databases, IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var database in databases)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredKeyedService<DbContext>(database.Module);
            if (!await db.Database.CanConnectAsync(cancellationToken)) return HealthCheckResult.Unhealthy($"The database of {database.Module} does not answer.");
        }
        return HealthCheckResult.Healthy();
    }
}
