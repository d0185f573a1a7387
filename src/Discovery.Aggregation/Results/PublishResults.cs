using Discovery.Aggregation.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>Publishes the counted shortlist: one official asks, another confirms. Neither can change it.</summary>
internal static class PublishResults
{
    public sealed record Command(string Round, CurrentUser User) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{round}/publication", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(new { published = await mediator.Send(new Command(round, user), ct) })).RequireAuthorization();

    public sealed class Handler(AggregationDb db, FinalCounts counts, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.User.Must(Roles.Official, round.Region.Slug);
            var outcome = await db.Outcomes.SingleOrDefaultAsync(o => o.Round == round.Id, ct) ?? throw new RuleBroken("results.notcounted");
            var now = clock.GetUtcNow();
            var published = outcome.Ask(command.User.Id, now);
            if (published) outcome.Publish(db, (await counts.OfAsync(round, outcome, db, ct)).Result, now);
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { throw new RuleBroken("results.meanwhile"); }
            return published;
        }
    }
}
