using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Communities;

/// <summary>A member leaves, also a community in whose name nothing happens any more. A ballot that was cast before stays and counts.</summary>
internal static class LeaveCommunity
{
    public sealed record Command(Guid Community) : IRequest;

    public static void Map(IEndpointRouteBuilder membership) =>
        membership.MapDelete("", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (await db.Members.FindAsync([command.Community, user.Id], ct) is not { LeftAt: null } member) throw new RuleBroken("identity.member.unknown") { Status = 404 };
            var now = clock.GetUtcNow();
            db.Part(member, now);
            db.Record(user, now, "community.left", member.Community, member.Person);
            await db.SaveMembersAsync(ct);
            return Unit.Value;
        }
    }
}
