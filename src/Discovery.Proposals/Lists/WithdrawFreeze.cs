using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Lists;

/// <summary>The request to freeze was too early: an official takes it back. A frozen list stays frozen.</summary>
internal static class WithdrawFreeze
{
    public sealed record Command(string Round, CurrentUser Official) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapDelete("/ballot-list", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, user), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            docket.MustBeOpen();
            if (docket.FreezeAskedBy is null) return false;
            docket.WithdrawFreeze();
            await db.NoteAsync(round.Id, Register.FreezeWithdrawn, command.Official.Id, new(), clock.GetUtcNow(), ct);
            await db.RememberAsync(command.Official, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
