using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>Claims with their proofs as an official needs them to decide: one, or all that stand in a dispute.</summary>
internal static class GetClaim
{
    public sealed record Query(Guid Id) : IRequest<Details>;

    public sealed record Details(Guid Organisation, Text Name, bool IsDisputed, bool IsPosted, Side Claim);

    public sealed record DisputeQuery(Guid Organisation) : IRequest<Argument>;

    public sealed record Argument(Guid Organisation, Text Name, DateTimeOffset OpenedAt, IReadOnlyList<Holder> Mandates, IReadOnlyList<Side> Claims);

    public sealed record Holder(Guid Id, string Person, string Email, string Role, string Route, DateTimeOffset VerifiedAt);

    /// <param name="State">open, verified, declined, withdrawn.</param>
    public sealed record Side(
        Guid Id, string Person, string Email, string Route, string Role, string? Position, DateTimeOffset AskedAt, DateTimeOffset? ProvedAt, string State, string? Reason, IReadOnlyList<GetMyClaim.Document> Documents);

    public static void Map(IEndpointRouteBuilder claims, IEndpointRouteBuilder organisations)
    {
        claims.MapGet("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));
        organisations.MapGet("/{id:guid}/dispute", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new DisputeQuery(id), ct)));
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Details>, IRequestHandler<DisputeQuery, Argument>
    {
        public async Task<Details> Handle(Query query, CancellationToken ct)
        {
            var claim = user.KeepsBooks() ? await db.Claims.AsNoTracking().SingleOrDefaultAsync(c => c.Id == query.Id, ct) : null;
            if (claim is null) throw new RuleBroken("identity.claim.unknown") { Status = 404 };
            var organisation = await claims.OrganisationAsync(claim.Organisation, ct);
            return new(organisation.Id, organisation.Name, organisation.DisputedAt is not null, organisation.FrameAddress is { } address && !address.Contains('@'), (await SidesAsync([claim], ct))[0]);
        }

        public async Task<Argument> Handle(DisputeQuery query, CancellationToken ct)
        {
            var dispute = user.KeepsBooks() ? await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Organisation == query.Organisation && d.ResolvedAt == null, ct) : null;
            if (dispute is null) throw new RuleBroken("identity.dispute.none") { Status = 404 };
            var organisation = await claims.OrganisationAsync(query.Organisation, ct);
            return new(organisation.Id, organisation.Name, dispute.OpenedAt,
                await claims.Holding(organisation.Id).Join(db.Users, m => m.Person, p => p.Id, (m, p) => new { m, p }).OrderBy(x => x.m.Seat)
                    .Select(x => new Holder(x.m.Id, x.p.DisplayName, x.p.Email!, x.m.Role, x.m.Route, x.m.VerifiedAt)).ToListAsync(ct),
                await SidesAsync(await db.Claims.AsNoTracking().Where(c => c.Organisation == organisation.Id && c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative)
                    .OrderBy(c => c.AskedAt).Take(50).ToListAsync(ct), ct));
        }

        async Task<List<Side>> SidesAsync(List<MandateClaim> all, CancellationToken ct)
        {
            var (ids, persons) = (all.Select(c => c.Id).ToList(), all.Select(c => c.Person).ToList());
            var people = await db.Users.Where(p => persons.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName, p.Email }).ToDictionaryAsync(p => p.Id, ct);
            var documents = (await db.Evidence.Where(e => ids.Contains(e.Claim)).OrderBy(e => e.UploadedAt).Select(e => new { e.Claim, e.Id, e.FileName, e.Size, e.UploadedAt }).ToListAsync(ct)).ToLookup(e => e.Claim);
            return [.. all.Select(c => new Side(
                c.Id, people[c.Person].DisplayName, people[c.Person].Email ?? "", c.Route, c.Role, c.Position, c.AskedAt, c.ProvedAt, c.State.ToString().ToLowerInvariant(), c.Reason,
                [.. documents[c.Id].Select(e => new GetMyClaim.Document(e.Id, e.FileName, e.Size, e.UploadedAt))]))];
        }
    }
}
