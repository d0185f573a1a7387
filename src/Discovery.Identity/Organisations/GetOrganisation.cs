using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>One organisation with those who may act for it. For officials: it has their addresses.</summary>
internal static class GetOrganisation
{
    public sealed record Query(Guid Id) : IRequest<Details>;

    public sealed record Details(
        Guid Id, Text Name, string Kind, string? RegistrationNumber, string? Municipality, Guid Family, DateTimeOffset RegisteredAt,
        IReadOnlyList<Representative> Mandates, IReadOnlyList<Affiliate> Affiliates);

    public sealed record Representative(Guid Mandate, string DisplayName, string Email, int Seat, DateTimeOffset VerifiedAt, DateTimeOffset? RevokedAt);

    public sealed record Affiliate(Guid Id, Text Name);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user) : IRequestHandler<Query, Details>
    {
        public async Task<Details> Handle(Query query, CancellationToken ct)
        {
            var found = user.KeepsBooks() ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == query.Id, ct) : null;
            if (found is null) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
            return new(found.Id, found.Name, found.Kind, found.RegistrationNumber, found.Municipality, found.Family, found.RegisteredAt,
                await db.Mandates.Where(m => m.Organisation == found.Id)
                    .Join(db.Users, m => m.Person, p => p.Id, (m, p) => new { m, p }).OrderBy(x => x.m.RevokedAt != null).ThenBy(x => x.m.Seat)
                    .Select(x => new Representative(x.m.Id, x.p.DisplayName, x.p.Email!, x.m.Seat, x.m.VerifiedAt, x.m.RevokedAt)).ToListAsync(ct),
                await db.Organisations.Where(o => o.Family == found.Family && o.Id != found.Id).OrderBy(o => o.SearchName).Take(100)
                    .Select(o => new Affiliate(o.Id, o.Name)).ToListAsync(ct));
        }
    }
}
