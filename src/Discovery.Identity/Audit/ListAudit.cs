using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.People;
using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Audit;

/// <summary>The trail of who did what in whose name, for administrators, officials and auditors; names are looked up here, so those of erased people are gone. Also as a file.</summary>
internal static class ListAudit
{
    public const int PageSize = 40, FileRows = 50_000;

    /// <param name="Who">A part of the name of whoever did it, or an account id.</param>
    /// <param name="Whom">The same, of the person it was about.</param>
    /// <param name="Organisation">A part of its name, or its id.</param>
    /// <param name="From">First day, UTC.</param>
    /// <param name="To">Last day, UTC.</param>
    public sealed record Filter(string? Kind = null, string? Who = null, string? Whom = null, string? Organisation = null, string? Region = null, DateOnly? From = null, DateOnly? To = null);

    /// <param name="Page">From 1.</param>
    public sealed record Query(Filter Filter, int Page = 1) : IRequest<Found>;

    public sealed record Export(Filter Filter) : IRequest<byte[]>;

    /// <param name="Kinds">Those that occur at all, for the form.</param>
    public sealed record Found(int Total, int Page, IReadOnlyList<Row> Entries, IReadOnlyList<string> Kinds);

    /// <param name="ActorName">Null for the portal itself and its tools; empty for somebody whose account is gone or was never here.</param>
    public sealed record Row(DateTimeOffset At, string Kind, Guid Actor, string? ActorName, Guid? Person, string? PersonName, Guid? Organisation, Text? OrganisationName, string? Region, string? Note);

    /// <summary>A line of the file.</summary>
    public sealed record Line(DateTimeOffset At, string Kind, string What, Guid Actor, string? ActorName, Guid? Person, string? PersonName, Guid? Organisation, string? OrganisationName, string? Region, string? Note);

    public static void Map(IEndpointRouteBuilder audit)
    {
        audit.MapGet("", async ([AsParameters] Filter filter, int? page, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(filter, page ?? 1), ct)));
        audit.MapGet("/export", async ([AsParameters] Filter filter, HttpContext http, TimeProvider clock, IMediator mediator, CancellationToken ct) =>
        {
            var file = await mediator.Send(new Export(filter), ct);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.File(file, Csv.MediaType, $"discovery-audit-{clock.GetUtcNow():yyyy-MM-dd}.csv");
        });
    }

    public sealed class Handler(IdentityDb db, CurrentUser user) : IRequestHandler<Query, Found>
    {
        public async Task<Found> Handle(Query query, CancellationToken ct)
        {
            user.MustSeePeople();
            var (entries, page) = (db.AuditInSightOf(user, query.Filter), Math.Clamp(query.Page, 1, 100_000));
            return new(await entries.CountAsync(ct), page, await db.NamedAsync(entries.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Skip((page - 1) * PageSize).Take(PageSize), ct),
                await db.AuditInSightOf(user, new()).Select(a => a.Kind).Distinct().OrderBy(k => k).ToListAsync(ct));
        }
    }

    public sealed class ExportHandler(IdentityDb db, CurrentUser user, Words<Texts> text) : IRequestHandler<Export, byte[]>
    {
        public async Task<byte[]> Handle(Export query, CancellationToken ct)
        {
            user.MustSeePeople();
            var rows = await db.NamedAsync(db.AuditInSightOf(user, query.Filter).OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(FileRows), ct);
            return Csv.Write(rows.Select(r => new Line(r.At, r.Kind, text["audit." + r.Kind], r.Actor, r.ActorName, r.Person, r.PersonName, r.Organisation, r.OrganisationName?.Here(), r.Region, r.Note)));
        }
    }

    /// <summary>What belongs to no region is seen by all who may look; what belongs to one, by those of that region.</summary>
    static IQueryable<AuditEntry> AuditInSightOf(this IdentityDb db, CurrentUser user, Filter filter)
    {
        var (all, regions) = (db.Audit.AsNoTracking(), user.RegionsInSight());
        if (!regions.Contains("*")) all = all.Where(a => a.Region == null || a.Region == "*" || regions.Contains(a.Region));
        if (!string.IsNullOrWhiteSpace(filter.Kind)) all = all.Where(a => a.Kind == filter.Kind);
        if (!string.IsNullOrWhiteSpace(filter.Region)) all = all.Where(a => a.Region == filter.Region);
        if (Names.Clean(filter.Who) is { Length: > 0 } who)
        {
            var ids = Guid.TryParse(who, out var id) ? db.Users.Where(p => p.Id == id).Select(p => p.Id) : db.PeopleInSightOf(user).Called(who, withAddress: user.KeepsBooks()).Select(p => p.Id);
            all = all.Where(a => (id != Guid.Empty && a.Actor == id) || ids.Contains(a.Actor));
        }
        if (Names.Clean(filter.Whom) is { Length: > 0 } whom)
        {
            var ids = Guid.TryParse(whom, out var id) ? db.Users.Where(p => p.Id == id).Select(p => p.Id) : db.PeopleInSightOf(user).Called(whom, withAddress: user.KeepsBooks()).Select(p => p.Id);
            all = all.Where(a => (id != Guid.Empty && a.Person == id) || (a.Person != null && ids.Contains(a.Person.Value)));
        }
        if (Names.ForSearch(filter.Organisation) is { Length: > 0 } called)
        {
            var ids = Guid.TryParse(called, out var id) ? db.Organisations.Where(o => o.Id == id).Select(o => o.Id) : db.Organisations.Where(o => o.SearchName.Contains(called)).Select(o => o.Id);
            all = all.Where(a => a.Organisation != null && ids.Contains(a.Organisation.Value));
        }
        if (filter.From is { } from) { var first = Midnight(from); all = all.Where(a => a.At >= first); }
        if (filter.To is { } to && to < DateOnly.MaxValue) { var end = Midnight(to.AddDays(1)); all = all.Where(a => a.At < end); }
        return all;
    }

    static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    static async Task<IReadOnlyList<Row>> NamedAsync(this IdentityDb db, IQueryable<AuditEntry> entries, CancellationToken ct)
    {
        var found = await entries.ToListAsync(ct);
        var (people, organisations) = (new Dictionary<Guid, string>(), new Dictionary<Guid, Text>());
        foreach (var ids in found.SelectMany(a => new[] { a.Actor, a.Person ?? Guid.Empty }).Distinct().Chunk(1000))
            foreach (var person in await db.Users.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName }).ToListAsync(ct)) people[person.Id] = person.DisplayName;
        foreach (var ids in found.Where(a => a.Organisation is not null).Select(a => a.Organisation!.Value).Distinct().Chunk(1000))
            foreach (var organisation in await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToListAsync(ct)) organisations[organisation.Id] = organisation.Name;
        return found.ConvertAll(a => new Row(
            a.At, a.Kind, a.Actor, a.Actor == Guid.Empty ? null : people.GetValueOrDefault(a.Actor, ""), a.Person, a.Person is { } person ? people.GetValueOrDefault(person, "") : null,
            a.Organisation, a.Organisation is { } o ? organisations.GetValueOrDefault(o) : null, a.Region, a.Note));
    }
}
