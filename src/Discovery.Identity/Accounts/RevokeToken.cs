using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Ends a token for good, in every process within seconds.</summary>
internal static class RevokeToken
{
    public sealed record Command(Guid Token) : IRequest;

    public static void Map(IEndpointRouteBuilder tokens) =>
        tokens.MapDelete("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var token = await db.TokensOf(user, now).SingleOrDefaultAsync(t => t.Id == command.Token, ct) ?? throw new RuleBroken("identity.token.unknown") { Status = 404 };
            db.Revoke(token, user.Id, now);
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
