using Discovery.Moderation.Data;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Moderation.Cases;

/// <summary>A moderator takes a case for ten minutes, renews that, or lets it go. Nobody else can decide meanwhile; afterwards whoever wants takes it over.</summary>
internal static class ClaimCase
{
    /// <param name="Lets">Lets go instead.</param>
    public sealed record Command(string Round, Guid Case, CurrentUser Moderator, bool Lets = false) : IRequest<Answer>;

    public sealed record Answer(DateTimeOffset? Until);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPut("/cases/{item:guid}/claim", async (string round, Guid item, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(round, item, user), ct)));
        round.MapDelete("/cases/{item:guid}/claim", async (string round, Guid item, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(round, item, user, true), ct)));
    }

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var user = command.Moderator;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (_, item, content) = await db.CaseAsync(command.Round, command.Case, user, ct);
            var now = await db.ClockAsync(clock, ct);
            if (command.Lets) item.Release(user.Id);
            else
            {
                await db.MustBeImpartialAsync(user, user.Id, item, content, now, ct);
                item.Claim(user.Id, now);
            }
            await db.RememberAsync(user, ct);
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return new(item.ClaimedUntil);
        }
    }
}
