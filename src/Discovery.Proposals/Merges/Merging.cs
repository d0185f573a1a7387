using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Merges;

/// <summary>How a merge comes about, ends and is undone, in the transaction of the caller, who holds the docket.</summary>
internal static class Merging
{
    /// <summary>The merge of this round, or the answer 404.</summary>
    public static async Task<Merge> MergeAsync(this ProposalsDb db, Guid round, Guid id, CancellationToken ct) =>
        await db.Merges.SingleOrDefaultAsync(m => m.Id == id && m.Round == round, ct) ?? throw new RuleBroken("proposals.merge.unknown") { Status = 404 };

    /// <summary>The proposals of a merge, the lead first.</summary>
    public static async Task<List<Proposal>> PartsAsync(this ProposalsDb db, Merge merge, CancellationToken ct) =>
        await db.Proposals.Where(p => db.MergeParts.Any(x => x.Merge == merge.Id && x.Proposal == p.Id)).OrderBy(p => p.Id != merge.Lead).ThenBy(p => p.Number).ToListAsync(ct);

    /// <summary>Nobody is asked any more.</summary>
    public static async Task EndAsync(this ProposalsDb db, Merge merge, string state, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        merge.End(state, now);
        await CloseAsync(db, merge, ct);
        foreach (var proposal in await db.PartsAsync(merge, ct)) await db.NoteAsync(proposal.Id, "merge-" + state, person, new(), now, ct);
    }

