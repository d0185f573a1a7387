using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Charters;

/// <summary>All rounds, those that run first; drafts only for those who run them.</summary>
internal static class ListRounds
{
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Status"><c>draft</c>, <c>published</c> or <c>closed</c>.</param>
    public sealed record Row(
        Guid Id, string Slug, string Status, string? Phase, string Region, Text RegionName, string Zone, Text Title, Text Question, string Origin,
        DateTimeOffset Starts, DateTimeOffset Ends, DateTimeOffset? PublishedAt, DateTimeOffset? ClosedAt, int Places);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct)));

    public sealed class Handler(RoundsDb db, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var rounds = await db.Rounds.AsNoTracking().Include(r => r.Phases).ToListAsync(ct);
            return [.. rounds
                .Where(r => r.PublishedAt is not null || user.MayRun(r.Region, r.Origin))
                .OrderBy(Rank).ThenBy(r => r.Running is null).ThenByDescending(r => r.ClosedAt ?? r.PublishedAt ?? r.DraftedAt)
                .Select(Of)];
        }

        // Replays of elections elsewhere never stand before what happens here.
        static int Rank(Round round) => round.Origin == Origins.Import ? 3 : round.PublishedAt is null ? 1 : round.ClosedAt is null ? 0 : 2;

        static Row Of(Round round)
        {
            var plan = round.Plan;
            return new(round.Id, round.Slug, round.ClosedAt is not null ? "closed" : round.PublishedAt is not null ? "published" : "draft", round.Running?.Kind,
                round.Region, plan.Region!.Name, plan.Region.Zone, plan.Title, plan.Question, round.Origin,
                plan.Phases[0].Starts, plan.Phases[^1].Ends, round.PublishedAt, round.ClosedAt, plan.K);
        }
    }
}
