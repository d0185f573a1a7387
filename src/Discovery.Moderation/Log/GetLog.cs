using System.Text.Json;
using Discovery.Moderation.Data;
using Discovery.Platform.Records;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Log;

/// <summary>The transparency log of a round: page by page, and whole, with its hashes, for whoever recomputes the chain.</summary>
internal static class GetLog
{
    public const int PageSize = 50;

    /// <param name="What">Only these entries; what makes no sense is ignored.</param>
    public sealed record Query(string Round, string? What = null, int Page = 1) : IRequest<View>;

    public sealed record Export(string Round) : IRequest<Whole>;

    /// <param name="BrokenAt">The first entry that is not what it was; null: the chain holds.</param>
    /// <param name="Head">Hash of the last entry.</param>
    public sealed record View(RoundCopy Round, IReadOnlyList<Entry> Entries, int Found, int Page, int Pages, string? What, long? BrokenAt, string? Head, int Total);

    /// <param name="Moderator">A letter; null where none acted.</param>
    public sealed record Entry(long Sequence, DateTimeOffset At, string What, string? Moderator, string Kind, int? Number, string? Reason, int? Other, int? Reports);

    public sealed record Whole(Guid Record, long? BrokenAt, string? Head, IReadOnlyList<Line> Entries);

    /// <param name="Person">What stands in the chain for the moderator.</param>
    /// <param name="Details">The exact text that is hashed after the salt.</param>
    public sealed record Line(long Sequence, DateTimeOffset At, string What, string? Moderator, Guid Person, string? Details, string? Salt, string DetailsHash, string Hash);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/log", async (string round, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Export(round), ct)));
        round.MapGet("/log/csv", async (string round, ModerationDb db, CancellationToken ct) =>
        {
            var copy = await db.GetRound(round, ct);
            return TypedResults.File(Csv.Write(await db.EntriesAsync(copy.Id, ct)), Csv.MediaType, $"moderation-{copy.Slug}.csv");
        });
    }

    public sealed class Handler(ModerationDb db) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var all = await db.EntriesAsync(round.Id, ct);
            var what = TransparencyLog.Whats.FirstOrDefault(w => w == query.What);
            var found = all.Where(e => what is null || e.What == what).Reverse().ToList();
            var pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
            var page = Math.Clamp(query.Page, 1, pages);
            return new(round, [.. found.Skip((page - 1) * PageSize).Take(PageSize)], found.Count, page, pages, what, await db.CheckAsync(round.Id, ct), await db.HeadAsync(round.Id, ct), all.Count);
        }
    }

    public sealed class ExportHandler(ModerationDb db) : IRequestHandler<Export, Whole>
    {
        public async Task<Whole> Handle(Export query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var letters = await db.LettersAsync(round.Id, ct);
            var lines = await db.ReadAsync(round.Id, ct);
            return new(round.Id, await db.CheckAsync(round.Id, ct), await db.HeadAsync(round.Id, ct), [.. lines.Select(l => new Line(
                l.Sequence, l.At, l.What, letters.GetValueOrDefault(l.Person), l.Person, l.Details, l.Salt is null ? null : Convert.ToHexStringLower(l.Salt), Convert.ToHexStringLower(l.DetailsHash), Convert.ToHexStringLower(l.Hash)))]);
        }
    }

    static async Task<IReadOnlyList<Entry>> EntriesAsync(this ModerationDb db, Guid round, CancellationToken ct)
    {
        var letters = await db.LettersAsync(round, ct);
        return [.. (await db.ReadAsync(round, ct)).Select(l =>
        {
            var details = l.Details is null ? new("", null) : JsonSerializer.Deserialize<TransparencyLog.Details>(l.Details, JsonSerializerOptions.Web)!;
            return new Entry(l.Sequence, l.At, l.What, letters.GetValueOrDefault(l.Person), details.Kind, details.Number, details.Reason, details.Other, details.Reports);
        })];
    }

    static Task<Dictionary<Guid, string>> LettersAsync(this ModerationDb db, Guid round, CancellationToken ct) =>
        db.Aliases.Where(a => a.Round == round).ToDictionaryAsync(a => a.Pseudonym, a => Alias.Letter(a.Number), ct);

    static async Task<string?> HeadAsync(this ModerationDb db, Guid round, CancellationToken ct) =>
        await db.Set<RecordHead>().Where(h => h.Record == round).Select(h => h.Hash).SingleOrDefaultAsync(ct) is { } hash ? Convert.ToHexStringLower(hash) : null;
}
