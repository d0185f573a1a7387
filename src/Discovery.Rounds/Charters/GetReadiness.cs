using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Authority;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Charters;

/// <summary>The draft before its publication: what is ready, what blocks, what warns, and who has asked for it.</summary>
internal static class GetReadiness
{
    public sealed record Query(string Slug) : IRequest<View>;

    /// <param name="Version">Of the draft that the checks are about: whoever confirms it sends it along.</param>
    /// <param name="ProposedBy">Name of the official who asked for publication; null: nobody yet.</param>
    /// <param name="MayConfirm">The asker is another official than that one.</param>
    public sealed record View(Guid Id, string Slug, int Version, IReadOnlyList<Readiness.Check> Checks, string? ProposedBy, DateTimeOffset? ProposedAt, bool MayConfirm, DraftRound.Form Plan)
    {
        public int Blocking => Checks.Count(c => c.State == Readiness.Block);
    }

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{slug}/readiness", async (string slug, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(slug), ct))).RequireAuthorization();

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(query.Slug, user, ct);
            if (round.PublishedAt is not null) throw new RuleBroken("rounds.publish.frozen");
            var by = round.ProposedBy is { } person ? await db.Set<PersonCopy>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == person, ct) : null;
            return new(round.Id, round.Slug, round.Version, Readiness.Of(round, Lang.All, await db.OfficialsOfAsync(round.Region, ct), await db.ClockAsync(clock, ct)),
                round.ProposedBy is null ? null : by?.Name ?? "", round.ProposedAt, round.ProposedBy is not null && round.ProposedBy != user.Id, round.Plan);
        }
    }
}
