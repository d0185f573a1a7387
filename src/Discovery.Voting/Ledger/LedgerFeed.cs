using System.Text;
using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Discovery.Ranking;
using Discovery.Voting.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Voting.Ledger;

/// <summary>
/// The ledger is its own outbox (decision 0009): committed entries are read from it and sent on in pieces, and the mark moves once somebody else is durably responsible.
/// A lone ballot travels at once; a crowd's travel twice a second, in few large messages.
/// </summary>
internal sealed class LedgerFeed(IServiceScopeFactory scopes, Handover handover, ILogger<LedgerFeed> log) : BackgroundService
{
    const int Piece = 512, Crowd = 32;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(15);

    readonly OutboxSignal signal = new();
    long sent;

    /// <summary>Something was committed.</summary>
    public void Pulse() => signal.Pulse();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var before = sent;
                while (await SendAsync(stoppingToken)) { }
                failures = 0;
                if (sent - before >= Crowd) await Task.Delay(Pause, stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning("The ledger could not be sent on: {Error}", e.GetBaseException().Message);
                await Task.Delay(Math.Min(5000, 200 << Math.Min(failures++, 5)), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Sends a piece of each ledger that has grown; whether there may be more.</summary>
    async Task<bool> SendAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VotingDb>();
        return await db.AloneAsync(async () =>
        {
            var grown = await (from head in db.Heads
                               join mark in db.FeedMarks on head.Round equals mark.Round into marks
                               from mark in marks.DefaultIfEmpty()
                               where head.Sequence > 0 && (mark == null || mark.Sequence < head.Sequence)
                               select new { head, mark }).ToListAsync(ct);
            var more = false;
            foreach (var ledger in grown) more |= await SendAsync(db, ledger.head, ledger.mark, ct);
            return more;
        }, ct);
    }

    async Task<bool> SendAsync(VotingDb db, LedgerHead head, FeedMark? mark, CancellationToken ct)
    {
        if (mark is null) db.Add(mark = new() { Round = head.Round });
        var (first, last) = (mark.Sequence + 1, Math.Min(mark.Sequence + Piece, head.Sequence));
        var entries = await db.Ledger.AsNoTracking().Where(e => e.Round == head.Round && e.Sequence >= first && e.Sequence <= last).OrderBy(e => e.Sequence)
            .Select(e => new LedgerRecord(e.Sequence, e.Kind, e.Leaf, Encoding.UTF8.GetBytes(e.Payload))).ToListAsync(ct);
        // Where the piece ends at the head the hash is the one that was written with the ballots: what was changed since does not pass for it.
        var hash = last == head.Sequence ? head.Hash : entries.Aggregate(mark.Hash, (chain, e) => Audit.Chain(chain, Audit.Entry(e.Kind, e.Leaf)));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await handover.SendAsync(new BallotsRecorded(head.Round, first, last, hash, entries), Guid.CreateVersion7(), patience.Token);
        (mark.Sequence, mark.Hash) = (last, hash);
        await db.SaveChangesAsync(CancellationToken.None);
        sent += entries.Count;
        return last < head.Sequence;
    }
}
