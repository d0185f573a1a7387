using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>The speaker confirms that those who ask are members, or declines with a reason that they read.</summary>
internal static class DecideRequests
{
    public sealed class Form
    {
        public List<Guid> People { get; set; } = [];
        public bool Confirm { get; set; }
        public string? Reason { get; set; }
    }

    public sealed record Command(Guid Community, Form Input) : IRequest<int>;

    public static void Map(IEndpointRouteBuilder members) =>
        members.MapPost("/requests", async (Guid id, Form form, IMediator mediator, CancellationToken ct) => TypedResults.Ok(new { decided = await mediator.Send(new Command(id, form), ct) }));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.People).Must(p => p is { Count: > 0 and <= GetMembers.PageSize }).WithMessage("identity.requests.none-chosen");
            RuleFor(c => c.Input.Reason).Must(r => Names.Clean(r).Length is > 0 and <= RemoveMember.MaxReason).WithMessage("identity.member.reason").When(c => !c.Input.Confirm);
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, int>
    {
        /// <returns>How many were decided: somebody may have taken the request back, or another speaker was faster.</returns>
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var (now, input) = (clock.GetUtcNow(), command.Input);
            var community = await db.GetAsSpeakerAsync(command.Community, user, now, ct);
            var requests = await db.MemberRequests.Where(r => r.Community == community.Id && input.People.Contains(r.Person)).ToListAsync(ct);
            // Whoever has got a role meanwhile takes no part, whatever the speaker knows.
            var people = requests.ConvertAll(r => r.Person);
            if (input.Confirm && await db.Roles.AnyAsync(r => people.Contains(r.Person), ct)) throw new RuleBroken("identity.member.authority");
            foreach (var request in requests)
            {
                if (input.Confirm) await db.AdmitAsync(community.Id, request.Person, Admission.BySpeaker, user.Id, now, ct);
                else
                {
                    db.Remove(request);
                    db.Record(user, now, "community.declined", community.Id, request.Person, note: Names.Clean(input.Reason));
                }
            }
            await db.SaveMembersAsync(ct);
            return requests.Count;
        }
    }
}