    /// <summary>A text or its authors have changed: nobody has agreed to what now stands.</summary>
    public static async Task OvertakeMergesAsync(this ProposalsDb db, Guid proposal, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var merge in await db.Merges.Where(m => m.State == MergeStates.Open && db.MergeParts.Any(p => p.Merge == m.Id && p.Proposal == proposal)).ToListAsync(ct))
            await db.EndAsync(merge, MergeStates.Overtaken, person, now, ct);
    }

    /// <summary>All have agreed: the lead takes the text and the authors, the others close.</summary>
    public static async Task DoAsync(this ProposalsDb db, RoundCopy round, Merge merge, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var parts = await db.PartsAsync(merge, ct);
        if (parts.Exists(p => p.PublishedAt is null))
        {
            await db.EndAsync(merge, MergeStates.Overtaken, person, now, ct);
            return;
        }
        var (lead, closed) = (parts[0], parts[1..]);
        List<Guid> joined = [.. closed.SelectMany(p => p.Authors).Distinct().Except(lead.Authors)];
        merge.Do(lead.Revision + 1, joined, now);
        await CloseAsync(db, merge, ct);
        // First of all: what follows changes texts, and that ends merges that are open.
        await db.SaveChangesAsync(ct);
        await db.RewriteAsync(round, lead, merge.Content, Changes.Merged, person, now, ct);
        foreach (var organisation in joined) lead.Join(organisation);
        foreach (var proposal in closed)
        {
            proposal.MergeInto(lead.Number, now);
            await db.NoteAsync(proposal.Id, "merged-into", person, new(Other: lead.Number), now, ct);
        }
        await TouchSupportAsync(db, merge, lead, closed, ct);
        db.Announce(Fact(merge, lead, closed, now));
    }

    /// <summary>All as before; what was written since stays among the versions.</summary>
    public static async Task UndoAsync(this ProposalsDb db, RoundCopy round, Merge merge, Guid person, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var parts = await db.PartsAsync(merge, ct);
        var (lead, closed) = (parts[0], parts[1..]);
        if (lead.MergedInto is not null || await db.Merges.AnyAsync(m => m.Lead == merge.Lead && m.State == MergeStates.Done && m.EndedAt > merge.EndedAt, ct)) throw new RuleBroken("proposals.merge.later");
        merge.Undo(person, reason, now);
        foreach (var organisation in merge.Joined) lead.Leave(organisation);
        if (lead.PublishedAt is not null)
            await db.RewriteAsync(round, lead, (await db.Revisions.SingleAsync(r => r.Proposal == lead.Id && r.Number == merge.LeadVersion - 1, ct)).Content, Changes.Parted, person, now, ct);
        foreach (var proposal in closed)
        {
            proposal.Part();
            await db.NoteAsync(proposal.Id, Changes.Parted, person, new(Text: reason, Other: lead.Number), now, ct);
            if (proposal.PublishedAt is not null) await db.AnnouncePublicationAsync(proposal, ct);
        }
        await db.Endorsements.Where(e => e.Merge == merge.Id).ExecuteDeleteAsync(ct);
        var touched = await db.TouchedSupports.Where(s => s.Merge == merge.Id).ToListAsync(ct);
        foreach (var support in touched.Where(s => s.State != TouchedSupport.Asked))
            if (!await db.Endorsements.AnyAsync(e => e.Proposal == support.Proposal && e.Organisation == support.Organisation, ct))
                db.Add(new Endorsement { Proposal = support.Proposal, Organisation = support.Organisation, Round = round.Id, Person = support.Person, At = support.EndorsedAt });
        db.RemoveRange(touched);
        db.Announce(Fact(merge, lead, closed, now, undone: true));
    }

    /// <summary>Merges that stand in the way of the freeze: somebody may still answer or undo (rules 9).</summary>
    public static async Task<(int Open, int Undoable)> UnsettledAsync(this ProposalsDb db, Guid round, DateTimeOffset now, CancellationToken ct) =>
        (await db.Merges.CountAsync(m => m.Round == round && m.State == MergeStates.Open && m.ExpiresAt > now, ct), await db.Merges.CountAsync(m => m.Round == round && m.State == MergeStates.Done && m.UndoUntil > now, ct));

    /// <summary>The list is frozen: open merges do not happen, and those that have happened stay.</summary>
    public static async Task SettleMergesAsync(this ProposalsDb db, Guid round, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var merge in await db.Merges.Where(m => m.Round == round && (m.State == MergeStates.Open || (m.State == MergeStates.Done && m.UndoUntil > now))).ToListAsync(ct))
            if (merge.State == MergeStates.Done) merge.CloseUndo(now);
            else await db.EndAsync(merge, merge.ExpiresAt > now ? MergeStates.Settled : MergeStates.Lapsed, person, now, ct);
    }

    static async Task CloseAsync(ProposalsDb db, Merge merge, CancellationToken ct)
    {
        foreach (var part in await db.MergeParts.Where(p => p.Merge == merge.Id).ToListAsync(ct)) part.IsOpen = false;
    }

    // Support is never added up: who has supported a closed text is asked, and silence leaves it there. New co-authors do not support themselves.
    static async Task TouchSupportAsync(ProposalsDb db, Merge merge, Proposal lead, List<Proposal> closed, CancellationToken ct)
    {
        var authors = lead.Authors;
        var families = await db.Organisations.Where(o => authors.Contains(o.Id)).Select(o => o.Family).Distinct().ToListAsync(ct);
        var others = closed.ConvertAll(p => p.Id);
        foreach (var support in await db.Endorsements.Where(e => others.Contains(e.Proposal) && !db.Organisations.Any(o => o.Id == e.Organisation && (authors.Contains(o.Id) || families.Contains(o.Family)))).ToListAsync(ct))
            db.Add(Touched(support, TouchedSupport.Asked));
        foreach (var support in await db.Endorsements.Where(e => e.Proposal == lead.Id && merge.Joined.Contains(e.Organisation)).ToListAsync(ct))
        {
            db.Add(Touched(support, TouchedSupport.Dropped));
            db.Remove(support);
        }

        TouchedSupport Touched(Endorsement e, string state) => new() { Merge = merge.Id, Proposal = e.Proposal, Organisation = e.Organisation, Person = e.Person, EndorsedAt = e.At, State = state };
    }

    static ProposalsMerged Fact(Merge merge, Proposal lead, List<Proposal> closed, DateTimeOffset now, bool undone = false) =>
        new(merge.Round, merge.Id, undone ? 2 : 1, now, lead.Id, lead.Number, closed.ConvertAll(p => new MergedProposal(p.Id, p.Number, p.Sequence)), undone);
}
