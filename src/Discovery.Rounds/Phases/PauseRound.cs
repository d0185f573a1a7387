using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Data;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Phases;

/// <summary>An official stops the round, or lets it go on, and says why. After a pause everything that was still to come is later by its length.</summary>
internal static class PauseRound
{
    /// <param name="Goes">True: it goes on; false: it stops.</param>
    public sealed record Command(string Slug, bool Goes, Reasoned Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder rounds)
    {
        foreach (var (path, goes) in new[] { ("/{slug}/pause", false), ("/{slug}/resume", true) })
            rounds.MapPost(path, async (string slug, Reasoned form, IMediator mediator, CancellationToken ct) =>
            {
                await mediator.Send(new Command(slug, goes, form), ct);
                return TypedResults.NoContent();
            }).RequireAuthorization();
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).IsReason();
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            var (reason, now) = (command.Input.Reason!.Trim(), await db.ClockAsync(clock, ct));
            if (command.Goes) round.Resume(reason, user.Id, now);
            else round.Pause(reason, user.Id, now);
            await db.RememberAsync(user, ct);
            await db.SaveAsync(round, "rounds.raced", ct);
            return true;
        }
    }
}
