using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Charters;

/// <summary>Freezes the charter and shows it to everybody.</summary>
internal static class PublishRound
{
    public sealed record Command(string Slug) : IRequest<Published>;

    public sealed record Published(Guid Id, string RulesHash);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{slug}/publish", async (string slug, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(slug), ct))).RequireAuthorization();

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Published>
    {
        public async Task<Published> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            round.Publish(user.Id, clock.GetUtcNow());
            await db.SaveAsync(round, "rounds.raced", ct);
            return new(round.Id, round.RulesHash!);
        }
    }
}
