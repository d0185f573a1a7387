using Discovery.Contracts.Identity;
using Discovery.Identity.Data;
using Discovery.Platform.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Identity.People;

/// <summary>What the other services were last told of a person's roles.</summary>
internal sealed class ToldAuthority
{
    public required Guid Person { get; init; }

    /// <summary>In their order, separated by blanks.</summary>
    public string Roles { get; set; } = "";

    public bool HasSecondFactor { get; set; }

    /// <summary>Of the last fact; concurrency token, as every replica looks.</summary>
    public long Sequence { get; set; }
}

/// <summary>
/// Tells of every change in who holds a role and can prove it. It compares instead of being called: roles and second factors change in a dozen places,
/// and one that forgot to tell would let a round be published by somebody who cannot confirm it.
/// </summary>
internal sealed class TellAuthority(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TellAuthority> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try { await TellAsync(stoppingToken); }
            catch (DbUpdateException) { /* another replica told it first */ }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning("Changed roles could not be told, they are looked at again: {Error}", e.GetBaseException().Message); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task TellAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var roles = (await db.Roles.AsNoTracking().Where(r => db.Users.Any(p => p.Id == r.Person && p.BlockedAt == null && p.ErasedAt == null)).ToListAsync(ct)).ToLookup(r => r.Person, r => r.Name);
        var people = roles.Select(r => r.Key).ToList();
        // A demonstration account shows its password to everybody: nothing is asked of it.
        var proven = (await db.Users.Where(p => people.Contains(p.Id) && (p.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(k => k.UserId == p.Id) || db.DemonstrationAccounts.Any(a => a.Person == p.Id)))
            .Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        var told = await db.ToldAuthorities.ToDictionaryAsync(t => t.Person, ct);
        foreach (var person in people.Union(told.Keys))
        {
            var now = string.Join(' ', roles[person].Order(StringComparer.Ordinal));
            if (told.TryGetValue(person, out var last) ? last.Roles == now && last.HasSecondFactor == proven.Contains(person) : now.Length == 0) continue;
            if (last is null) db.Add(last = new() { Person = person });
            (last.Roles, last.HasSecondFactor, last.Sequence) = (now, proven.Contains(person), last.Sequence + 1);
            db.Announce(new AuthorityChanged(person, last.Sequence, clock.GetUtcNow(), now.Split(' ', StringSplitOptions.RemoveEmptyEntries), last.HasSecondFactor));
        }
        await db.SaveChangesAsync(ct);
    }
}
