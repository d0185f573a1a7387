using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.People;

/// <summary>An administrator shuts an account, opens it again, or ends its sessions. There is no way to sign in as somebody else.</summary>
internal static class BlockAccount
{
    public sealed class Form
    {
        /// <summary>Stands in the trail.</summary>
        public string? Reason { get; set; }
    }

    public sealed record Block(Guid Person, Form Input) : IRequest<bool>;

    public sealed record Unblock(Guid Person) : IRequest<bool>;

    public sealed record EndSessions(Guid Person) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder people)
    {
        people.MapPut("/{id:guid}/block", async (Guid id, Form form, IMediator mediator, CancellationToken ct) => await DoneAsync(mediator.Send(new Block(id, form), ct)));
        people.MapDelete("/{id:guid}/block", async (Guid id, IMediator mediator, CancellationToken ct) => await DoneAsync(mediator.Send(new Unblock(id), ct)));
        people.MapDelete("/{id:guid}/sessions", async (Guid id, IMediator mediator, CancellationToken ct) => await DoneAsync(mediator.Send(new EndSessions(id), ct)));

        static async Task<IResult> DoneAsync(Task<bool> done)
        {
            await done;
            return TypedResults.NoContent();
        }
    }

    public sealed class Validator : AbstractValidator<Block>
    {
        public Validator() => RuleFor(c => c.Input.Reason).Must(r => Names.Clean(r).Length is >= 5 and <= 500).WithMessage("identity.block.reason.missing");
    }

    public sealed class BlockHandler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, TimeProvider clock) : IRequestHandler<Block, bool>
    {
        public async Task<bool> Handle(Block command, CancellationToken ct)
        {
            var (person, now) = (await db.PersonToAdministerAsync(user, command.Person, ct), clock.GetUtcNow());
            if (person.Id == user.Id) throw new RuleBroken("identity.block.self");
            if (person.BlockedAt is not null) return false;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.MustKeepAnAdministratorAsync(person.Id, ct);
            person.BlockedAt = now;
            db.Record(user, now, "account.blocked", person: person.Id, note: Names.Clean(command.Input.Reason));
            await doorkeeper.EndAllAsync(person.Id, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }

    public sealed class UnblockHandler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Unblock, bool>
    {
        public async Task<bool> Handle(Unblock command, CancellationToken ct)
        {
            var person = await db.PersonToAdministerAsync(user, command.Person, ct);
            if (person.BlockedAt is null) return false;
            person.BlockedAt = null;
            db.Record(user, clock.GetUtcNow(), "account.unblocked", person: person.Id);
            await db.SaveChangesAsync(ct);
            return true;
        }
    }

    public sealed class EndSessionsHandler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper) : IRequestHandler<EndSessions, bool>
    {
        public async Task<bool> Handle(EndSessions command, CancellationToken ct)
        {
            var person = await db.PersonToAdministerAsync(user, command.Person, ct);
            await doorkeeper.EndAllAsync(person.Id, ct);
            await db.SaveChangesAsync(ct);
            return true;
        }
    }
}
