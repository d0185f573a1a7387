using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Data;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Voting.Ledger;

/// <summary>Takes a proposal off the frozen list, with a reason that stands in the ledger: ballots may no longer name it, and the count passes over it (rules 9).</summary>
internal static class WithdrawProposal
{
    public sealed record Form(int Number, string Reason = "");

    public sealed record Command(string Round, CurrentUser User, Form Input) : IRequest<Unit>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{round}/withdrawn-proposals", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
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
            await ledger.AppendAsync(round.Id, new Act.WithdrawProposal(command.Input.Number, command.Input.Reason.Trim()), ct);
            return Unit.Value;
        }
    }
}
