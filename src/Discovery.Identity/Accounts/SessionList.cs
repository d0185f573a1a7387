using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Where I am signed in.</summary>
internal static class ListSessions
{
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(Guid Id, DateTimeOffset StartedAt, DateTimeOffset Until, string Device, string Method, bool HasSecondFactor, bool IsThis);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("/sessions", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct))).RequireAuthorization();

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var (now, mine) = (clock.GetUtcNow(), user.Session);
            return await db.Sessions.Where(s => s.Person == user.Id && s.EndedAt == null && s.Until > now).OrderByDescending(s => s.StartedAt).Take(100)
                .Select(s => new Row(s.Id, s.StartedAt, s.Until, s.Device, s.Method, s.HasSecondFactor, s.Id == mine)).ToListAsync(ct);
        }
    }
}

/// <summary>Ends one of my sessions, or all of them, everywhere within seconds.</summary>
internal static class EndSession
{
    /// <param name="Id">Null: all, this one too.</param>
    public sealed record Command(Guid? Id) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity.MapDelete("/sessions/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => { await mediator.Send(new Command(id), ct); return TypedResults.NoContent(); }).RequireAuthorization();
        identity.MapDelete("/sessions", async (IMediator mediator, CancellationToken ct) => { await mediator.Send(new Command(null), ct); return TypedResults.NoContent(); }).RequireAuthorization();
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            if (command.Id is { } id)
            {
                if (!await db.Sessions.AnyAsync(s => s.Id == id && s.Person == user.Id && s.EndedAt == null, ct)) throw new RuleBroken("identity.session.unknown") { Status = 404 };
                await door.EndAsync(id, user.Id, ct);
            }
            else
            {
                await door.EndAllAsync(user.Id, ct);
                await db.SaveChangesAsync(ct);
            }
            return true;
        }
    }
}
