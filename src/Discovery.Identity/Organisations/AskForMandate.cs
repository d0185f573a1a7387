using Discovery.Contracts.Identity;
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

namespace Discovery.Identity.Organisations;

/// <summary>A participant asks to act for an organisation and says how the right to do so will be proved.</summary>
internal static class AskForMandate
{
    public sealed class Form
    {
        /// <summary>One of <see cref="ClaimRoutes"/> but <c>official</c>.</summary>
        public string? Route { get; set; }

        /// <summary>One of <see cref="MandateRoles"/>.</summary>
        public string? Role { get; set; } = MandateRoles.Representative;

        /// <summary>«Директор».</summary>
        public string? Position { get; set; }
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<Asked>;

    public sealed record Asked(Guid Id);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("/{id:guid}/claims", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Created("/api/identity/claims", await mediator.Send(new Command(id, form), ct)));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Route).Must(r => r is ClaimRoutes.Domain or ClaimRoutes.Letter or ClaimRoutes.Document or ClaimRoutes.Representative).WithMessage("identity.claim.route.missing");
            RuleFor(c => c.Input.Role).Must(r => MandateRoles.All.Contains(r)).WithMessage("identity.claim.role.missing");
            RuleFor(c => c.Input.Position).Cascade(CascadeMode.Stop).Must(p => Names.Clean(p).Length is > 0 and <= 200).WithMessage("identity.claim.position.missing")
                .Must(p => !Names.Imitates(p)).WithMessage("identity.name.imitates");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, Throttle throttle) : IRequestHandler<Command, Asked>
    {
        public async Task<Asked> Handle(Command command, CancellationToken ct)
        {
            user.MustTakePart();
            await Claims.AccountAsync(db, user, ct);
            var organisation = await claims.OrganisationAsync(command.Organisation, ct);
            if (organisation.LiquidatedAt is not null) throw new RuleBroken("identity.organisation.liquidated");
            if (await claims.Holding(organisation.Id).AnyAsync(m => m.Person == user.Id, ct)) throw new RuleBroken("identity.claim.has-mandate");
            if (!await IsOpenAsync(claims, organisation, command.Input.Route!, ct)) throw new RuleBroken("identity.claim.route.closed");
            await throttle.CountAsync("identity.throttled.claims", user.Id.ToString(), 10, TimeSpan.FromDays(1), ct);

            var claim = new MandateClaim
            {
                Id = Guid.CreateVersion7(), Person = user.Id, Organisation = organisation.Id, Route = command.Input.Route!, Role = command.Input.Role!,
                Position = Names.Clean(command.Input.Position), AskedAt = claims.Now,
            };
            db.Add(claim);
            db.Record(user, claims.Now, "claim.made", organisation.Id, user.Id, note: claim.Route);
            await db.SaveUniqueAsync("identity.claim.open", ct);
            // Afterwards: of two who ask at the same moment at least the later one sees the other.
            await claims.ContestAsync(claim, organisation, ct);
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return new(claim.Id);
        }
    }

    /// <summary>Whether the route leads anywhere for this organisation.</summary>
    public static async Task<bool> IsOpenAsync(Claims claims, Organisation organisation, string route, CancellationToken ct) => route switch
    {
        ClaimRoutes.Domain => organisation.Domain is not null,
        ClaimRoutes.Letter => organisation.FrameAddress is not null,
        ClaimRoutes.Representative => await claims.LeadingAsync(organisation.Id, ct),
        _ => true,
    };
}
