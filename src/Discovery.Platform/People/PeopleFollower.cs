using Discovery.Contracts.Identity;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.People;

/// <summary>
/// Obeys when access is revoked and when an account is erased. Each service has one line:
/// <c>internal sealed class FollowPeople(VotingDb db, TimeProvider clock) : PeopleFollower(db, clock);</c>, and a service that keeps more of a person adds what it forgets.
/// </summary>
public abstract class PeopleFollower(DbContext db, TimeProvider clock) : IConsumer<AccessRevoked>, IConsumer<AccountErased>
{
    public Task Consume(ConsumeContext<AccessRevoked> context)
    {
        var fact = context.Message;
        db.Add(new Revocation { Id = Guid.CreateVersion7(), Person = fact.Person, Session = fact.Session, At = fact.At, HeardAt = clock.GetUtcNow() });
        return Task.CompletedTask;
    }

    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        var fact = context.Message;
        var person = await db.Set<PersonCopy>().FindAsync([fact.Person], context.CancellationToken);
        if (person is null) db.Add(person = new() { Id = fact.Person, Name = "" });
        (person.Name, person.ErasedAt) = ("", person.ErasedAt ?? fact.At);
        await ForgetAsync(fact.Person, context.CancellationToken);
    }

    /// <summary>What else this service holds of the person, in the same transaction.</summary>
    protected virtual Task ForgetAsync(Guid person, CancellationToken ct) => Task.CompletedTask;
}
