using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>Officials end any mandate, heads those of their organisation, their own included.</summary>
internal static class RevokeMandate
{
    public sealed record Command(Guid Mandate) : IRequest<Revoked>;

    /// <param name="WasOwn">The asker has just given up the own one.</param>
    public sealed record Revoked(Guid Organisation, bool WasOwn);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapDelete("/mandates/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, Revoked>
    {
        public async Task<Revoked> Handle(Command command, CancellationToken ct)
        {
            user.MustBePerson();
            var mandate = await db.Mandates.FindAsync([command.Mandate], ct);
            if (mandate is not null && !user.KeepsBooks())
            {
                if (!await claims.Holding(mandate.Organisation).AnyAsync(m => m.Person == user.Id, ct)) mandate = null;
                else if (!await claims.IsHeadAsync(mandate.Organisation, ct)) throw new RuleBroken("identity.mandate.heads") { Status = 403 };
                // One party of a dispute does not throw the other out.
                else if (mandate.Person != user.Id && (await claims.OrganisationAsync(mandate.Organisation, ct)).DisputedAt is not null) throw new RuleBroken("identity.organisation.disputed");
            }
            if (mandate is null) throw new RuleBroken("identity.mandate.unknown") { Status = 404 };
            if (await claims.RevokeAsync(mandate, user.Id, ct)) await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return new(mandate.Organisation, mandate.Person == user.Id);
        }
    }
}
