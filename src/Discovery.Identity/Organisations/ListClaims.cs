using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>What waits for officials: disputes, proofs to look at, letters to print. Claims that still lack their proof come last.</summary>
internal static class ListClaims
{
    public const int PageSize = 25, MostDisputes = 50;

    /// <param name="Page">From 1.</param>
    public sealed record Query(int Page = 1) : IRequest<Queue>;

    public sealed record Queue(IReadOnlyList<DisputeRow> Disputes, int Total, int Page, IReadOnlyList<Row> Claims);

    public sealed record DisputeRow(Guid Organisation, Text Name, DateTimeOffset OpenedAt, int Claims, int Mandates);

    /// <param name="NeedsLetter">A letter by post was asked for and none has been printed since.</param>
    public sealed record Row(
        Guid Id, Guid Organisation, Text Name, string Person, string? Position, string Route, string Role, DateTimeOffset AskedAt, DateTimeOffset? ProvedAt, bool IsDisputed, bool NeedsLetter, bool IsNewOrganisation);

    public static void Map(IEndpointRouteBuilder claims) =>
        claims.MapGet("", async (int? page, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(page ?? 1), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Queue>
    {
        public async Task<Queue> Handle(Query query, CancellationToken ct)
        {
            user.MustKeepBooks();
            var (page, now) = (Math.Clamp(query.Page, 1, 100_000), claims.Now);
            var disputes = await db.Disputes.Where(d => d.ResolvedAt == null).OrderBy(d => d.OpenedAt).Take(MostDisputes)
                .Join(db.Organisations, d => d.Organisation, o => o.Id, (d, o) => new DisputeRow(
                    o.Id, o.Name, d.OpenedAt, db.Claims.Count(c => c.Organisation == o.Id && c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative),
                    db.Mandates.Count(m => m.Organisation == o.Id && m.RevokedAt == null && (m.Until == null || m.Until > now)))).ToListAsync(ct);
            // What the organisation's own heads decide is not in the way here.
            var open = db.Claims.Where(c => c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative);
            var rows = await open.Join(db.Organisations, c => c.Organisation, o => o.Id, (c, o) => new { c, o }).Join(db.Users, x => x.c.Person, p => p.Id, (x, p) => new { x.c, x.o, p.DisplayName })
                .Select(x => new
                {
                    x.c, x.o.Name, x.o.VerifiedAt, x.o.DisputedAt, x.DisplayName,
                    NeedsLetter = x.c.Route == ClaimRoutes.Letter && x.o.FrameAddress != null && !EF.Functions.Like(x.o.FrameAddress, "%@%") && !db.LetterCodes.Any(l => l.Organisation == x.o.Id && l.CreatedAt >= x.c.AskedAt && l.ExpiresAt > now),
                })
                .OrderBy(x => x.c.ProvedAt == null && !x.NeedsLetter).ThenBy(x => x.c.AskedAt).ThenBy(x => x.c.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
            return new(disputes, await open.CountAsync(ct), page, [.. rows.Select(x => new Row(
                x.c.Id, x.c.Organisation, x.Name, x.DisplayName, x.c.Position, x.c.Route, x.c.Role, x.c.AskedAt, x.c.ProvedAt, x.DisputedAt is not null, x.NeedsLetter, x.VerifiedAt is null))]);
        }
    }
}
