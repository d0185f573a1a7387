using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Reviews;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>
/// Obeys Moderation. Its facts may come twice, early or late: decisions and appeals each go by their own sequence. What stands on the frozen list, or could only come onto
/// it, stays as it is: then a decision is noted and has no effect (rules 9).
/// </summary>
internal sealed class FollowModeration(ProposalsDb db) : IConsumer<ModerationDecided>, IConsumer<AppealFiled>, IConsumer<AppealDecided>
{
    public async Task Consume(ConsumeContext<ModerationDecided> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (await FindAsync(fact.Kind, fact.Round, fact.Content, ct) is not var (docket, proposal) || !proposal.Hears(fact.Sequence, fact.Of)) return;
        var details = new Register.Details(fact.Reason, fact.Text, fact.Other);
        var shows = fact.Decision is Decisions.Publish or Decisions.SuggestMerge;
        if (shows && fact.Other is { } other) proposal.SuggestMerge(other);
        if (shows && proposal.PublishedAt is not null) return;
        if (docket.FrozenAt is not null && (shows || proposal.PublishedAt is not null))
        {
            await db.NoteAsync(proposal.Id, Register.Ignored, fact.Moderator, details with { Decision = fact.Decision }, fact.At, ct);
            return;
        }
        switch (fact.Decision)
        {
            case Decisions.Publish or Decisions.SuggestMerge:
                await ShowAsync(proposal, Register.Published, fact.Moderator, details, fact.At, ct);
                break;
            case Decisions.Return:
                await TakeAwayAsync(proposal, () => proposal.Return(fact.Reason, fact.Text, fact.At), Register.Returned, fact, details, ct);
                break;
            case Decisions.Hide:
                await TakeAwayAsync(proposal, () => proposal.Hide(fact.Reason, fact.At), Register.Hidden, fact, details, ct);
                break;
        }
    }

    public async Task Consume(ConsumeContext<AppealFiled> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (await FindAsync(fact.Kind, fact.Round, fact.Content, ct) is not var (_, proposal) || !proposal.HearsAppeal(fact.Sequence, fact.At)) return;
        await db.NoteAsync(proposal.Id, Register.Appealed, proposal.AuthorPerson, new(), fact.At, ct);
    }

    public async Task Consume(ConsumeContext<AppealDecided> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (await FindAsync(fact.Kind, fact.Round, fact.Content, ct) is not var (docket, proposal) || !proposal.HearsAppeal(fact.Sequence, null)) return;
        var details = new Register.Details(Text: fact.Text);
        if (!fact.Granted)
        {
            await db.NoteAsync(proposal.Id, Register.AppealRefused, fact.Moderator, details, fact.At, ct);
            return;
        }
        proposal.Acquit(fact.Sequence);
        if (docket.FrozenAt is not null && proposal.PublishedAt is null) await db.NoteAsync(proposal.Id, Register.Ignored, fact.Moderator, details with { Decision = Decisions.Publish }, fact.At, ct);
        else await ShowAsync(proposal, Register.Restored, fact.Moderator, details, fact.At, ct);
    }

    /// <summary>The proposal and, locked, its docket: nothing changes sides while the list is being frozen.</summary>
    async Task<(Docket, Proposal)?> FindAsync(string kind, Guid round, Guid content, CancellationToken ct)
    {
        if (kind != ContentKinds.Proposal) return null;
        var docket = await db.LockDocketAsync(round, ct);
        return await db.Proposals.SingleOrDefaultAsync(p => p.Id == content, ct) is { } proposal ? (docket, proposal) : null;
    }

    async Task ShowAsync(Proposal proposal, string what, Guid moderator, Register.Details details, DateTimeOffset at, CancellationToken ct)
    {
        if (!proposal.Publish(at)) return;
        if (await db.Rounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == proposal.Round, ct) is { } round) await db.DrawReviewersAsync(round, proposal, at, ct);
        await db.NoteAsync(proposal.Id, what, moderator, details, at, ct);
        await db.AnnouncePublicationAsync(proposal, ct);
    }

    async Task TakeAwayAsync(Proposal proposal, Action change, string what, ModerationDecided fact, Register.Details details, CancellationToken ct)
    {
        var wasPublic = proposal.PublishedAt is not null;
        change();
        await db.NoteAsync(proposal.Id, what, fact.Moderator, details, fact.At, ct);
        if (wasPublic) db.Announce(new ProposalHidden(proposal.Round, proposal.Id, proposal.Sequence, fact.At, proposal.Number));
    }
}
