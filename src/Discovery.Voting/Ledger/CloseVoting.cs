using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Data;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Voting.Ledger;

/// <summary>Ends the vote before its time, by an official's hand and with a reason that stands in the ledger.</summary>
internal static class CloseVoting
{
    public sealed record Form(string Reason = "");

    public sealed record Command(string Round, CurrentUser User, Form Input) : IRequest<Unit>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{round}/close", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Rules : AbstractValidator<Command>
    {
        public Rules() => RuleFor(c => c.Input.Reason).NotEmpty().WithMessage("voting.reason.missing").MaximumLength(2000);
    }

    public sealed class Handler(VotingDb db, LedgerWriter ledger) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.User.MustRun(round.Region.Slug, round.Charter.Origin);
            await ledger.AppendAsync(round.Id, new Act.Close(command.Input.Reason.Trim()), ct);
            return Unit.Value;
        }
    }
}
