using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>Puts pseudonymous voters on the roll of an imported round; there no mandate stands behind them.</summary>
internal static class EnrolElectors
{
    public sealed record Line(Guid Voter, string Group);

    public sealed record Command(string Round, IReadOnlyList<Line> Electors) : IRequest<int>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{round}/electors", async (string round, Line[] electors, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(new { enrolled = await mediator.Send(new Command(round, electors), ct) })).RequireAuthorization(Sessions.Tool);

    public sealed class Handler(VotingDb db) : IRequestHandler<Command, int>
    {
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            if (round.Charter.Origin != Origins.Import) throw new RuleBroken("voting.live") { Status = 403 };
            var groups = round.Rules.Groups.Select(g => g.Id).ToHashSet();
            if (command.Electors.FirstOrDefault(e => !groups.Contains(e.Group)) is { } stray) throw Sheet.Bad("voting.group.unknown", stray.Group);
            var known = (await db.Electors.Where(e => e.Round == round.Id).Select(e => e.Subject).ToListAsync(ct)).ToHashSet();
            var fresh = command.Electors.Where(e => !known.Contains(e.Voter)).ToList();
            db.AddRange(fresh.Select(e => new Elector { Round = round.Id, Subject = e.Voter, Group = e.Group, IsPerson = true, Family = e.Voter }));
            await db.SaveChangesAsync(ct);
            return fresh.Count;
        }
    }
}
