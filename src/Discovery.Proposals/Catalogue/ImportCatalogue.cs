using System.Globalization;
using Discovery.Platform;
using Discovery.Platform.Tables;
using Discovery.Proposals.Data;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Catalogue;

/// <summary>Officials bring the priorities of other regions, before a round or while it goes on. A new file takes the place of the last one; with a fault in it nothing changes.</summary>
internal static class ImportCatalogue
{
    const int MostText = 2000, MostLine = 500;

    static readonly string[] Domains = ["economic_domain", "scientific_domain", "policy_domain"];

    public static readonly IReadOnlyList<string> Columns = ["region", "priority", .. Domains, "source", "date"];

    /// <param name="File">Null: it is too large.</param>
    public sealed record Command(string Round, CurrentUser Official, byte[]? File) : IRequest<Answer>;

    /// <param name="Added">0 where there are faults.</param>
    public sealed record Answer(int Added, int Regions, IReadOnlyList<TableFault> Faults);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/catalogue", async (string round, HttpRequest request, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, await TableFile.ReadAsync(request.Body, ct)), ct)))
            .RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.File).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("proposals.import.large").OverridePropertyName("Input.File")
            .Must(f => f!.Length > 0).WithMessage("proposals.import.file").OverridePropertyName("Input.File");
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var (peers, faults) = Read(round.Id, TableFile.Read(command.File!), clock.GetUtcNow());
            if (faults.Count > 0) return new(0, 0, faults);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Peers.Where(p => p.Round == round.Id).ExecuteDeleteAsync(ct);
            db.AddRange(peers);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(peers.Count, peers.Select(p => p.Region).Distinct().Count(), []);
        }

        static (List<PeerPriority> Peers, List<TableFault> Faults) Read(Guid round, Table table, DateTimeOffset now)
        {
            var (peers, faults) = (new List<PeerPriority>(), table.Faults.ToList());
            if (table.Rows.Count > 0) faults.AddRange(new[] { "region", "priority" }.Where(c => !table.Columns.Contains(c)).Select(c => new TableFault(0, c, "proposals.import.no-column")));
            foreach (var row in table.Rows)
            {
                string Line(string column, int most)
                {
                    var text = PlainText.Line(row[column]);
                    if (text.Length > most) faults.Add(new(row.Number, column, "table.cell", most));
                    return text;
                }
                var (region, text, source) = (Line("region", MostLine), Line("priority", MostText), Line("source", MostLine));
                if (region.Length == 0) faults.Add(new(row.Number, "region", "proposals.catalogue.missing"));
                if (text.Length == 0) faults.Add(new(row.Number, "priority", "proposals.catalogue.missing"));
                DateOnly? date = null;
                if (row["date"] is { Length: > 0 } written)
                {
                    if (DateOnly.TryParseExact(written, ["yyyy-MM-dd", "dd.MM.yyyy", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) date = day;
                    else faults.Add(new(row.Number, "date", "proposals.catalogue.date"));
                }
                peers.Add(new()
                {
                    Id = Guid.CreateVersion7(), Round = round, Region = region, Text = text, Domains = string.Join("; ", Domains.Select(d => Line(d, MostText)).Where(d => d.Length > 0)),
                    Source = source.Length > 0 ? source : null, Date = date, ImportedAt = now,
                });
            }
            return (peers, faults);
        }
    }
}
