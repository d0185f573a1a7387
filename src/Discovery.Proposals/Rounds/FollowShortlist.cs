using Discovery.Contracts.Aggregation;
using Discovery.Proposals.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Rounds;

/// <summary>Writes on every proposal where it stands once the result is published.</summary>
internal sealed class FollowShortlist(ProposalsDb db) : IConsumer<ShortlistPublished>
{
    public async Task Consume(ConsumeContext<ShortlistPublished> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var docket = await db.LockDocketAsync(fact.Round, ct);
        if (docket.ResultSequence >= fact.Sequence) return;
        docket.ResultSequence = fact.Sequence;

        var seats = Places(fact.Shortlist);
        var ranks = Places(fact.Consensus);
        foreach (var proposal in await db.Proposals.Where(p => p.Round == fact.Round).ToListAsync(ct))
            proposal.Rate(Of(seats, proposal.Number), Of(ranks, proposal.Number));
    }

    static Dictionary<int, int> Places(IReadOnlyList<int> numbers) => numbers.Select((number, i) => (number, i)).ToDictionary(n => n.number, n => n.i + 1);

    static int? Of(Dictionary<int, int> places, int number) => places.TryGetValue(number, out var place) ? place : null;
}
