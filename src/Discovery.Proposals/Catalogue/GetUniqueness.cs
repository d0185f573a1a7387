using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Catalogue;

/// <summary>Whether other regions have the same priority (features.md F6). Without a catalogue nothing is said but that nothing was checked.</summary>
internal static class GetUniqueness
{
    /// <summary>Below the first, or above the second, the author is asked what is different here.</summary>
    const double Unique = 0.25, Crowd = 0.5;

    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    /// <param name="Catalogue">Null: not checked.</param>
    /// <param name="MustSay">Others do the same: the author is asked what is different here.</param>
    public sealed record View(Catalogue? Catalogue, PeerIndex.Answer? Found, bool MustSay);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/{number:int}/uniqueness", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct)));

    public sealed class Handler(ProposalsDb db, Catalogues catalogues, AllWords text, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == query.Number, ct);
            if (proposal is null || !proposal.IsVisibleTo(query.User, round.Region.Slug, await db.ActsForAsync(query.User, clock.GetUtcNow(), ct))) throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (await catalogues.OfAsync(db, round.Id, ct) is not { } catalogue) return new(null, null, false);
            var found = catalogue.Index.Compare(proposal.Content, SectorNames(proposal.Content));
            return new(catalogue.Of, found, found.Unique < Unique || found.Crowd > Crowd);
        }

        IEnumerable<string> SectorNames(Content content) =>
            new[] { content.Sector, content.Also }.OfType<string>().SelectMany(sector => Lang.All.Select(lang => text.In(lang, "sector." + sector)));
    }
}
