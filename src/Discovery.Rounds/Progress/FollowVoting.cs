using Discovery.Contracts.Voting;
using Discovery.Rounds.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Progress;

/// <summary>The commitment that publication waits for, what became of a new end of the vote, the end of the voting phase, and how many took part.</summary>
internal sealed class FollowVoting(RoundsDb db) : IConsumer<SeedCommitted>, IConsumer<VotingClosed>, IConsumer<VotersRecorded>, IConsumer<VotingDatesChanged>, IConsumer<VotingDatesRefused>
{
    public async Task Consume(ConsumeContext<SeedCommitted> context)
    {
        if (await db.Rounds.FindAsync([context.Message.Round], context.CancellationToken) is { } round) round.Commit(context.Message);
    }

    public async Task Consume(ConsumeContext<VotingClosed> context)
    {
        if (await db.Whole.SingleOrDefaultAsync(r => r.Id == context.Message.Round, context.CancellationToken) is not { } round) return;
        round.CloseVoting(context.Message);
        await db.SaveAsync(round, context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<VotersRecorded> context)
    {
        var fact = context.Message;
        if (await db.Rounds.FindAsync([fact.Round], context.CancellationToken) is { } round) round.CountVoters(fact.Organisations.Count + fact.Persons.Values.Sum());
    }

    public Task Consume(ConsumeContext<VotingDatesChanged> context) => Settle(context.Message.Round, context.Message.Sequence, context.Message.ClosesAt, context.Message.At, context.CancellationToken);

    public Task Consume(ConsumeContext<VotingDatesRefused> context) => Settle(context.Message.Round, context.Message.Sequence, null, context.Message.At, context.CancellationToken);

    async Task Settle(Guid id, long request, DateTimeOffset? ends, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Whole.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } round) return;
        round.SettleVotingEnd(request, ends, now);
        await db.SaveAsync(round, ct);
    }
}
