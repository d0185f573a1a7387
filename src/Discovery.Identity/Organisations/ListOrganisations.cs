using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>For officials all organisations, for others those they may act for or have asked to act for.</summary>
internal static class ListOrganisations
{
    public const int PageSize = 40;

    /// <param name="Find">A part of a name in any language, or of the number.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Query(string? Find = null, int Page = 1) : IRequest<Found>;

    public sealed record Found(int Total, int Page, IReadOnlyList<Row> Organisations);

    /// <param name="IsMine">The asker holds a mandate; otherwise only a claim.</param>
    public sealed record Row(
        Guid Id, Text Name, string Kind, string? RegistrationNumber, bool IsNumberChecked, string? Municipality, Guid Family, int Mandates, bool IsVerified, bool IsDisputed, bool IsLiquidated, bool IsMine);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("", async (string? find, int? page, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(find, page ?? 1), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Found>
    {
        public async Task<Found> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var isOfficial = user.KeepsBooks();
            var all = db.Organisations.AsQueryable();
            var holding = db.Mandates.Where(m => m.RevokedAt == null && (m.Until == null || m.Until > now));
            if (!isOfficial) all = all.Where(o => holding.Any(m => m.Organisation == o.Id && m.Person == user.Id) || db.Claims.Any(c => c.Organisation == o.Id && c.Person == user.Id && c.State == ClaimState.Open));
            var find = Names.ForSearch(query.Find);
            if (find.Length > 0) all = all.Where(o => o.SearchName.Contains(find));
            var page = Math.Clamp(query.Page, 1, 100_000);
            var rows = await all.OrderBy(o => o.SearchName).ThenBy(o => o.Id).Skip((page - 1) * PageSize).Take(PageSize)
                .Select(o => new { o.Id, o.Name, o.Kind, o.NumberKind, o.RegistrationNumber, o.IsNumberChecked, o.Municipality, o.Family, o.VerifiedAt, o.DisputedAt, o.LiquidatedAt, Mandates = holding.Count(m => m.Organisation == o.Id), IsMine = holding.Any(m => m.Organisation == o.Id && m.Person == user.Id) })
                .ToListAsync(ct);
            return new(await all.CountAsync(ct), page, [.. rows.Select(o => new Row(
                // Somebody who only asks learns no more than anybody who searches.
                o.Id, o.Name, o.Kind, isOfficial || o.IsMine || !RegistrationNumber.IsOfPerson(o.NumberKind, o.RegistrationNumber) ? o.RegistrationNumber : null, o.IsNumberChecked, o.Municipality, o.Family,
                isOfficial || o.IsMine ? o.Mandates : 0, o.VerifiedAt is not null, o.DisputedAt is not null, o.LiquidatedAt is not null, o.IsMine))]);
        }
    }
}
