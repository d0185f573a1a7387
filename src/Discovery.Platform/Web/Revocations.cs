using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Web;

/// <summary>
/// What this process knows to be revoked. Every replica polls the table, because a message on a queue reaches only one of them;
/// two seconds of polling and the bus make a revocation seen everywhere within five.
/// </summary>
public sealed class Revocations(IEnumerable<Database> databases, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Revocations> log) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2), Overlap = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<Guid, bool> sessions = new();
    readonly ConcurrentDictionary<Guid, DateTimeOffset> people = new();
    DateTimeOffset heard = DateTimeOffset.UnixEpoch;

    /// <summary>Whether what these claims were given for has ended: revoked, or older than a session may become.</summary>
    public bool HaveEnded(ClaimsPrincipal claims)
    {
        if (Number(claims, Sessions.Until) is { } until && clock.GetUtcNow().ToUnixTimeMilliseconds() >= until) return true;
        if (Guid.TryParse(claims.FindFirstValue(Sessions.SessionId), out var session) && sessions.ContainsKey(session)) return true;
        return Guid.TryParse(claims.FindFirstValue(ClaimTypes.NameIdentifier), out var person) && people.TryGetValue(person, out var before)
            && Number(claims, Sessions.IssuedAt) is var issued && (issued ?? 0) <= before.ToUnixTimeMilliseconds();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Real time, also where a test has moved the clock: the poll is no deadline.
            try { await Task.Delay(Poll, stoppingToken); await ReadAsync(stoppingToken); }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e) { log.LogWarning("Revocations could not be read: {Error}", e.GetBaseException().Message); }
        }
    }

    /// <summary>Before the first request is answered, and every two seconds.</summary>
    public async Task ReadAsync(CancellationToken ct = default)
    {
        // One database is enough: each service hears of every revocation.
        if (databases.FirstOrDefault() is not { } database) return;
        await using var scope = scopes.CreateAsyncScope();
        // A row may be committed after a later one: look back a little each time.
        var since = heard;
        var rows = await scope.ServiceProvider.GetRequiredKeyedService<DbContext>(database.Module).Set<Revocation>().AsNoTracking().Where(r => r.HeardAt >= since).ToListAsync(ct);
        foreach (var row in rows)
        {
            if (row.Session is { } session) sessions[session] = true;
            else people.AddOrUpdate(row.Person, row.At, (_, at) => at > row.At ? at : row.At);
        }
        if (rows.Count > 0) heard = rows.Max(r => r.HeardAt) - Overlap;
    }

    static long? Number(ClaimsPrincipal claims, string type) =>
        long.TryParse(claims.FindFirstValue(type), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

public static class RevocationsSetup
{
    /// <summary>After authentication, for cookies and bearer tokens alike: who comes with something that has ended is nobody.</summary>
    public static void UseRevocations(this IApplicationBuilder app)
    {
        var revocations = app.ApplicationServices.GetRequiredService<Revocations>();
        app.Use((http, next) =>
        {
            if (http.User.Identity?.IsAuthenticated == true && revocations.HaveEnded(http.User)) http.User = new ClaimsPrincipal(new ClaimsIdentity());
            return next(http);
        });
    }
}
