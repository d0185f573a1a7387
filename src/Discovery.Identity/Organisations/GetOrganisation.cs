using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>One organisation with those who may act for it: for officials and for its own people. Addresses only for officials and its heads.</summary>
internal static class GetOrganisation
{
    public sealed record Query(Guid Id) : IRequest<Details>;

    /// <param name="IsHead">The asker leads it: invites, confirms, revokes.</param>
    /// <param name="FrameAddress">For officials only.</param>
    /// <param name="Asking">Who named its representatives as witness, and whom heads may let in.</param>
    public sealed record Details(
        Guid Id, Text Name, string? LegalForm, string Kind, string? NumberKind, string? RegistrationNumber, bool IsNumberChecked, string? Size, string? Municipality, string? Activity, Guid Family,
        string? Domain, string? FrameAddress, DateTimeOffset RegisteredAt, DateTimeOffset? VerifiedAt, DateTimeOffset? DisputedAt, DateTimeOffset? LiquidatedAt, bool IsHead,
        IReadOnlyList<Representative> Mandates, IReadOnlyList<Asking> Claims, IReadOnlyList<Invited> Invitations, IReadOnlyList<Affiliate> Affiliates);

    /// <param name="Email">Null for colleagues who are not heads.</param>
    /// <param name="Until">It ends then by itself; may lie in the past.</param>
    public sealed record Representative(Guid Mandate, Guid Person, string DisplayName, string? Email, int Seat, string Role, DateTimeOffset? Until, DateTimeOffset VerifiedAt, DateTimeOffset? RevokedAt);

    public sealed record Asking(Guid Id, string DisplayName, string? Position, string Role, DateTimeOffset AskedAt);

    public sealed record Invited(Guid Id, string Email, string Role, DateTimeOffset ExpiresAt, bool IsForwarded);

    public sealed record Affiliate(Guid Id, Text Name);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, Keyed keyed) : IRequestHandler<Query, Details>
    {
        public async Task<Details> Handle(Query query, CancellationToken ct)
        {
            var isOfficial = user.KeepsBooks();
            var own = isOfficial ? null : await claims.Holding(query.Id).Where(m => m.Person == user.Id).Select(m => m.Role).SingleOrDefaultAsync(ct);
            var found = isOfficial || own is not null ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == query.Id, ct) : null;
            if (found is null) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
            var isHead = own is not null && await claims.IsHeadAsync(query.Id, ct);
            var seesAddresses = isOfficial || isHead;
            return new(
                found.Id, found.Name, found.LegalForm, found.Kind, found.NumberKind, found.RegistrationNumber, found.IsNumberChecked, found.Size, found.Municipality, found.Activity, found.Family,
                found.Domain, isOfficial ? found.FrameAddress : null, found.RegisteredAt, found.VerifiedAt, found.DisputedAt, found.LiquidatedAt, isHead,
                await db.Mandates.Where(m => m.Organisation == found.Id)
                    .Join(db.Users, m => m.Person, p => p.Id, (m, p) => new { m, p }).OrderBy(x => x.m.RevokedAt != null).ThenBy(x => x.m.Seat).ThenByDescending(x => x.m.RevokedAt).Take(200)
                    .Select(x => new Representative(x.m.Id, x.p.Id, x.p.DisplayName, seesAddresses ? x.p.Email : null, x.m.Seat, x.m.Role, x.m.Until, x.m.VerifiedAt, x.m.RevokedAt)).ToListAsync(ct),
                seesAddresses ? await AskingAsync(found.Id, ct) : [], seesAddresses ? await InvitedAsync(found.Id, ct) : [],
                await db.Organisations.Where(o => o.Family == found.Family && o.Id != found.Id).OrderBy(o => o.SearchName).Take(100)
                    .Select(o => new Affiliate(o.Id, o.Name)).ToListAsync(ct));
        }

        Task<List<Asking>> AskingAsync(Guid id, CancellationToken ct) =>
            db.Claims.Where(c => c.Organisation == id && c.State == ClaimState.Open && c.Route == ClaimRoutes.Representative).OrderBy(c => c.AskedAt).Take(50)
                .Join(db.Users, c => c.Person, p => p.Id, (c, p) => new Asking(c.Id, p.DisplayName, c.Position, c.Role, c.AskedAt)).ToListAsync(ct);

        async Task<IReadOnlyList<Invited>> InvitedAsync(Guid id, CancellationToken ct)
        {
            var now = claims.Now;
            var open = await db.Invitations.AsNoTracking().Where(i => i.Organisation == id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now && i.Address != null)
                .OrderByDescending(i => i.ExpiresAt).Take(50).ToListAsync(ct);
            return [.. open.Select(i => new Invited(i.Id, keyed.Open<InviteColleague.Addressee>("invitation", i.Address!).Address, i.Role, i.ExpiresAt, i.ForwardedFrom is not null))];
        }
    }
}
