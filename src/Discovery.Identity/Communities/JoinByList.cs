using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>Whose confirmed address is on the speaker's list becomes a member at once.</summary>
internal static class JoinByList
{
    public sealed record Command(Guid Community) : IRequest;

    public static void Map(IEndpointRouteBuilder membership) =>
        membership.MapPost("/list", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, TimeProvider clock) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var community = await db.GetCommunityAsync(command.Community, user, ct);
            var person = await db.GetJoinerAsync(user, ct);
            var hash = keyed.OfAddress(person.Email ?? "");
            if (!person.EmailConfirmed || !await db.ListedMembers.AnyAsync(l => l.Community == community.Id && l.Address == hash, ct)) throw new RuleBroken("identity.join.not-listed");
            await db.AdmitAsync(community.Id, person.Id, Admission.ByList, person.Id, clock.GetUtcNow(), ct);
            await db.SaveMembersAsync(ct);
            return Unit.Value;
        }
    }
}
