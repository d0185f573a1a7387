using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Authority;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Charters;

/// <summary>
/// Freezes the charter and shows it to everybody, by two officials: the first asks for it, the second confirms. A live round must be ready (<see cref="Readiness"/>).
/// </summary>
internal static class PublishRound
{
    /// <param name="Version">Of the draft as it was read (<see cref="GetReadiness.View"/>): nobody publishes what somebody has changed meanwhile. Null: whatever stands there.</param>
    public sealed record Form(int? Version = null);

    public sealed record Command(string Slug, Form? Input = null) : IRequest<Published>;

    /// <param name="State"><c>proposed</c>: a second official must confirm; <c>published</c>.</param>
    public sealed record Published(Guid Id, string State, string? RulesHash);

    public static void Map(IEndpointRouteBuilder rounds)
    {
        rounds.MapPost("/{slug}/publish", async (string slug, Form? form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(slug, form), ct))).RequireAuthorization();
        rounds.MapDelete("/{slug}/publish", async (string slug, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new TakeBack(slug), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Published>
    {
        public async Task<Published> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            if (command.Input?.Version is { } seen && seen != round.Version && round.PublishedAt is null) throw new RuleBroken("rounds.publish.changed");
            var now = await db.ClockAsync(clock, ct);
            // Before anything is changed: the page that shows the refusal reads the same round.
            if (round is { Origin: Origins.Live, PublishedAt: null } && Readiness.Of(round, Lang.All, await db.OfficialsOfAsync(round.Region, ct), now).Count(c => c.State == Readiness.Block) is > 0 and var blocking)
                throw new RuleBroken("rounds.publish.unready", blocking);
            var isPublished = round.Publish(user.Id, user.IsTool, now);
            await db.RememberAsync(user, ct);
            await db.SaveAsync(round, "rounds.raced", ct);
            return new(round.Id, isPublished ? "published" : "proposed", round.RulesHash);
        }
    }

    /// <summary>The proposal to publish is taken back, by whichever official.</summary>
    public sealed record TakeBack(string Slug) : IRequest<bool>;

    public sealed class TakeBackHandler(RoundsDb db, CurrentUser user) : IRequestHandler<TakeBack, bool>
    {
        public async Task<bool> Handle(TakeBack command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            round.TakeBack();
            await db.SaveAsync(round, "rounds.raced", ct);
            return true;
        }
    }
}
