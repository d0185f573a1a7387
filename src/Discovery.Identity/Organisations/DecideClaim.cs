using Discovery.Contracts.Identity;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official decides on a proof; a head of the organisation on who asked its representatives.</summary>
internal static class DecideClaim
{
    public sealed class Form
    {
        /// <summary>True: the mandate is given. False: it is declined.</summary>
        public bool? Verify { get; set; }

        /// <summary>One of <see cref="MandateRoles"/>; empty: as asked.</summary>
        public string? Role { get; set; }

        /// <summary>The last day; empty: until it is revoked.</summary>
        public DateOnly? Until { get; set; }

        /// <summary>The person reads it. Officials always give one, heads when they decline.</summary>
        public string? Reason { get; set; }
    }

    public sealed record Command(Guid Claim, Form Input) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder claims) =>
        claims.MapPost("/{id:guid}/decision", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CurrentUser user, TimeProvider clock)
        {
            RuleFor(c => c.Input.Verify).NotNull().WithMessage("identity.decision.missing");
            RuleFor(c => c.Input.Role).Must(r => string.IsNullOrEmpty(r) || MandateRoles.All.Contains(r)).WithMessage("identity.claim.role.missing");
            RuleFor(c => c.Input.Until).Must(u => u is null || u > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).WithMessage("identity.until.past");
            RuleFor(c => c.Input.Reason).MaximumLength(2000).WithMessage("identity.reason.long")
                .Must(r => !string.IsNullOrWhiteSpace(r)).When(c => user.KeepsBooks() || c.Input.Verify == false, ApplyConditionTo.CurrentValidator).WithMessage("identity.reason.missing");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, Guid>
    {
        /// <returns>The organisation.</returns>
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            user.MustBePerson();
            var (form, claim) = (command.Input, await db.Claims.SingleOrDefaultAsync(c => c.Id == command.Claim, ct));
            var isOfficial = user.KeepsBooks();
            // A head decides on those who named the representatives as their witness, and on no other proof.
            if (claim is null || !(isOfficial || (claim.Route == ClaimRoutes.Representative && await claims.IsHeadAsync(claim.Organisation, ct)))) throw new RuleBroken("identity.claim.unknown") { Status = 404 };
            if (claim.State != ClaimState.Open) throw new RuleBroken("identity.claim.decided");
            var organisation = await claims.OrganisationAsync(claim.Organisation, ct);
            if (organisation.DisputedAt is not null && claim.Route != ClaimRoutes.Representative) throw new RuleBroken("identity.organisation.disputed");

            if (form.Verify == true)
            {
                if (!isOfficial) organisation.MustTakeMandates();
                // Who only names the representatives is confirmed by them; an official needs to have seen something.
                else if (claim.ProvedAt is null) throw new RuleBroken(claim.Route == ClaimRoutes.Representative ? "identity.claim.heads" : "identity.claim.unproved");
                await claims.GrantAsync(organisation, claim.Person, string.IsNullOrEmpty(form.Role) ? claim.Role : form.Role, EndOf(form.Until), claim.Route, user.Id, ct);
            }
            claims.Decide(claim, form.Verify == true ? ClaimState.Verified : ClaimState.Declined, user.Id, Names.Clean(form.Reason) is { Length: > 0 } reason ? reason : null);
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return claim.Organisation;
        }
    }

    /// <summary>A mandate holds through its last day.</summary>
    public static DateTimeOffset? EndOf(DateOnly? last) => last is { } day ? new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
