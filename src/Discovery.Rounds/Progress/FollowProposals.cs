using System.Text.Json;
using Discovery.Contracts.Proposals;
using Discovery.Platform.Messaging;
using Discovery.Rounds.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Progress;

/// <summary>Keeps the numbers of the home page; in whatever order publications and the list come.</summary>
internal sealed class FollowProposals(RoundsDb db)
    : IConsumer<ProposalPublished>, IConsumer<ProposalRevised>, IConsumer<ProposalHidden>, IConsumer<ProposalsMerged>, IConsumer<ProposalWithdrawn>, IConsumer<BallotListFrozen>
{
    public Task Consume(ConsumeContext<ProposalPublished> context) => ShowAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ProposalRevised> context)
    {
        var fact = context.Message;
        return ShowAsync(new(fact.Round, fact.Proposal, fact.Sequence, fact.At, fact.Number, fact.Title, fact.Sector, fact.Organisation, fact.Municipality, fact.Kind), context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ProposalsMerged> context)
    {
        // What an undo brings back is published anew.
        if (context.Message is { Undone: false } fact)
            foreach (var closed in fact.Closed) await HideAsync(fact.Round, closed.Number, closed.Sequence, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<ProposalWithdrawn> context) => HideAsync(context.Message.Round, context.Message.Number, context.Message.Sequence, context.CancellationToken);

    async Task HideAsync(Guid round, int number, long sequence, CancellationToken ct)
    {
        var known = await db.Proposals.FindAsync([round, number], ct);
        if (known is null) db.Add(known = new() { Round = round, Number = number, Title = [], Sector = "" });
        known.HiddenSequence = Math.Max(known.HiddenSequence, sequence);
    }

    async Task ShowAsync(ProposalPublished fact, CancellationToken ct)
    {
        var known = await db.Proposals.FindAsync([fact.Round, fact.Number], ct);
        if (known is null) db.Add(known = new() { Round = fact.Round, Number = fact.Number, Title = fact.Title, Sector = fact.Sector });
        if (fact.Sequence <= known.Sequence) return;
        if (!known.IsListed) (known.Title, known.Sector) = (fact.Title, fact.Sector);
        (known.Organisation, known.Municipality, known.Kind, known.Sequence) = (fact.Organisation, fact.Municipality, fact.Kind, fact.Sequence);
    }

    public Task Consume(ConsumeContext<ProposalHidden> context) => HideAsync(context.Message.Round, context.Message.Number, context.Message.Sequence, context.CancellationToken);

    public async Task Consume(ConsumeContext<BallotListFrozen> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var list = JsonSerializer.Deserialize<List<ListedProposal>>(fact.List, Wire.Json)!;
        var known = await db.Proposals.Where(p => p.Round == fact.Round).ToDictionaryAsync(p => p.Number, ct);
        foreach (var listed in list)
        {
            if (!known.TryGetValue(listed.Number, out var proposal))
                db.Add(proposal = new() { Round = fact.Round, Number = listed.Number, Title = listed.Title, Sector = listed.Sector });
            (proposal.Title, proposal.Sector, proposal.IsListed) = (listed.Title, listed.Sector, true);
        }
        if (await db.Rounds.FindAsync([fact.Round], ct) is { } round) round.FreezeList(list.Count, fact.ListHash, fact.At);
    }
}
