using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Participants;

/// <summary>What this service holds of the person who asks: the own proposals and what an official did here.</summary>
internal static class ExportMyData
{
    sealed record Written(Guid Round, int Number, Guid? Organisation, DateTimeOffset SubmittedAt, DateTimeOffset? PublishedAt, DateTimeOffset? ReturnedAt, string? ReturnReason, Content Content);

    sealed record Unsent(Guid Round, DateTimeOffset SavedAt, SubmitProposal.Form Form);

    sealed record Uploaded(Guid Id, Guid? Proposal, string Name, int Size, DateTimeOffset At);

    sealed record Reviewed(Guid Round, Guid Proposal, DateTimeOffset DrawnAt, DateTimeOffset? AnsweredAt, bool HasInterest, int? Novelty, int? Market, int? Stake, int? SpillOver);

    sealed record Supported(Guid Round, Guid Proposal, Guid Organisation, DateTimeOffset At);

    sealed record Rewritten(Guid Proposal, int Number, string Why, DateTimeOffset At);

    sealed record Suggested(Guid Proposal, Guid Organisation, DateTimeOffset At, IReadOnlyDictionary<string, Text> Texts, string Reason, string State);

    sealed record Proposed(Guid Merge, Guid Lead, DateTimeOffset At, string State, string? Reason, string? UndoReason);

    sealed record Answered(Guid Merge, Guid Organisation, bool? Agrees, DateTimeOffset? At, string? Reason);

    sealed record ActsFor(Guid Organisation, Text? Name, DateTimeOffset? Until, DateTimeOffset? RevokedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", async (ProposalsDb db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            var (data, me) = (await db.OwnCopyAsync("proposals", user, ct), user.Id);
            var mandates = await db.Mandates.AsNoTracking().Where(m => m.Person == me).ToListAsync(ct);
            var ids = mandates.ConvertAll(m => m.Organisation);
            var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            return data
                .Add("mandates", mandates.ConvertAll(m => new ActsFor(m.Organisation, names.GetValueOrDefault(m.Organisation), m.Until, m.RevokedAt)))
                .Add("proposals", (await db.Proposals.AsNoTracking().Where(p => p.AuthorPerson == me).OrderBy(p => p.SubmittedAt).ToListAsync(ct))
                    .ConvertAll(p => new Written(p.Round, p.Number, p.Organisation, p.SubmittedAt, p.PublishedAt, p.ReturnedAt, p.ReturnReason, p.Content)))
                .Add("drafts", (await db.Drafts.AsNoTracking().Where(d => d.Person == me).OrderBy(d => d.SavedAt).ToListAsync(ct)).ConvertAll(d => new Unsent(d.Round, d.SavedAt, d.Form)))
                .Add("files", await db.Attachments.Where(a => a.Person == me).OrderBy(a => a.At).Select(a => new Uploaded(a.Id, a.Proposal, a.Name, a.Size, a.At)).ToListAsync(ct))
                .Add("versions", await db.Revisions.Where(r => r.Person == me).OrderBy(r => r.At).Select(r => new Rewritten(r.Proposal, r.Number, r.Why, r.At)).ToListAsync(ct))
                .Add("amendments", (await db.Amendments.AsNoTracking().Where(a => a.Person == me).OrderBy(a => a.At).ToListAsync(ct)).ConvertAll(a => new Suggested(a.Proposal, a.Organisation, a.At, a.Texts, a.Reason, a.State)))
                .Add("merges", (await db.Merges.AsNoTracking().Where(m => m.Person == me || m.UndoneBy == me).OrderBy(m => m.ProposedAt).ToListAsync(ct)).ConvertAll(m => new Proposed(m.Id, m.Lead, m.ProposedAt, m.State, m.Person == me ? m.Reason : null, m.UndoneBy == me ? m.UndoReason : null)))
                .Add("answersToMerges", await db.MergeAnswers.Where(a => a.Person == me).OrderBy(a => a.At).Select(a => new Answered(a.Merge, a.Organisation, a.Agrees, a.At, a.Reason)).ToListAsync(ct))
                .Add("endorsements", await db.Endorsements.Where(e => e.Person == me).OrderBy(e => e.At).Select(e => new Supported(e.Round, e.Proposal, e.Organisation, e.At)).ToListAsync(ct))
                .Add("annexesRead", await db.AnnexReadings.Where(r => r.Person == me).OrderBy(r => r.At).Select(r => new Supported(db.Annexes.Where(a => a.Id == r.Annex).Select(a => a.Round).FirstOrDefault(), r.Annex, r.Organisation ?? Guid.Empty, r.At)).ToListAsync(ct))
                .Add("reviews", await db.Reviews.Where(r => r.Person == me).OrderBy(r => r.DrawnAt).Select(r => new Reviewed(r.Round, r.Proposal, r.DrawnAt, r.AnsweredAt, r.HasInterest, r.Novelty, r.Market, r.Stake, r.SpillOver)).ToListAsync(ct))
                .Add("acts", await db.OwnEntriesAsync(me, ct))
                .ToResult(http, clock.GetUtcNow());
        }).RequireAuthorization();
}
