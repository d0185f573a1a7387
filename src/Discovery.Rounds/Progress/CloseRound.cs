using Discovery.Contracts.Aggregation;
using Discovery.Rounds.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Progress;

/// <summary>The published shortlist is the end of a round.</summary>
internal sealed class CloseRound(RoundsDb db) : IConsumer<ShortlistPublished>
{
    public async Task Consume(ConsumeContext<ShortlistPublished> context)
    {
        if (await db.Whole.SingleOrDefaultAsync(r => r.Id == context.Message.Round, context.CancellationToken) is not { } round) return;
        round.Close(context.Message);
        await db.SaveAsync(round, context.CancellationToken);
    }
}
