using Discovery.Contracts.Rounds;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Identity.Subscriptions;

/// <summary>
/// Makes letters of what happens to rounds. What comes together goes out together, and a round has at most one issue in ten minutes, so nobody gets more
/// letters than that. Replicas may all do this: keys and tokens of the database decide which of them did (decision 0015).
/// </summary>
internal sealed class NewsClock(IServiceScopeFactory scopes, LetterSender sender, TimeProvider clock, ILogger<NewsClock> log) : BackgroundService
{
    /// <summary>The end of one phase and the start of the next are two facts.</summary>
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Together = TimeSpan.FromSeconds(5), Apart = TimeSpan.FromMinutes(10), Soon = TimeSpan.FromDays(2), Life = TimeSpan.FromDays(2);

    const int Page = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await InScopeAsync(RemindAsync, stoppingToken);
                await InScopeAsync(GatherAsync, stoppingToken);
                while (await InScopeAsync(WriteAsync, stoppingToken)) sender.Wake();
            }
            // Another replica was first, or a subscription ended in between.
            catch (DbUpdateException e) { log.LogInformation("News are looked at again: {Error}", e.GetBaseException().Message); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning("Letters to subscribers could not be written, they are looked at again: {Error}", e.GetBaseException().Message); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task<bool> InScopeAsync(Func<IServiceProvider, IdentityDb, DateTimeOffset, CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IdentityDb>(), clock.GetUtcNow(), ct);
    }

    /// <summary>A vote that ends within two days; one that is no longer than that was told of at its start.</summary>
    static async Task<bool> RemindAsync(IServiceProvider services, IdentityDb db, DateTimeOffset now, CancellationToken ct)
    {
        var soon = now + Soon;
        var ending = await db.Rounds.AsNoTracking().Where(r => r.CharterJson != null && r.Phase == PhaseKinds.Voting && r.PausedAt == null && r.ClosedAt == null && r.PhaseEndsAt > now && r.PhaseEndsAt <= soon
            && !db.News.Any(n => n.Round == r.Id && n.Kind == "ending" && n.Ends == r.PhaseEndsAt)).ToListAsync(ct);
        foreach (var round in ending)
            if (round.Charter.Origin == Origins.Live && round.PhaseEndsAt is { } ends && round.PhaseStartedAt < ends - Soon)
                db.Add(RoundNews.Ending(round.Id, PhaseKinds.Voting, ends, round.Sequence, now));
        return await db.SaveChangesAsync(ct) > 0;
    }

    /// <summary>Gathers what waits into issues.</summary>
    static async Task<bool> GatherAsync(IServiceProvider services, IdentityDb db, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var waiting in await db.News.Where(n => n.Issue == null).GroupBy(n => n.Round).Select(n => new { Round = n.Key, Since = n.Min(x => x.HeardAt) }).ToListAsync(ct))
        {
            if (waiting.Since > now - Together || await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == waiting.Round && r.CharterJson != null, ct) is not { } round) continue;
            var own = db.News.Where(n => n.Round == round.Id && n.Issue == null);
            if (round.Charter.Origin != Origins.Live)
            {
                await own.ExecuteDeleteAsync(ct);
                continue;
            }
            var last = await db.Issues.AsNoTracking().Where(i => i.Round == round.Id).OrderByDescending(i => i.Number).FirstOrDefaultAsync(ct);
            if (last?.At > now - Apart) continue;
            var issue = new NewsIssue { Round = round.Id, Number = (last?.Number ?? 0) + 1, At = now };
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            db.Add(issue);
            await db.SaveChangesAsync(ct);
            await own.ExecuteUpdateAsync(s => s.SetProperty(n => n.Issue, issue.Number), ct);
            await transaction.CommitAsync(ct);
        }
        return true;
    }

    /// <summary>Writes the next letters of an issue.</summary>
    /// <returns>Whether there may be more.</returns>
    static async Task<bool> WriteAsync(IServiceProvider services, IdentityDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Issues.Where(i => i.WrittenAt == null).OrderBy(i => i.At).FirstOrDefaultAsync(ct) is not { } issue) return false;
        var (keyed, letters, letter) = (services.GetRequiredService<Keyed>(), services.GetRequiredService<Letters>(), services.GetRequiredService<NewsLetter>());
        var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == issue.Round, ct);
        var news = await db.News.AsNoTracking().Where(n => n.Round == issue.Round && n.Issue == issue.Number).OrderBy(n => n.Sequence).ThenBy(n => n.HeardAt).ToListAsync(ct);
        // Going on after a pause moves the dates: one line says both.
        news.RemoveAll(n => n.Kind == "amended" && news.Exists(r => r.Kind == "resumed" && r.Reason == n.Reason));
        var region = round.Region.Slug;
        var page = await db.Subscriptions.AsNoTracking().Where(s => s.Id > issue.Through && (s.Region == region || s.Region == Subscription.EveryRegion)).OrderBy(s => s.Id).Take(Page).ToListAsync(ct);
        foreach (var subscription in page)
        {
            // Whoever came later is not told what was before.
            var heard = news.FindAll(n => n.HeardAt >= subscription.At);
            if (heard.Count > 0) letters.Write(subscription.Id, letter.Of(subscription, keyed.Open<Reader>("subscription", subscription.Sealed), round, heard), Life);
        }
        if (page.Count > 0) issue.Through = page[^1].Id;
        if (page.Count < Page) issue.WrittenAt = now;
        await db.SaveChangesAsync(ct);
        return true;
    }
}
