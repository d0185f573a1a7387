using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.Tables;
using Discovery.Platform.Web;
using Discovery.Proposals.Data;
using Discovery.Proposals.Search;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Import;

/// <summary>What a file would do, row by row, before it is entered; and what became of it.</summary>
internal static class GetImport
{
    public sealed record Query(string Round, Guid Batch, CurrentUser Official) : IRequest<View>;

    /// <param name="State">checked, entered, undone.</param>
    /// <param name="MayUndo">Nothing of it was decided on yet.</param>
    /// <param name="Items">What would be entered; of an entered file what was.</param>
    public sealed record View(
        Guid Id, string State, string Hash, string Reason, string? Official, DateTimeOffset UploadedAt, DateTimeOffset? EnteredAt, DateTimeOffset? UndoneAt, int Count, bool MayUndo,
        IReadOnlyList<Row> Items, IReadOnlyList<TableFault> Faults, IReadOnlyList<ImportSheet.Likeness> Alike);

    /// <param name="Number">Of the proposal, once there is one.</param>
    public sealed record Row(int Place, Text Title, string Sector, Guid Organisation, int? Number);

    public sealed record List(string Round, CurrentUser Official) : IRequest<IReadOnlyList<Summary>>;

    public sealed record Summary(Guid Id, string State, string Reason, string? Official, DateTimeOffset UploadedAt, int Count);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/imports", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new List(round, user), ct))).RequireAuthorization();
        round.MapGet("/imports/{batch:guid}", async (string round, Guid batch, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, batch, user), ct))).RequireAuthorization();
        round.MapGet("/imports/sample.csv", (string round) => TypedResults.File(Csv.Write(ImportSheet.Columns, [Sample]), Csv.MediaType, "sample.csv"));
    }

    public sealed class Handler(ProposalsDb db, PublishedLists lists, TimeProvider clock) : IRequestHandler<Query, View>, IRequestHandler<List, IReadOnlyList<Summary>>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, query.Round, ct);
            var round = published.Round;
            query.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var batch = await db.Imports.AsNoTracking().SingleOrDefaultAsync(b => b.Id == query.Batch && b.Round == round.Id, ct) ?? throw new RuleBroken("proposals.import.unknown") { Status = 404 };
            var official = await NameAsync(batch.Person, ct);
            View Of(bool mayUndo, IReadOnlyList<Row> rows, ImportSheet.Reading? read) => new(
                batch.Id, State(batch), batch.Hash, batch.Reason, official, batch.UploadedAt, batch.EnteredAt, batch.UndoneAt, batch.EnteredAt is null ? rows.Count : batch.Count, mayUndo, rows, read?.Faults ?? [], read?.Alike ?? []);
            if (batch.File is not null)
            {
                var reading = await ImportSheet.ReadAsync(db, published, batch.File, clock, ct);
                return Of(false, [.. reading.Items.Select(i => new Row(i.Row, i.Content.Title, i.Content.Sector, i.Organisation, null))], reading);
            }
            var entered = await db.Proposals.AsNoTracking().Where(p => p.Batch == batch.Id).OrderBy(p => p.Number).ToListAsync(ct);
            return Of(batch.UndoneAt is null && entered.TrueForAll(UndoImport.IsUndecided), entered.ConvertAll(p => new Row(0, p.Content.Title, p.Content.Sector, p.Organisation!.Value, p.Number)), null);
        }

        public async Task<IReadOnlyList<Summary>> Handle(List query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            query.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var batches = await db.Imports.AsNoTracking().Where(b => b.Round == round.Id).OrderByDescending(b => b.UploadedAt)
                .Select(b => new { b.Id, b.Reason, b.Person, b.UploadedAt, b.EnteredAt, b.UndoneAt, b.Count }).ToListAsync(ct);
            var people = batches.Select(b => b.Person).Distinct().ToList();
            var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
            return batches.ConvertAll(b => new Summary(b.Id, b.UndoneAt is not null ? "undone" : b.EnteredAt is not null ? "entered" : "checked", b.Reason, names.GetValueOrDefault(b.Person), b.UploadedAt, b.Count));
        }

        Task<string?> NameAsync(Guid person, CancellationToken ct) => db.People.Where(p => p.Id == person).Select(p => (string?)p.Name).SingleOrDefaultAsync(ct);
    }

    static string State(ImportBatch batch) => batch.UndoneAt is not null ? "undone" : batch.EnteredAt is not null ? "entered" : "checked";

    static readonly IReadOnlyList<object?> Sample = [.. ImportSheet.Columns.Select(c => (object?)(c switch
    {
        "organisation" => "ООО «Заречный хлеб»",
        "title_ru" => "Хлеб из местной муки для школьного питания",
        "title_en" => "Bread of local flour for school meals",
        "summary_ru" => "Мельница и пекарня на местном зерне: школы области получают свежий хлеб каждый день.",
        "summary_en" => "A mill and a bakery that use local grain: the schools of the region get fresh bread every day.",
        "sector" => "agro",
        "type" => "modernise",
        "mode" => "application",
        "track" => "main",
        "keywords" => "хлеб; мука; школы",
        _ => null,
    }))];
}
