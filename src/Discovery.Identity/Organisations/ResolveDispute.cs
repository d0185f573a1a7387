using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official says who acts for an organisation that several people claim: they keep or get a mandate, the others lose theirs or are declined. All read the reason.</summary>
internal static class ResolveDispute
{
    public sealed class Form
    {
        /// <summary>Ids of mandates and claims. Nobody may win.</summary>
        public List<Guid> Winners { get; set; } = [];

        /// <summary>Last day of the mandates given now; empty: until they are revoked.</summary>
        public DateOnly? Until { get; set; }

        public string? Reason { get; set; }
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("/{id:guid}/dispute", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Input.Until).Must(u => u is null || u > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).WithMessage("identity.until.past");
            RuleFor(c => c.Input.Reason).Must(r => !string.IsNullOrWhiteSpace(r)).WithMessage("identity.reason.missing").MaximumLength(2000).WithMessage("identity.reason.long");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var organisation = await claims.OrganisationAsync(command.Organisation, ct);
            var dispute = await db.Disputes.SingleOrDefaultAsync(d => d.Organisation == organisation.Id && d.ResolvedAt == null, ct) ?? throw new RuleBroken("identity.dispute.none");
            var (winners, reason) = (command.Input.Winners.ToHashSet(), Names.Clean(command.Input.Reason));
            var mandates = await claims.Holding(organisation.Id).ToListAsync(ct);
            var open = await db.Claims.Where(c => c.Organisation == organisation.Id && c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative).ToListAsync(ct);
            if (winners.Except(mandates.Select(m => m.Id)).Except(open.Select(c => c.Id)).Any()) throw new RuleBroken("identity.dispute.changed");
            if (open.Any(c => winners.Contains(c.Id) && c.ProvedAt is null)) throw new RuleBroken("identity.claim.unproved");

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            foreach (var mandate in mandates.Where(m => !winners.Contains(m.Id))) await claims.RevokeAsync(mandate, user.Id, ct, reason);
            foreach (var claim in open.Where(c => !winners.Contains(c.Id))) claims.Decide(claim, ClaimState.Declined, user.Id, reason);
            claims.End(dispute, organisation, reason);
            // First those who go: their seats are free then.
            await db.SaveUniqueAsync("identity.dispute.changed", ct);
            foreach (var claim in open.Where(c => winners.Contains(c.Id)))
            {
                await claims.GrantAsync(organisation, claim.Person, claim.Role, DecideClaim.EndOf(command.Input.Until), claim.Route, user.Id, ct);
                claims.Decide(claim, ClaimState.Verified, user.Id, reason);
                await db.SaveUniqueAsync("identity.dispute.changed", ct);
            }
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
