using Discovery.Contracts.Aggregation;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Rounds;
using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting;

/// <summary>A pause and its end move the head of the ledger: whoever appends sees them under the same lock.</summary>
internal sealed class FollowRounds(VotingDb db) : RoundFollower(db)
{
    protected override async Task After(RoundCopy round, object fact, CancellationToken ct)
    {
        if (fact is not (RoundPaused or RoundResumed)) return;
        var head = await db.LockHeadAsync(round.Id, ct);
        head?.Follow(round, (fact as RoundResumed)?.At ?? ((RoundPaused)fact).At);
        if (fact is RoundResumed { VotingEnds: { } ends } resumed) await VotingEnd.MoveAsync(db, head, round.Id, resumed.Sequence, ends, ct);
    }
}

/// <summary>Another end of the running vote: only where the ledger is kept can it be said whether it is too late (rules 7).</summary>
internal sealed class VotingEnd(VotingDb db) : IConsumer<VotingDatesRequested>
{
    public async Task Consume(ConsumeContext<VotingDatesRequested> context)
    {
        var fact = context.Message;
        await MoveAsync(db, await db.LockHeadAsync(fact.Round, context.CancellationToken), fact.Round, fact.Sequence, fact.Ends, context.CancellationToken);
    }

    /// <param name="head">Locked; null while the vote has not opened, which then opens with the new end.</param>
    public static async Task MoveAsync(VotingDb db, LedgerHead? head, Guid round, long request, DateTimeOffset ends, CancellationToken ct)
    {
        var now = await db.ClockAsync(ct);
        if (head?.ClosedAt is { } closed)
        {
            db.Announce(new VotingDatesRefused(round, request, now, closed));
            return;
        }
        var wanted = await db.RequestedEnds.FindAsync([round], ct);
        if (wanted is null) db.Add(wanted = new() { Round = round });
        if (request > wanted.Request) (wanted.Ends, wanted.Request) = (ends, request);
        head?.ClosesAt = wanted.Ends;
        db.Announce(new VotingDatesChanged(round, request, now, wanted.Ends));
    }
}

internal static class Pausing
{
    /// <summary>The head stands still while the round does; what lies after the close is not lost to a pause either.</summary>
    /// <param name="at">When the pause began or ended.</param>
    public static void Follow(this LedgerHead head, RoundCopy round, DateTimeOffset at)
    {
        if (!round.IsPaused && head.PausedAt is { } since && head.ClosedAt is { } closed && at > closed) head.SealDelay += at - (since > closed ? since : closed);
        head.PausedAt = round.PausedAt;
    }
}

/// <summary>Makes the secret and r of a round that is being prepared, and commits to r before the charter is published (rules 8).</summary>
internal sealed class CommitSeed(VotingDb db, RoundSecrets secrets, TimeProvider clock) : IConsumer<RoundDrafted>
{
    public Task Consume(ConsumeContext<RoundDrafted> context)
    {
        db.Announce(new SeedCommitted(context.Message.Round, 1, clock.GetUtcNow(), secrets.Make(context.Message.Round).Commitment));
        return Task.CompletedTask;
    }
}

/// <summary>Keeps the frozen list. Voting opens when it holds the list and its phase has begun: the clock looks.</summary>
internal sealed class TakeBallotList(VotingDb db) : IConsumer<BallotListFrozen>
{
    public async Task Consume(ConsumeContext<BallotListFrozen> context)
    {
        if (!await db.Lists.AnyAsync(l => l.Round == context.Message.Round))
            db.Add(new BallotList { Round = context.Message.Round, List = context.Message.List, ListHash = context.Message.ListHash });
    }
}

/// <summary>Keeps the published result, which the auditor's bundle joins with the ballots.</summary>
internal sealed class KeepResult(VotingDb db) : IConsumer<ShortlistPublished>
{
    public async Task Consume(ConsumeContext<ShortlistPublished> context)
    {
        if (!await db.Results.AnyAsync(r => r.Round == context.Message.Round))
            db.Add(new PublishedResult { Round = context.Message.Round, Result = context.Message.Result, ResultHash = context.Message.ResultHash });
    }
}

/// <summary>Sends Aggregation the entries that it misses.</summary>
internal sealed class SendLedgerRange(VotingDb db) : IConsumer<LedgerRangeRequested>
{
    const int Page = 512;

    public async Task Consume(ConsumeContext<LedgerRangeRequested> context)
    {
        var (round, first) = (context.Message.Round, context.Message.First);
        var entries = await db.Ledger.AsNoTracking().Where(e => e.Round == round && e.Sequence < first + Page).OrderBy(e => e.Sequence).Select(e => new { e.Sequence, e.Kind, e.Leaf, e.Payload }).ToListAsync();
        if (entries.Count == 0 || entries[^1].Sequence < first) return;
        // The head after the page is not stored, so it is computed along the chain.
        var head = Ranking.Audit.ChainStart;
        foreach (var entry in entries) head = Ranking.Audit.Chain(head, Ranking.Audit.Entry(entry.Kind, entry.Leaf));
        db.Announce(new LedgerRange(round, first, entries[^1].Sequence, head,
            [.. entries.Where(e => e.Sequence >= first).Select(e => new LedgerRecord(e.Sequence, e.Kind, e.Leaf, System.Text.Encoding.UTF8.GetBytes(e.Payload)))]));
    }
}
