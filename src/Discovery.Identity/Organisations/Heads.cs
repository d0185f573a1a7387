using Discovery.Contracts.Identity;
using Discovery.Identity.Data;

namespace Discovery.Identity.Organisations;

/// <summary>
/// Who answers for an organisation: whoever holds its mandate with the role <see cref="MandateRoles.Head"/>, and, where it has one representative only, that one:
/// small firms and communities have nobody else. Authors do not count as representatives here.
/// </summary>
internal static class Heads
{
    /// <summary>Mandates that hold now.</summary>
    public static IQueryable<Mandate> Holding(this IQueryable<Mandate> mandates, DateTimeOffset now) =>
        mandates.Where(m => m.RevokedAt == null && (m.Until == null || m.Until > now));

    /// <summary>Organisations in whose name somebody may act: verified, in no dispute, not liquidated.</summary>
    public static IQueryable<Organisation> ThatMayAct(this IQueryable<Organisation> organisations) =>
        organisations.Where(o => o.VerifiedAt != null && o.DisputedAt == null && o.LiquidatedAt == null);

    /// <summary>The mandates of those who answer for an organisation now.</summary>
    public static IQueryable<Mandate> Leading(this IdentityDb db, DateTimeOffset now)
    {
        var representing = db.Mandates.Holding(now).Where(m => m.Role != MandateRoles.Author);
        return representing.Where(m => m.Role == MandateRoles.Head || !representing.Any(other => other.Organisation == m.Organisation && other.Id != m.Id));
    }

    /// <summary>The organisations that this person answers for now, and in whose name somebody may act.</summary>
    public static IQueryable<Organisation> HeadedBy(this IdentityDb db, Guid person, DateTimeOffset now)
    {
        var own = db.Leading(now).Where(m => m.Person == person);
        return db.Organisations.ThatMayAct().Where(o => own.Any(m => m.Organisation == o.Id));
    }
}
