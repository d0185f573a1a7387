using System.Globalization;
using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Participants;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>The published proposals of a round, searched, filtered and page by page.</summary>
internal static class ListProposals
{
    public const int PageSize = 20;
    public static readonly IReadOnlyList<string> Orders = ["random", "new", "supported", "unsupported", "number", "place"];

    /// <summary>As it stands in the address. Everything is text, because an address may hold anything: what makes no sense is ignored and named.</summary>
    public sealed class Filter
    {
        /// <summary>Words that all must occur.</summary>
        public string? Q { get; init; }

        public string[]? Sector { get; init; }

        /// <summary>Kind of the author organisation.</summary>
        public string? Kind { get; init; }

        /// <summary>random (the default: another order every day, the same for all), new, supported (most first), unsupported (those that need support first), number, place.</summary>
        public string? Sort { get; init; }

        /// <summary>The random order that page 1 had.</summary>
        public string? Seed { get; init; }

        /// <summary>Page, from 1.</summary>
        public string? P { get; init; }
    }

    public sealed record Query(string Round, Filter Filter, int Size = PageSize) : IRequest<Page>;

    /// <param name="Published">How many there are without the filter.</param>
    /// <param name="HasResult">Whether a result is published, so that there are places to sort by.</param>
    /// <param name="Ignored">Filter values that mean nothing here.</param>
    public sealed record Page(
        IReadOnlyList<Card> Items, int Found, int Published, int Number, int Pages, string Sort, int Seed, string Q, IReadOnlyList<string> Sectors, string? Kind, bool HasResult, IReadOnlyList<string> Ignored);

    public sealed record Card(
        int Number, Text Title, Text Summary, string Sector, string? Also, string Track, string? Municipality, OrganisationCard? Organisation, DateTimeOffset PublishedAt, int? Seat, int? Rank, IReadOnlyDictionary<string, int> Support);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("", async (string round, [AsParameters] Filter filter, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, filter), ct)));

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, Page>
    {
        public async Task<Page> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var (filter, ignored) = (query.Filter, new List<string>());
            var sectors = Sensible(filter.Sector ?? [], Choices.Sectors, ignored).Distinct().ToList();
            var kind = Sensible([filter.Kind], OrganisationKinds.All, ignored).FirstOrDefault();
            var sort = Sensible([filter.Sort], Orders, ignored).FirstOrDefault() ?? Orders[0];
            var seed = Whole(filter.Seed, ignored) ?? clock.GetUtcNow().DayOfYear;
            var number = Whole(filter.P, ignored) ?? 1;

            var published = db.Proposals.AsNoTracking().Where(p => p.Round == round.Id && p.PublishedAt != null);
            var total = await published.CountAsync(ct);
            var hasResult = await published.AnyAsync(p => p.Rank != null, ct);
            var q = PlainText.Line(filter.Q);
            foreach (var word in PlainText.Searchable(q).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
                published = published.Where(p => p.Search.Contains(word) || db.Organisations.Any(o => o.Id == p.Organisation && o.Search.Contains(word)));
            if (sectors.Count > 0) published = published.Where(p => sectors.Contains(p.Content.Sector) || sectors.Contains(p.Content.Also!));
            if (kind is not null) published = published.Where(p => db.Organisations.Any(o => o.Id == p.Organisation && o.Kind == kind));

            var found = await published.CountAsync(ct);
            var pages = Math.Max(1, (found + query.Size - 1) / query.Size);
            number = Math.Clamp(number, 1, pages);
            var items = await Ordered(published, sort, seed).Skip((number - 1) * query.Size).Take(query.Size)
                .Select(p => new
                {
                    p.Id, p.Number, p.Content.Title, p.Content.Summary, p.Content.Sector, p.Content.Also, p.Content.Track, p.Content.Municipality, p.PublishedAt, p.Seat, p.Rank,
                    Organisation = db.Organisations.FirstOrDefault(o => o.Id == p.Organisation),
                })
                .ToListAsync(ct);
            var support = await db.SupportAsync(round, items.ConvertAll(p => p.Id), ct);
            return new(
                items.ConvertAll(p => new Card(p.Number, p.Title, p.Summary, p.Sector, p.Also, p.Track, p.Municipality,
                    p.Organisation is null ? null : OrganisationCard.Of(p.Organisation), p.PublishedAt!.Value, p.Seat, p.Rank, (support.GetValueOrDefault(p.Id) ?? Endorsements.Support.None).ByGroup)),
                found, total, number, pages, sort, seed, q, sectors, kind, hasResult, ignored);
        }

        IQueryable<Proposal> Ordered(IQueryable<Proposal> proposals, string sort, int seed)
        {
            // Multiplication by a number below a prime permutes the numbers below it: an order per seed, and pages that fit together.
            var factor = (long)seed * 7919 % (Proposal.Prime - 1) + 1;
            return sort switch
            {
                "new" => proposals.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Number),
                "supported" => proposals.OrderByDescending(p => db.Endorsements.Where(e => e.Proposal == p.Id).Join(db.Organisations, e => e.Organisation, o => o.Id, (e, o) => o.Family).Distinct().Count()).ThenBy(p => p.Number),
                "unsupported" => proposals.OrderBy(p => db.Endorsements.Where(e => e.Proposal == p.Id).Join(db.Organisations, e => e.Organisation, o => o.Id, (e, o) => o.Family).Distinct().Count()).ThenByDescending(p => p.Number),
                "number" => proposals.OrderBy(p => p.Number),
                "place" => proposals.OrderBy(p => p.Seat == null).ThenBy(p => p.Seat).ThenBy(p => p.Rank == null).ThenBy(p => p.Rank).ThenBy(p => p.Number),
                _ => proposals.OrderBy(p => p.Shuffle * factor % Proposal.Prime).ThenBy(p => p.Number),
            };
        }

        static IEnumerable<string> Sensible(IEnumerable<string?> values, IReadOnlyList<string> known, List<string> ignored)
        {
            foreach (var value in values.Where(v => !string.IsNullOrEmpty(v)))
                if (known.Contains(value)) yield return value!;
                else ignored.Add(Short(value!));
        }

        static int? Whole(string? value, List<string> ignored)
        {
            if (string.IsNullOrEmpty(value)) return null;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
            ignored.Add(Short(value));
            return null;
        }

        static string Short(string value) => PlainText.Line(value) is { Length: > 40 } line ? line[..40] + "…" : PlainText.Line(value);
    }
}
