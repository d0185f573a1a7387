using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Annexes;

internal static class AnnexAccess
{
    public static IDataProtector ForAnnexes(this IDataProtectionProvider keys) => keys.CreateProtector("proposals.annex");

    /// <param name="IsAuthor">May write it, and sees who has read it.</param>
    /// <param name="ReadsFor">The reader's organisation; null for authors and officials.</param>
    public sealed record Access(RoundCopy Round, Proposal Proposal, Annex? Annex, bool IsAuthor, Guid? ReadsFor);

    /// <summary>What the person may do with the annex of a proposal.</summary>
    /// <exception cref="RuleBroken">404: nothing; nobody else learns whether there is one.</exception>
    public static async Task<Access> AnnexAsync(this ProposalsDb db, string slug, int number, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var round = await db.GetRound(slug, ct);
        var own = await db.ActsForAsync(user, clock.GetUtcNow(), ct);
        var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == number, ct);
        var annex = proposal is null || user.IsMachine ? null : await db.Annexes.SingleOrDefaultAsync(a => a.Id == proposal.Id, ct);
        var isAuthor = proposal is not null && !user.IsMachine && !user.IsOfAuthority && proposal.IsAuthoredBy(own);
        var reader = annex?.Readers.Find(own.Contains) is { } found && found != Guid.Empty ? found : null as Guid?;
        var isOfficial = annex is { ForOfficials: true } && (user.Is(Roles.Official, round.Region.Slug) || user.Is(Roles.Moderator, round.Region.Slug));
        if (proposal is null || !(isAuthor || reader is not null || isOfficial)) throw new RuleBroken("proposals.annex.unknown") { Status = 404 };
        return new(round, proposal, annex, isAuthor, isAuthor ? null : reader);
    }
}
