using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Wheel;

/// <summary>The RIS3 wheel of a round: what officials have confirmed; for those who run it also what the data say about the rest.</summary>
internal static class GetWheel
{
    public sealed record Query(string Slug) : IRequest<View>;

    /// <param name="Confirmed">How many of the <paramref name="Total"/> factors.</param>
    /// <param name="MayConfirm">Whoever asks runs the round, and sees suggestions.</param>
    public sealed record View(string Round, int Confirmed, int Total, bool MayConfirm, IReadOnlyList<StepView> Steps);

    public sealed record StepView(string Step, IReadOnlyList<FactorView> Factors);

    /// <param name="Score">0 to 5; null until it is confirmed.</param>
    /// <param name="Suggestion">What the data of the round say; only for those who run it.</param>
    /// <param name="History">Latest first; the first one counts.</param>
    public sealed record FactorView(string Factor, string Code, int? Score, string? Comment, DateTimeOffset? ConfirmedAt, int Revision, Suggestion? Suggestion, IReadOnlyList<Entry> History);

    /// <param name="Score">Null: the data say nothing.</param>
    /// <param name="Evidence">Key of a text, and its values.</param>
    public sealed record Suggestion(int? Score, string Evidence, IReadOnlyList<object> Values);

    public sealed record Entry(int Score, string Comment, int? Suggested, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{slug}/wheel", async (string slug, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(slug), ct)));

    public sealed class Handler(RoundsDb db, CurrentUser user) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            // A draft is not known to anybody here: there is nothing to assess yet.
            var copy = await db.GetRound(query.Slug, ct);
            var runs = user.MayRun(copy.Region.Slug, copy.Charter.Origin);
            var scores = (await db.Wheel.AsNoTracking().Where(s => s.Round == copy.Id).OrderByDescending(s => s.Revision).ToListAsync(ct)).ToLookup(s => s.Factor);
            var data = runs ? await db.WheelDataAsync(copy.Id, ct) : null;
            var steps = Assessment.Steps.Select(step => new StepView(step.Id, [.. step.Factors.Select(f => Of(f, [.. scores[f]], data))])).ToList();
            return new(copy.Slug, steps.SelectMany(s => s.Factors).Count(f => f.Score is not null), Assessment.All.Count(), runs, steps);
        }

        static FactorView Of(string factor, List<WheelScore> scores, WheelData? data)
        {
            var last = scores.Count == 0 ? null : scores[0];
            var evidence = data is null ? null : Evidence.Of(factor, data);
            return new(factor, Assessment.CodeOf(factor), last?.Score, last?.Comment, last?.At, last?.Revision ?? 0,
                evidence is null ? null : new(evidence.Score, evidence.Text, evidence.Values), [.. scores.Select(s => new Entry(s.Score, s.Comment, s.Suggested, s.At))]);
        }
    }

    /// <summary>All that this service knows of a round and that the wheel can be filled from.</summary>
    public static async Task<WheelData> WheelDataAsync(this RoundsDb db, Guid id, CancellationToken ct)
    {
        var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var proposals = await db.Proposals.AsNoTracking().Where(p => p.Round == id && p.Sequence > p.HiddenSequence).ToListAsync(ct);
        var earlier = await db.Rounds.CountAsync(r => r.Region == round.Region && r.Id != id && r.Origin == Origins.Live && r.ResultHash != null && r.PublishedAt < round.PublishedAt, ct);
        return WheelData.Of(round, proposals, earlier, Lang.All);
    }
}
