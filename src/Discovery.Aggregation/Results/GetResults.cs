using System.Text.Json;
using Discovery.Aggregation.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Aggregation.Results;

/// <summary>The final result of a round: the shortlist in the order of seats, the consensus ranking, and the whole canonical result.</summary>
internal static class GetResults
{
    public sealed record Query(string Round, CurrentUser User) : IRequest<Answer>;

    /// <param name="Ballots">Counted ballots by group.</param>
    /// <param name="Result">Canonical JSON; its SHA-256 is <paramref name="ResultHash"/>.</param>
    public sealed record Answer(DateTimeOffset CountedAt, DateTimeOffset? PublishedAt, string ResultHash, IReadOnlyList<int> Shortlist, IReadOnlyList<int> Consensus,
        IReadOnlyDictionary<string, long> Ballots, JsonElement Result);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, user), ct)));

    public sealed class Handler(AggregationDb db, FinalCounts counts) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var outcome = await db.GetOutcome(round, query.User, ct);
            var final = await counts.OfAsync(round, outcome, db, ct);
            return new(outcome.CountedAt, outcome.PublishedAt, outcome.ResultHash,
                outcome.Numbers(final.Result.Seats.Select(s => s.Proposal), final.Result), outcome.Numbers(final.Result.Consensus, final.Result),
                final.Result.Groups.ToDictionary(g => g.Id, g => g.Ballots), JsonDocument.Parse(outcome.Result).RootElement);
        }
    }
}
