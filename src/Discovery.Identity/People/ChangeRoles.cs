using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.People;

/// <summary>
/// Administrators of a region grant its roles and take them away. Either ends all sessions of the person: what they carry is no longer true.
/// Who runs rounds takes no part in them, so nobody has a role and a mandate.
/// </summary>
internal static class ChangeRoles
{
    /// <param name="Role"><c>region:official</c> and the like.</param>
    public sealed record Grant(Guid Person, string? Role) : IRequest<bool>;

    public sealed record Remove(Guid Person, string Role) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder people)
    {
        people.MapPut("/{id:guid}/roles/{role}", async (Guid id, string role, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Grant(id, role), ct);
            return TypedResults.NoContent();
        });
        people.MapDelete("/{id:guid}/roles/{role}", async (Guid id, string role, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Remove(id, role), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Validator : AbstractValidator<Grant>
    {
        public Validator() => RuleFor(c => c.Role).Must(r => r is not null && CreateAccount.IsRole(r)).WithMessage("identity.role.unknown");
    }

    public sealed class GrantHandler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, TimeProvider clock) : IRequestHandler<Grant, bool>
    {
        public async Task<bool> Handle(Grant command, CancellationToken ct)
        {
            var (person, role, now) = (await db.PersonInSightAsync(user, command.Person, ct), command.Role!, clock.GetUtcNow());
            user.MustGrant([role]);
            if (await db.DemonstrationAccounts.AnyAsync(a => a.Person == person.Id, ct)) throw new RuleBroken("identity.role.demonstration");
            if (await db.TakesPartAsync(person.Id, now, ct)) throw new RuleBroken("identity.role.participant.refused");
            if (await db.Roles.AnyAsync(r => r.Person == person.Id && r.Name == role, ct)) return false;
            db.Add(new GrantedRole { Person = person.Id, Name = role, GrantedAt = now, GrantedBy = user.Id });
            db.Record(user, now, "role.granted", person: person.Id, region: role.Split(':')[0], note: role);
            await doorkeeper.EndAllAsync(person.Id, ct);
            await db.SaveUniqueAsync("identity.role.raced", ct);
            return true;
        }
    }

    public sealed class RemoveHandler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, TimeProvider clock) : IRequestHandler<Remove, bool>
    {
        public async Task<bool> Handle(Remove command, CancellationToken ct)
        {
            var (person, now) = (await db.PersonInSightAsync(user, command.Person, ct), clock.GetUtcNow());
            user.MustGrant([command.Role]);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (command.Role == LastAdministrator.Role) await db.MustKeepAnAdministratorAsync(person.Id, ct);
            if (await db.Roles.Where(r => r.Person == person.Id && r.Name == command.Role).ExecuteDeleteAsync(ct) == 0) return false;
            db.Record(user, now, "role.removed", person: person.Id, region: command.Role.Split(':')[0], note: command.Role);
            await doorkeeper.EndAllAsync(person.Id, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }

    /// <summary>Holds a mandate or belongs to a community now.</summary>
    public static async Task<bool> TakesPartAsync(this IdentityDb db, Guid person, DateTimeOffset now, CancellationToken ct) =>
        await db.Mandates.AnyAsync(m => m.Person == person && m.RevokedAt == null && (m.Until == null || m.Until > now), ct) || await db.Members.AnyAsync(m => m.Person == person && m.LeftAt == null, ct);
}
