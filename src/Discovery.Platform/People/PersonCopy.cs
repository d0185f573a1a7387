using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.People;

/// <summary>
/// A person as one service knows them: the account id and the name that the session said at the last act here. Facts carry ids only (rules 16).
/// After an erasure the row stays for good, without the name: a late fact or a restored message must not bring it back.
/// </summary>
public sealed class PersonCopy
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}

/// <summary>A session, a token or everything of a person that was given before <see cref="At"/> opens nothing any more.</summary>
public sealed class Revocation
{
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Null: all sessions and tokens of the person.</summary>
    public Guid? Session { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When this service heard of it: replicas ask for what came since they last asked.</summary>
    public required DateTimeOffset HeardAt { get; init; }
}

public static class PeopleModel
{
    /// <summary>In <c>OnModelCreating</c> of every service: who acted here, and whose access is revoked.</summary>
    public static void AddPeople(this ModelBuilder model)
    {
        model.Entity<PersonCopy>(person =>
        {
            person.ToTable("person_copies");
            person.Property(p => p.Id).ValueGeneratedNever();
            person.Property(p => p.Name).HasMaxLength(200);
        });
        model.Entity<Revocation>(revocation =>
        {
            revocation.ToTable("revocations");
            revocation.Property(r => r.Id).ValueGeneratedNever();
            revocation.HasIndex(r => r.HeardAt);
        });
    }

    /// <summary>
    /// Keeps the name of whoever acts, for the records of this service. At once and by the database's own means: two first acts of one person at the same moment
    /// must not refuse each other. A tombstone stays one.
    /// </summary>
    public static async Task RememberAsync(this DbContext db, CurrentUser user, CancellationToken ct)
    {
        if (user.Id == Guid.Empty || user.Name.Length == 0) return;
        var (id, name) = (user.Id, user.Name);
        // A program's token is up to a year old, and so is the name in it.
        if (user.IsMachine) await db.Database.ExecuteSqlAsync($"insert into person_copies (id, name) values ({id}, {name}) on conflict (id) do nothing", ct);
        else await db.Database.ExecuteSqlAsync($"insert into person_copies (id, name) values ({id}, {name}) on conflict (id) do update set name = excluded.name where person_copies.erased_at is null and person_copies.name <> excluded.name", ct);
    }
}
