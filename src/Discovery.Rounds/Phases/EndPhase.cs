using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Data;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Phases;

/// <summary>An official ends the running phase before its time, and says why. Voting is ended where the ledger is kept.</summary>
internal static class EndPhase
{
    public sealed record Command(string Slug, string Kind, Reasoned Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{slug}/phases/{kind}/end", async (string slug, string kind, Reasoned form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(slug, kind, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).IsReason();
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            round.End(command.Kind, command.Input.Reason!.Trim(), user.Id, await db.ClockAsync(clock, ct));
            await db.SaveAsync(round, "rounds.raced", ct);
            return true;
        }
    }
}
