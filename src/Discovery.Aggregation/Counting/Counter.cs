using System.Diagnostics;
using System.Text;
using Discovery.Aggregation.Data;
using Discovery.Aggregation.Ledger;
using Discovery.Aggregation.Results;
using Discovery.Contracts.Aggregation;
using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Aggregation.Counting;

/// <summary>Wakes the counter when a batch has come.</summary>
internal sealed class CounterSignal
{
    readonly SemaphoreSlim signal = new(0, 1);

    public void Pulse()
    {
        try { signal.Release(); }
        catch (SemaphoreFullException) { /* it is awake already */ }
    }

    public Task WaitAsync(TimeSpan poll, CancellationToken ct) => signal.WaitAsync(poll, ct);
}

/// <summary>
/// Keeps live standings while ballots come, at most one recomputation a second, and counts once, finally, when the ledger is sealed.
/// Every replica may run it: the outcome is a row, and the same one whoever writes it.
/// </summary>
internal sealed class Counter(IServiceScopeFactory scopes, CounterSignal signal, BrokenLedgers broken, TimeProvider clock, ILogger<Counter> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), AskAgain = TimeSpan.FromSeconds(5);

    readonly Dictionary<Guid, RoundCount> counts = [];
    readonly Dictionary<Guid, DateTimeOffset> asked = [];
    readonly Dictionary<Guid, (long At, long Applied)> shown = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CountAllAsync(stoppingToken);
                await signal.WaitAsync(Pause, stoppingToken);
                await Task.Delay(100, stoppingToken);       // the transaction that pulsed is about to commit
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning("The counter stumbled and goes on: {Error}", e.GetBaseException().Message);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task CountAllAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AggregationDb>();
        var open = await (from round in db.Rounds.AsNoTracking()
                          join list in db.Lists on round.Id equals list.Round
                          where round.CharterJson != null && !db.Outcomes.Any(o => o.Round == round.Id)
                          select new { round, list }).ToListAsync(ct);
        foreach (var one in open)
        {
            if (!counts.TryGetValue(one.round.Id, out var count)) counts[one.round.Id] = count = new(one.round, one.list);
            var missing = await count.CatchUpAsync(db, ct);
            var closing = await db.Closings.AsNoTracking().SingleOrDefaultAsync(c => c.Round == count.Round, ct);
            if (closing is not null && count.Applied < closing.Count) missing ??= count.Applied + 1;
            if (missing is { } first) await AskAsync(db, count.Round, first, ct);

            if (closing is not null && count.IsWhole(closing)) await FinishAsync(db, count, closing, one.round.Charter.Origin != Contracts.Rounds.Origins.Live, ct);
            else if (count.BrokenAt is { } at && broken.Add(count.Round, at)) log.LogError("The ledger of {Round} does not hold at entry {Entry}: nothing will be published", one.round.Slug, at);
            else if (count.BrokenAt is null && count.Applied > 0) await ShowAsync(db, count, ct);
        }
    }

    async Task AskAsync(AggregationDb db, Guid round, long first, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (asked.TryGetValue(round, out var last) && now - last < AskAgain) return;
        asked[round] = now;
        db.Announce(new LedgerRangeRequested(round, first, now));
        await db.SaveChangesAsync(ct);
    }

    async Task ShowAsync(AggregationDb db, RoundCount count, CancellationToken ct)
    {
        // Pulses come with every batch; the loop comes by each second without one, too, so nothing stays unshown.
        if (shown.TryGetValue(count.Round, out var last) && (last.Applied == count.Applied || Stopwatch.GetElapsedTime(last.At) < Pause)) return;
        var start = Stopwatch.GetTimestamp();
        var result = count.Ledger.Count("live").Result;
        var standing = await db.Standings.FindAsync([count.Round], ct);
        if (standing is null) db.Add(standing = new() { Round = count.Round });
        standing.Show(count.Applied, clock.GetUtcNow(), Encoding.UTF8.GetString(result.CanonicalJson()), count.Ledger.BallotsByGroup);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        shown[count.Round] = (start, count.Applied);
    }

    async Task FinishAsync(AggregationDb db, RoundCount count, Closing closing, bool publish, CancellationToken ct)
    {
        var (tally, result) = count.Ledger.Count(RoundCount.Seed(closing));
        var now = clock.GetUtcNow();
        var outcome = Outcome.Of(count.Round, tally, result, now);
        db.Add(outcome);
        db.Announce(new ShortlistProposed(count.Round, 1, now, outcome.ResultHash, outcome.Numbers(result.Seats.Select(s => s.Proposal), result)));
        // Nobody decides about a demonstration or a replayed election.
        if (publish) outcome.Publish(db, result, now);
        try
        {
            await db.SaveChangesAsync(ct);
            log.LogInformation("The shortlist of {Round} is counted: {Hash}", count.Round, outcome.ResultHash);
        }
        catch (DbUpdateException) { /* another replica was first, with the same result */ }
        db.ChangeTracker.Clear();
        counts.Remove(count.Round);
        shown.Remove(count.Round);
    }
}
