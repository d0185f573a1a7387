using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Versions;

/// <summary>A published proposal gets other words: all that belongs to it, in the transaction of the caller.</summary>
internal static class Rewriting
{
    /// <param name="why">One of <see cref="Changes"/>.</param>
    public static async Task RewriteAsync(this ProposalsDb db, RoundCopy round, Proposal proposal, Content content, string why, Guid person, DateTimeOffset at, CancellationToken ct, Guid? suggestedBy = null)
    {
        await db.KeepCurrentAsync(proposal, ct);
        var before = proposal.Content;
        proposal.Rewrite(content);
        db.Add(Revision.Of(proposal, why, person, at, suggestedBy));
        await db.OvertakeMergesAsync(proposal.Id, person, at, ct);
        await db.SupersedeAsync(proposal, person, at, ct);
        await db.NoteAsync(proposal.Id, why, person, new(), at, ct);
        db.AnnounceContent(round, proposal, waits: false, ContentSubmitted.Reasons.Edited, at);
        if (before.Sector == content.Sector && before.Municipality == content.Municipality && before.Title.Count == content.Title.Count && !before.Title.Except(content.Title).Any()) return;
        var kind = await db.Organisations.Where(o => o.Id == proposal.Organisation).Select(o => o.Kind).SingleOrDefaultAsync(ct);
        db.Announce(new ProposalRevised(
            round.Id, proposal.Id, proposal.Sequence, at, proposal.Number, content.Title, content.Sector, proposal.Organisation ?? Guid.Empty, content.Municipality, string.IsNullOrEmpty(kind) ? null : kind));
    }

    /// <summary>The published proposal that somebody wants to change or discuss, or the answer 404; the docket is locked by the caller.</summary>
    public static async Task<Proposal> PublishedAsync(this ProposalsDb db, Guid round, int number, CancellationToken ct) =>
        await db.Proposals.SingleOrDefaultAsync(p => p.Round == round && p.Number == number && p.PublishedAt != null, ct) ?? throw new Platform.RuleBroken("proposals.unknown") { Status = 404 };
}
