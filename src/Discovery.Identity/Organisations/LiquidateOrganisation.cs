using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>The organisation is no more: nobody acts or votes for it. An entry made by mistake can be taken back; what was declined meanwhile stays so.</summary>
internal static class LiquidateOrganisation
{
    public sealed class Form
    {
        public string? Reason { get; set; }
    }

    /// <param name="IsOver">False takes it back.</param>
    public sealed record Command(Guid Organisation, bool IsOver, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder organisations)
    {
        organisations.MapPost("/{id:guid}/liquidation", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, true, form), ct);
            return TypedResults.NoContent();
        });
        organisations.MapPost("/{id:guid}/liquidation/undo", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, false, form), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).Must(r => !string.IsNullOrWhiteSpace(r)).WithMessage("identity.reason.missing").MaximumLength(2000).WithMessage("identity.reason.long");
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var it = await claims.OrganisationAsync(command.Organisation, ct);
            if (it.LiquidatedAt is not null == command.IsOver) return false;
            var reason = Names.Clean(command.Input.Reason);
            it.LiquidatedAt = command.IsOver ? claims.Now : null;
            db.Record(user, claims.Now, command.IsOver ? "organisation.liquidated" : "organisation.restored", it.Id, note: reason);
            if (command.IsOver)
            {
                foreach (var claim in await db.Claims.Where(c => c.Organisation == it.Id && c.State == ClaimState.Open).ToListAsync(ct)) claims.Decide(claim, ClaimState.Declined, user.Id, reason);
                foreach (var invitation in await db.Invitations.Where(i => i.Organisation == it.Id && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(ct)) invitation.Revoke(claims.Now);
                if (await db.Disputes.SingleOrDefaultAsync(d => d.Organisation == it.Id && d.ResolvedAt == null, ct) is { } dispute) claims.End(dispute, it, reason);
            }
            db.Announce(it.Changed(claims.Now));
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return true;
        }
    }
}
