using Discovery.Platform;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Voting.Ballots;

/// <summary>Takes the ballot back while voting runs; the ledger keeps that it was there.</summary>
internal static class WithdrawBallot
{
    public sealed record Command(string Round, CurrentUser User, Guid? As) : IRequest<Receipt>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapDelete("/{round}/ballot", async (string round, Guid? @as, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, @as), ct))).RequireAuthorization();

    public sealed class Handler(Sheets sheets, LedgerWriter ledger) : IRequestHandler<Command, Receipt>
    {
        public async Task<Receipt> Handle(Command command, CancellationToken ct)
        {
            var sheet = await sheets.GetAsync(command.Round, ct);
            return Receipt.Of(await ledger.AppendAsync(sheet.Round, new Act.Withdraw(command.User.Id, command.As, command.User.Usual), ct));
        }
    }
}
