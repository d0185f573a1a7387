using System.Text.Json;
using Discovery.Aggregation.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>Live standings while voting runs: for auditors, and for everybody where the charter says so, then only in steps of at least 10 ballots per group (rules 3).</summary>
internal static class GetStandings
{
    public sealed record Query(string Round, CurrentUser User) : IRequest<Answer>;

    public sealed record Answer(long Sequence, DateTimeOffset At, JsonElement Result);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}/standings", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, user), ct)));

    public sealed class Handler(AggregationDb db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var auditor = query.User.Is(Roles.Auditor, round.Region.Slug);
            if (!auditor && round.Charter.Standings != "everybody") throw new RuleBroken("results.standings.hidden") { Status = 403 };
            var standing = await db.Standings.AsNoTracking().SingleOrDefaultAsync(s => s.Round == round.Id, ct) ?? throw new RuleBroken("results.none") { Status = 404 };
            return auditor ? new(standing.Sequence, standing.At, Json(standing.Result))
                : standing.PublicResult is { } shown ? new(standing.PublicSequence, standing.PublicAt, Json(shown))
                : throw new RuleBroken("results.none") { Status = 404 };
        }

        static JsonElement Json(string result) => JsonDocument.Parse(result).RootElement;
    }
}
