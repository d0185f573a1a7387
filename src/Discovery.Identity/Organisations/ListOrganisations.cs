using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>For officials all organisations, for others those they may act for.</summary>
internal static class ListOrganisations
{
    public const int PageSize = 50;

    /// <param name="Find">A part of a name in any language, or of the number.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Query(string? Find = null, int Page = 1) : IRequest<Found>;

    public sealed record Found(int Total, int Page, IReadOnlyList<Row> Organisations);

    public sealed record Row(Guid Id, Text Name, string Kind, string? RegistrationNumber, string? Municipality, Guid Family, int Mandates);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("", async (string? find, int? page, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(find, page ?? 1), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user) : IRequestHandler<Query, Found>
    {
        public async Task<Found> Handle(Query query, CancellationToken ct)
        {
            var all = db.Organisations.AsQueryable();
            if (!user.KeepsBooks()) all = all.Where(o => db.Mandates.Any(m => m.Organisation == o.Id && m.Person == user.Id && m.RevokedAt == null));
            var find = Names.ForSearch(query.Find);
            if (find.Length > 0) all = all.Where(o => o.SearchName.Contains(find));
            var page = Math.Clamp(query.Page, 1, 100_000);
            return new(await all.CountAsync(ct), page, await all
                .OrderBy(o => o.SearchName).ThenBy(o => o.Id).Skip((page - 1) * PageSize).Take(PageSize)
                .Select(o => new Row(o.Id, o.Name, o.Kind, o.RegistrationNumber, o.Municipality, o.Family, db.Mandates.Count(m => m.Organisation == o.Id && m.RevokedAt == null)))
                .ToListAsync(ct));
        }
    }
}
