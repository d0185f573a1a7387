using System.Text.Json;
using Discovery.Aggregation.Counting;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Discovery.Site;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Ledger;

internal sealed class FollowRounds(AggregationDb db) : RoundFollower(db);

/// <summary>Stores what Voting sends, as it comes; the counter puts it in order.</summary>
internal sealed class TakeLedger(AggregationDb db, CounterSignal signal) : IConsumer<BallotsRecorded>, IConsumer<LedgerRange>, IConsumer<VotingClosed>
{
    public Task Consume(ConsumeContext<BallotsRecorded> context) =>
        StoreAsync(context.Message.Round, context.Message.First, context.Message.Last, context.Message.Head, context.Message.Entries);

    public Task Consume(ConsumeContext<LedgerRange> context) =>
        StoreAsync(context.Message.Round, context.Message.First, context.Message.Last, context.Message.Head, context.Message.Entries);

    public async Task Consume(ConsumeContext<VotingClosed> context)
    {
        var fact = context.Message;
        if (await db.Closings.AnyAsync(c => c.Round == fact.Round)) return;
        db.Add(new Closing { Round = fact.Round, Count = fact.Count, Head = fact.Head, MerkleRoot = fact.MerkleRoot, R = fact.R, BallotHash = fact.BallotHash });
        signal.Pulse();
    }

    async Task StoreAsync(Guid round, long first, long last, byte[] head, IReadOnlyList<LedgerRecord> entries)
    {
        if (await db.Batches.AnyAsync(b => b.Round == round && b.First == first && b.Last == last)) return;
        db.Add(new Batch { Round = round, First = first, Last = last, Head = head, Entries = JsonSerializer.Serialize(entries, Wire.Json) });
        signal.Pulse();
    }
}

internal sealed class TakeBallotList(AggregationDb db) : IConsumer<BallotListFrozen>
{
    public async Task Consume(ConsumeContext<BallotListFrozen> context)
    {
        if (!await db.Lists.AnyAsync(l => l.Round == context.Message.Round))
            db.Add(new BallotList { Round = context.Message.Round, List = context.Message.List, ListHash = context.Message.ListHash });
    }
}
