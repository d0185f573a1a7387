using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Organisations;

internal static class RevokeMandate
{
    public sealed record Command(Guid Mandate) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapDelete("/mandates/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Guid>
    {
        /// <returns>The organisation.</returns>
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            var mandate = await db.Mandates.FindAsync([command.Mandate], ct) ?? throw new RuleBroken("identity.mandate.unknown") { Status = 404 };
            if (mandate.Revoke(user.Id, clock.GetUtcNow()))
            {
                db.Announce(mandate.Revoked());
                await db.RevokeTokensAsync(mandate, user.Id, clock.GetUtcNow(), ct);
                await db.SaveChangesAsync(ct);
            }
            return mandate.Organisation;
        }
    }
}
