using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Organisations;

/// <summary>A head or an official takes an invitation back.</summary>
internal static class RevokeInvitation
{
    public sealed record Command(Guid Invitation) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapDelete("/invitations/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, Guid>
    {
        /// <returns>The organisation.</returns>
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            user.MustBePerson();
            var invitation = await db.Invitations.FindAsync([command.Invitation], ct);
            if (invitation is null || !(user.KeepsBooks() || await claims.IsHeadAsync(invitation.Organisation, ct))) throw new RuleBroken("identity.invitation.unknown") { Status = 404 };
            if (invitation is { AcceptedAt: null, RevokedAt: null })
            {
                invitation.Revoke(claims.Now);
                db.Record(user, claims.Now, "invitation.revoked", invitation.Organisation);
                await db.SaveUniqueAsync("identity.mandate.raced", ct);
            }
            return invitation.Organisation;
        }
    }
}
