using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>The speaker removes somebody, with a reason that the person reads. A ballot that was cast before stays and counts.</summary>
internal static class RemoveMember
{
    public const int MaxReason = 500;

    public sealed class Form
    {
        public string? Reason { get; set; }
    }

    public sealed record Command(Guid Community, Guid Person, Form Input) : IRequest;

    public static void Map(IEndpointRouteBuilder members) =>
        members.MapPost("/{person:guid}/removal", async (Guid id, Guid person, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, person, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).Must(r => Names.Clean(r).Length is > 0 and <= MaxReason).WithMessage("identity.member.reason");
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, TimeProvider clock) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var community = await db.GetAsSpeakerAsync(command.Community, user, now, ct);
            if (await db.Members.FindAsync([community.Id, command.Person], ct) is not { LeftAt: null } member) throw new RuleBroken("identity.member.unknown") { Status = 404 };
            db.Part(member, now);
            db.Record(user, now, "community.removed", community.Id, member.Person, note: Names.Clean(command.Input.Reason));
            // Else the list would let the person in again at once.
            if (await db.Users.Where(p => p.Id == member.Person).Select(p => p.Email).SingleOrDefaultAsync(ct) is { } email && await db.ListedMembers.FindAsync([community.Id, keyed.OfAddress(email)], ct) is { } listed)
                db.Remove(listed);
            await db.SaveMembersAsync(ct);
            return Unit.Value;
        }
    }
}
