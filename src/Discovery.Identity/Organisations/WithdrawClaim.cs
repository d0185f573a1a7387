using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>Who asked for a mandate takes it back; the documents go at once.</summary>
internal static class WithdrawClaim
{
    public sealed record Command(Guid Claim) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder claims) =>
        claims.MapDelete("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, Guid>
    {
        /// <returns>The organisation.</returns>
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, null, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            claims.Decide(claim, ClaimState.Withdrawn, user.Id, null);
            db.RemoveRange(await db.Evidence.Where(e => e.Claim == claim.Id).ToListAsync(ct));
            await db.SaveUniqueAsync("identity.claim.decided", ct);
            await claims.SettleAsync(claim.Organisation, ct);
            await transaction.CommitAsync(ct);
            return claim.Organisation;
        }
    }
}
