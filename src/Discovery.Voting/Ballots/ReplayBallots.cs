using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Voting.Ballots;

/// <summary>Brings the ballots of an election that took place elsewhere, or of a demonstration, through the same ledger. A live round refuses it.</summary>
internal static class ReplayBallots
{
    /// <param name="Voter">An elector's id: an organisation, or a person of the roll.</param>
    public sealed record Line(Guid Voter, IReadOnlyList<IReadOnlyList<int>> Tiers, IReadOnlyList<int>? Approved = null);

    public sealed record Command(string Round, IReadOnlyList<Line> Ballots) : IRequest<int>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{round}/ballots", async (string round, Line[] ballots, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(new { recorded = await mediator.Send(new Command(round, ballots), ct) })).RequireAuthorization(Sessions.Tool);

    public sealed class Handler(VotingDb db, Sheets sheets, LedgerWriter ledger) : IRequestHandler<Command, int>
    {
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            if (round.Charter.Origin == Origins.Live) throw new RuleBroken("voting.live") { Status = 403 };
            var sheet = await sheets.GetAsync(command.Round, ct);
            var choices = command.Ballots.Select(b => new Choice(b.Tiers ?? [], b.Approved)).ToList();
            choices.ForEach(sheet.MustAccept);      // all or none: a broken line is found before the first is written
            await Task.WhenAll(command.Ballots.Zip(choices, (line, choice) => ledger.AppendAsync(round.Id, new Act.Cast(null, line.Voter, choice), ct)));
            return choices.Count;
        }
    }
}
