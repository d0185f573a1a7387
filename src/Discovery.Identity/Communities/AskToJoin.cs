using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>Who has neither a listed address nor a code asks the speaker, who sees the display name and nothing else.</summary>
internal static class AskToJoin
{
    public sealed record Command(Guid Community) : IRequest;

    public sealed record TakeBack(Guid Community) : IRequest;

    public static void Map(IEndpointRouteBuilder membership)
    {
        membership.MapPost("/request", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id), ct);
            return TypedResults.NoContent();
        });
        membership.MapDelete("/request", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new TakeBack(id), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Throttle throttle, TimeProvider clock) : IRequestHandler<Command>, IRequestHandler<TakeBack>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var community = await db.GetCommunityAsync(command.Community, user, ct);
            var person = await db.GetJoinerAsync(user, ct);
            if (await db.Members.AnyAsync(m => m.Community == community.Id && m.Person == person.Id && m.LeftAt == null, ct)) return Unit.Value;
            if (await db.MemberRequests.FindAsync([community.Id, person.Id], ct) is not null) return Unit.Value;
            await throttle.CountAsync("identity.throttled.requests", $"{person.Id:N}", 10, TimeSpan.FromDays(1), ct);
            db.Add(new MemberRequest { Community = community.Id, Person = person.Id, AskedAt = clock.GetUtcNow() });
            await db.SaveMembersAsync(ct);
            return Unit.Value;
        }

        public async Task<Unit> Handle(TakeBack command, CancellationToken ct)
        {
            await db.MemberRequests.Where(r => r.Community == command.Community && r.Person == user.Id).ExecuteDeleteAsync(ct);
            return Unit.Value;
        }
    }
}
