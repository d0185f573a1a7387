using Discovery.Moderation.Data;
using Discovery.Moderation.Participants;
using Discovery.Platform;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>How slices get at a case, and save what they did to it.</summary>
internal static class Docket
{
    /// <summary>The case with its content, for somebody who moderates the round.</summary>
    public static async Task<(RoundCopy Round, Case Case, Content Content)> CaseAsync(this ModerationDb db, string slug, Guid id, CurrentUser user, CancellationToken ct)
    {
        var round = await db.GetRound(slug, ct);
        user.MustModerate(round);
        var item = await db.Cases.SingleOrDefaultAsync(c => c.Id == id && c.Round == round.Id, ct) ?? throw new RuleBroken("moderation.unknown") { Status = 404 };
        return (round, item, await db.Contents.SingleAsync(c => c.Id == item.Content, ct));
    }

    /// <exception cref="RuleBroken">Somebody else was faster.</exception>
    public static async Task SaveCaseAsync(this ModerationDb db, CancellationToken ct)
    {
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { throw new RuleBroken("moderation.raced"); }
    }
}
