using Discovery.Contracts.Rounds;
using Discovery.Contracts.Voting;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Discovery.Voting.Data;
using Discovery.Voting.Electorate;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Voting.Ledger;

/// <summary>Opens, closes and seals when it is time. Every replica runs it: who comes second finds the row already there.</summary>
internal sealed class VotingClock(IServiceScopeFactory scopes, LedgerWriter writer, RoundSecrets secrets, ILogger<VotingClock> log) : BackgroundService
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        var ticks = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await OpenDueAsync(stoppingToken);
                await CloseDueAsync(stoppingToken);
                await SealDueAsync(stoppingToken);
                if (ticks++ % 20 == 0) await TidyAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning("The voting clock stumbled and goes on: {Error}", e.GetBaseException().Message);
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task OpenDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VotingDb>();
        var due = await (from round in db.Rounds.AsNoTracking()
                         join list in db.Lists on round.Id equals list.Round
                         where round.Phase == PhaseKinds.Voting && round.PausedAt == null && round.CharterJson != null && !db.Heads.Any(h => h.Round == round.Id)
                         select new { round, list }).ToListAsync(ct);
        foreach (var open in due) await OpenAsync(db, open.round, open.list, ct);
    }

    async Task OpenAsync(VotingDb db, RoundCopy round, BallotList list, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = await db.ClockAsync(ct);
        var ends = await db.RequestedEnds.Where(e => e.Round == round.Id).Select(e => (DateTimeOffset?)e.Ends).SingleOrDefaultAsync(ct) ?? round.PhaseEndsAt!.Value;
        // A list that came after the end: it would open and close at once. The officials see what is missing and move the end.
        if (ends <= now) return;
        var head = new LedgerHead { Round = round.Id, BallotHash = Canonical.BallotHash(round.Charter.RulesHash, list.ListHash), OpenedAt = now, ClosesAt = ends };
        db.Add(head);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateException) { db.ChangeTracker.Clear(); return; }     // another replica has opened it
        if (round.Rules.Groups.Count > 0 && !await db.Electors.AnyAsync(e => e.Round == round.Id, ct))
            db.AddRange(Electors.Of(round, await db.Organisations.AsNoTracking().ToListAsync(ct), await db.Members.AsNoTracking().ToListAsync(ct)));
        db.Announce(new VotingOpened(round.Id, 1, now, head.BallotHash, head.ClosesAt));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        await CatchUpAsync(db, round.Id, ct);
        log.LogInformation("Voting is open in {Round}", round.Slug);
    }

    // A pause or a new end that was told in the very moment of the opening has found no head to change.
    static async Task CatchUpAsync(VotingDb db, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockHeadAsync(id, ct) is not { ClosedAt: null } head) return;
        var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == id, ct);
        if (head.PausedAt != round.PausedAt) head.Follow(round, await db.ClockAsync(ct));
        if (await db.RequestedEnds.AsNoTracking().SingleOrDefaultAsync(e => e.Round == id, ct) is { } wanted) head.ClosesAt = wanted.Ends;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }

    async Task CloseDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VotingDb>();
        var now = await db.ClockAsync(ct);
        foreach (var round in await db.Heads.AsNoTracking().Where(h => h.ClosedAt == null && h.PausedAt == null && h.ClosesAt <= now).Select(h => h.Round).ToListAsync(ct))
        {
            try { await writer.AppendAsync(round, new Act.Close(null), ct); }
            catch (RuleBroken) { /* somebody closed it meanwhile */ }
        }
    }

    async Task SealDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VotingDb>();
        var closed = await (from head in db.Heads.AsNoTracking() join round in db.Rounds.AsNoTracking() on head.Round equals round.Id where head.ClosedAt != null && head.SealedAt == null && head.PausedAt == null select new { head, round }).ToListAsync(ct);
        if (closed.Count == 0) return;
        var now = await db.ClockAsync(ct);
        foreach (var one in closed.Where(c => c.head.ClosedAt!.Value.AddHours(c.round.Charter.ReconciliationHours) + c.head.SealDelay <= now))
        {
            await ActivatorUtilities.CreateInstance<Sealing>(scope.ServiceProvider).SealAsync(one.round.Id, ct);
            db.ChangeTracker.Clear();
        }
    }

    // What a race between two consumers or a kill at the wrong moment can leave behind.
    async Task TidyAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VotingDb>();
        foreach (var round in await db.Heads.AsNoTracking().Where(h => h.SealedAt != null).Select(h => h.Round).ToListAsync(ct))
            if (secrets.Has(round)) secrets.Destroy(round);

        foreach (var round in await db.Heads.AsNoTracking().Where(h => h.ClosedAt == null).Select(h => h.Round).ToListAsync(ct)) await CatchUpAsync(db, round, ct);

        var open = await (from head in db.Heads where head.ClosedAt == null join round in db.Rounds.AsNoTracking() on head.Round equals round.Id select round).ToListAsync(ct);
        foreach (var round in open.Where(r => r.Charter.Groups.Any(g => g.Kinds.Count > 0)))
        {
            var there = (await db.Electors.AsNoTracking().Where(e => e.Round == round.Id).Select(e => new { e.Subject, e.Group }).ToListAsync(ct)).ToHashSet();
            var missing = Electors.Of(round, await db.Organisations.AsNoTracking().ToListAsync(ct), await db.Members.AsNoTracking().ToListAsync(ct)).Where(e => !there.Contains(new { e.Subject, e.Group })).ToList();
            if (missing.Count == 0) continue;
            db.AddRange(missing);
            await db.SaveChangesAsync(ct);
        }
    }
}
