using System.Globalization;
using Discovery.Contracts;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Search;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Similar;

/// <summary>Published proposals of a round that say nearly the same as a text that is still being written: support that one, join it, or go on because ...</summary>
internal static class FindSimilar
{
    const int Most = 5;

    /// <summary>
    /// Below it nothing is said. Chosen on the labelled set (tests: similar-pairs.json): at 0.070 one in six texts about something else is answered with something, at 0.078
    /// one in eleven, and at 0.085 paraphrases begin to be missed. Smaller rounds need no other one: fewer texts, fewer chances (decision 0016).
    /// </summary>
    public const double Threshold = 0.078;

    /// <param name="Except">Number of the proposal that is being changed.</param>
    public sealed record Query(string Round, Content Input, int? Except = null) : IRequest<IReadOnlyList<Similar>>;

    /// <param name="Score">0 to 1; good for the order, not for people: a paraphrase has 0.1 to 0.4.</param>
    public sealed record Similar(int Number, Text Title, Text Summary, string Sector, double Score);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/similar", async (string round, string? title, string? summary, string? lang, int? except, IMediator mediator, CancellationToken ct) =>
        {
            var language = lang ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            var content = new Content { Title = new() { [language] = title ?? "" }, Summary = new() { [language] = summary ?? "" } };
            return TypedResults.Ok(await mediator.Send(new Query(round, content, except), ct));
        });

    public sealed class Handler(ProposalsDb db, PublishedLists lists) : IRequestHandler<Query, IReadOnlyList<Similar>>
    {
        public async Task<IReadOnlyList<Similar>> Handle(Query query, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, query.Round, ct);
            var (title, summary) = (PlainText.Line(query.Input.Title ?? []), PlainText.Paragraphs(query.Input.Summary ?? []));
            var languages = title.Keys.Union(summary.Keys).ToList();
            if (languages.Count == 0) return [];

            var index = published.Similar;
            var best = languages.Where(index.ContainsKey)
                .SelectMany(l => index[l].Find(title.GetValueOrDefault(l, ""), summary.GetValueOrDefault(l, ""), Threshold, Most + 1))
                .Where(f => f.Number != query.Except)
                .GroupBy(f => f.Number, f => f.Score)
                .Select(f => (Number: f.Key, Score: f.Max()))
                .OrderByDescending(f => f.Score).ThenBy(f => f.Number).Take(Most).ToList();
            if (best.Count == 0) return [];

            var numbers = best.ConvertAll(f => f.Number);
            var cards = published.All.Where(p => numbers.Contains(p.Number)).ToDictionary(p => p.Number);
            return best.ConvertAll(f => new Similar(f.Number, cards[f.Number].Title, cards[f.Number].Summary, cards[f.Number].Sector, f.Score));
        }
    }
}
