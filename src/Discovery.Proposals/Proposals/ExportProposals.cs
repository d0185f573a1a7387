using System.Text.Json;
using Discovery.Contracts;
using Discovery.Platform.Web;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Search;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>A list as a file, whole and with its answers: the same filters and order as the page, and in every format the same columns. What it holds can be imported again.</summary>
internal static class ExportProposals
{
    /// <summary>Rows that are read together.</summary>
    const int Chunk = 200;

    public static readonly IReadOnlyList<string> Formats = ["csv", "xlsx", "json"];

    public sealed record Query(string Round, Filter Filter) : IRequest<Export>;

    /// <param name="Groups">Of the charter, in its order: a column for the support of each.</param>
    public sealed record Export(IReadOnlyList<string> Groups, IAsyncEnumerable<Row> Rows);

    public sealed record Row(
        int Number, Content Content, OrganisationCard? Organisation, DateTimeOffset PublishedAt, int? Seat, int? Rank, int Voices, IReadOnlyDictionary<string, int> Support);

    public static void Map(IEndpointRouteBuilder round)
    {
        foreach (var format in Formats)
            round.MapGet("/export." + format, async (string round, [AsParameters] Filter filter, IMediator mediator, CancellationToken ct) =>
            {
                var export = await mediator.Send(new Query(round, filter), ct);
                var name = $"proposals-{round}.{format}";
                return format switch
                {
                    "csv" => Results.Stream(file => Csv.WriteAsync(file, Columns(export), export.Rows.Select(r => Cells(export, r)), ct), Csv.MediaType, name),
                    "xlsx" => Results.File(await SheetAsync(export, ct), Xlsx.MediaType, name),
                    _ => Results.Stream(file => JsonSerializer.SerializeAsync(file, export.Rows.Select(r => Columns(export).Zip(Cells(export, r)).ToDictionary(c => c.First, c => c.Second)), Readable, ct), "application/json", name),
                };
            }).Produces(200, contentType: format switch { "csv" => Csv.MediaType, "xlsx" => Xlsx.MediaType, _ => "application/json" });
    }

    public sealed class Handler(ProposalsDb db, PublishedLists lists, TimeProvider clock) : IRequestHandler<Query, Export>
    {
        public async Task<Export> Handle(Query query, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, query.Round, ct);
            return new([.. published.Round.Charter.Groups.Select(g => g.Id)], RowsAsync(published, [.. Selection.Of(published, query.Filter, clock.GetUtcNow().DayOfYear).InOrder], ct));
        }

        async IAsyncEnumerable<Row> RowsAsync(PublishedProposals published, List<Listed> all, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var chunk in all.Chunk(Chunk))
            {
                var ids = chunk.Select(p => p.Id).ToList();
                // What was hidden or withdrawn a moment ago is not written any more.
                var contents = await db.Proposals.AsNoTracking().Where(p => ids.Contains(p.Id) && p.PublishedAt != null).Select(p => new { p.Id, p.Content }).ToDictionaryAsync(p => p.Id, p => p.Content, ct);
                foreach (var p in chunk.Where(p => contents.ContainsKey(p.Id)))
                {
                    var support = published.SupportOf(p);
                    yield return new(p.Number, contents[p.Id], p.Organisation, p.PublishedAt, p.Seat, p.Rank, support.Voices, support.ByGroup);
                }
            }
        }
    }

    /// <summary>The answers by the name of their column, as import and export know them; texts have one for each language.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Content, Text> Of)> Texts =
    [
        ("title", c => c.Title), ("summary", c => c.Summary), ("today", c => c.Today), ("market", c => c.Market), ("strengths", c => c.Strengths),
        ("contribution", c => c.Details.Contribution), ("without_support", c => c.Details.WithoutSupport), ("different", c => c.Details.Different), ("combines", c => c.Details.Combines),
        ("needs_text", c => c.Details.NeedsText), ("offers_text", c => c.Details.OffersText),
    ];

    /// <summary>Answers of several values; in one cell they are separated by "; ".</summary>
    public static readonly IReadOnlyList<(string Name, Func<Details, IReadOnlyList<string>> Of)> Sets =
    [
        ("activities", d => d.Activities), ("technologies", d => d.Technologies), ("clusters", d => d.Clusters), ("regions", d => d.Regions), ("partners", d => d.Partners),
        ("needs", d => d.Needs), ("offers", d => d.Offers), ("keywords", d => d.Keywords),
    ];

    static IReadOnlyList<string> Columns(Export export) =>
    [
        "number", "organisation", "organisation_name", .. Texts.SelectMany(t => Lang.All.Select(lang => $"{t.Name}_{lang}")), "sector", "also", "municipality", "type", "mode", "track", "horizon", "science",
        .. Sets.Select(x => x.Name),
        "published_at", "voices", .. export.Groups.Select(g => "support_" + g), "seat", "rank",
    ];

    static IReadOnlyList<object?> Cells(Export export, Row row) =>
    [
        row.Number, row.Organisation?.Id.ToString(), row.Organisation?.Name.Here(), .. Texts.SelectMany(t => Lang.All.Select(lang => t.Of(row.Content).GetValueOrDefault(lang))),
        row.Content.Sector, row.Content.Also, row.Content.Municipality, row.Content.Kind, row.Content.Mode, row.Content.Track, row.Content.Horizon, row.Content.Details.Science,
        .. Sets.Select(x => string.Join("; ", x.Of(row.Content.Details))),
        row.PublishedAt, row.Voices, .. export.Groups.Select(g => (object?)row.Support.GetValueOrDefault(g)), row.Seat, row.Rank,
    ];

    /// <summary>A workbook is finished only at its end: it is made in a file that is gone when it is sent.</summary>
    static async Task<Stream> SheetAsync(Export export, CancellationToken ct)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await Xlsx.WriteAsync(file, "proposals", Columns(export), export.Rows.Select(r => Cells(export, r)), ct);
        file.Position = 0;
        return file;
    }

    static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
