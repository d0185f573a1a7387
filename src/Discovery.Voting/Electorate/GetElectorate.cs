using Discovery.Site;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>How many may vote, by group: the other half of every turnout.</summary>
internal static class GetElectorate
{
    public sealed record Query(string Round) : IRequest<Answer>;

    public sealed record Answer(int Electors, IReadOnlyDictionary<string, int> Groups);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}/electorate", async (string round, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round), ct)));

    public sealed class Handler(VotingDb db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var groups = await db.Electors.Where(e => e.Round == round.Id).GroupBy(e => e.Group).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            return new(groups.Values.Sum(), groups);
        }
    }
}
