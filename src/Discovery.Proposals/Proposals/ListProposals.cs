using Discovery.Contracts;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Search;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Proposals;

/// <summary>The published proposals of a round, searched, filtered and page by page.</summary>
internal static class ListProposals
{
    /// <summary>Fills two and three columns, and keeps the page within what a page may weigh.</summary>
    public const int PageSize = 18;

    /// <param name="Seed">Of the random order, where the filter has none; null: the day's.</param>
    public sealed record Query(string Round, Filter Filter, int Size = PageSize, int? Seed = null) : IRequest<Page>;

    /// <param name="Published">How many there are without the filter.</param>
    /// <param name="HasResult">Whether a result is published, so that there are places to sort by.</param>
    /// <param name="Instead">Words that nothing holds, and what was looked for in their place.</param>
    /// <param name="Ignored">Filter values that mean nothing here.</param>
    /// <param name="Wider">Where nothing is found: what there would be without one of the choices.</param>
    /// <param name="Municipalities">For the map: how many are in each, "-" for the whole region; null in other views.</param>
    public sealed record Page(
        IReadOnlyList<Card> Items, int Found, int Published, int Number, int Pages, string Sort, int Seed, string View, string Q, IReadOnlyList<Choice> Chosen, bool HasResult,
        IReadOnlyList<SearchIndex.Instead> Instead, IReadOnlyList<string> Ignored, IReadOnlyList<Wider> Wider, IReadOnlyDictionary<string, int>? Municipalities);

    /// <param name="Without">The choice that would be dropped; null for the words.</param>
    public sealed record Wider(Choice? Without, int Found);

    public sealed record Card(
        int Number, Text Title, Text Summary, string Sector, string? Also, string Track, string? Municipality, OrganisationCard? Organisation, DateTimeOffset PublishedAt, int? Seat, int? Rank, int Voices, IReadOnlyDictionary<string, int> Support);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("", async (string round, [AsParameters] Filter filter, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, filter), ct)));

    public sealed class Handler(ProposalsDb db, PublishedLists lists, TimeProvider clock) : IRequestHandler<Query, Page>
    {
        public async Task<Page> Handle(Query query, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, query.Round, ct);
            var all = Selection.Of(published, query.Filter, query.Seed ?? clock.GetUtcNow().DayOfYear);
            var pages = Math.Max(1, (all.Found.Count + query.Size - 1) / query.Size);
            var number = Math.Clamp(all.Page, 1, pages);
            return new(
                [.. all.InOrder.Skip((number - 1) * query.Size).Take(query.Size).Select(p => CardOf(p, published.SupportOf(p)))], all.Found.Count, published.All.Count, number, pages,
                all.Sort, all.Seed, all.View, all.Q, all.Chosen, all.HasResult, all.Instead, all.Ignored, all.Found.Count > 0 ? [] : WiderOf(published, all), all.View == "map" ? all.ByMunicipality(published) : null);
        }

        static Card CardOf(Listed p, Backing support) =>
            new(p.Number, p.Title, p.Summary, p.Sector, p.Also, p.Track, p.Municipality, p.Organisation, p.PublishedAt, p.Seat, p.Rank, support.Voices, support.ByGroup);

        static IReadOnlyList<Wider> WiderOf(PublishedProposals published, Selection all)
        {
            var without = all.Chosen.Select(c => new Wider(c, Selection.Count(published, all.Q, [.. all.Chosen.Where(other => other != c)])));
            if (all.Q.Length > 0) without = without.Prepend(new(null, Selection.Count(published, "", all.Chosen)));
            return [.. without.Where(w => w.Found > 0)];
        }
    }
}
