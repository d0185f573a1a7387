using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
using Discovery.Platform;
using Discovery.Platform.People;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>Nobody decides on what is their own, their organisation's or its affiliates', or what they have declared to be tied to; and nobody on an appeal against themselves.</summary>
internal static class Conflicts
{
    public const string Own = "own", Family = "family", Declared = "declared", First = "first";

    /// <returns>Which one; null: none.</returns>
    public static async Task<string?> ConflictAsync(this ModerationDb db, Guid person, Case item, Content content, DateTimeOffset now, CancellationToken ct)
    {
        if (content.Author == person && person != Guid.Empty) return Own;
        if (item.IsAppeal && await db.Appeals.Where(a => a.Id == item.Id).Join(db.Decisions, a => a.Decision, d => d.Id, (a, d) => d.Moderator).AnyAsync(m => m == person, ct)) return First;

        var theirs = content.Organisations;
        if (theirs.Count == 0) return null;
        var families = await db.Organisations.Where(o => theirs.Contains(o.Id)).Select(o => o.Family).ToListAsync(ct);
        // An organisation that this service has not heard of yet still is itself.
        var mine = await db.Mandates.Where(m => m.Person == person && m.RevokedAt == null && (m.Until == null || m.Until > now)).Select(m => m.Organisation).ToListAsync(ct);
        if (await TouchesAsync(mine)) return Family;
        var declared = await db.Interests.Where(i => i.Person == person).Select(i => i.Organisation).ToListAsync(ct);
        return await TouchesAsync(declared) ? Declared : null;

        async Task<bool> TouchesAsync(List<Guid> organisations) =>
            organisations.Count > 0 && (organisations.Exists(theirs.Contains) || await db.Organisations.AnyAsync(o => organisations.Contains(o.Id) && families.Contains(o.Family), ct));
    }

    /// <summary>Who tries all the same is refused, and everybody can read that it was tried (check 9).</summary>
    /// <param name="acts">Who asks; <paramref name="person"/> may be somebody else, whom a case would be given to.</param>
    public static async Task MustBeImpartialAsync(this ModerationDb db, CurrentUser acts, Guid person, Case item, Content content, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ConflictAsync(person, item, content, now, ct) is not { } conflict) return;
        await db.RememberAsync(acts, ct);
        await db.LogAsync(content, TransparencyLog.Conflict, person, now, ct, conflict);
        await db.SaveChangesAsync(ct);
        await db.Database.CurrentTransaction!.CommitAsync(ct);
        throw new RuleBroken("moderation.conflict." + conflict) { Status = 403 };
    }
}
