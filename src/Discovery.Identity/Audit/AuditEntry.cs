using Discovery.Identity.Data;
using Discovery.Platform;

namespace Discovery.Identity.Audit;

/// <summary>Who did what, about whom, in whose name. Ids only: names are looked up when it is shown, so an erasure reaches here too.</summary>
internal sealed class AuditEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Empty for a tool or the portal itself.</summary>
    public required Guid Actor { get; init; }

    /// <summary>Key of the text <c>audit.{kind}</c>, for example <c>mandate.verified</c>.</summary>
    public required string Kind { get; init; }

    public Guid? Organisation { get; init; }
    public Guid? Person { get; init; }
    public string? Region { get; init; }

    /// <summary>A reason that somebody wrote, or a code such as a role. Goes with the erasure of <see cref="Person"/>.</summary>
    public string? Note { get; set; }
}

internal static class AuditTrail
{
    /// <summary>Writes the trail with the change that it is about: it does not save.</summary>
    public static void Record(this IdentityDb db, CurrentUser user, DateTimeOffset at, string kind, Guid? organisation = null, Guid? person = null, string? region = null, string? note = null) =>
        db.Record(user.Id, at, kind, organisation, person, region, note);

    public static void Record(this IdentityDb db, Guid actor, DateTimeOffset at, string kind, Guid? organisation = null, Guid? person = null, string? region = null, string? note = null) =>
        db.Add(new AuditEntry { Id = Guid.CreateVersion7(), At = at, Actor = actor, Kind = kind, Organisation = organisation, Person = person, Region = region, Note = note });
}
