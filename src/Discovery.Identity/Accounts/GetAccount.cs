using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Who I am here: roles, organisations that I may act for, communities that I belong to.</summary>
internal static class GetAccount
{
    public sealed record Query : IRequest<Account>;

    public sealed record Account(
        Guid Id, string DisplayName, string Email, string Language, bool HasOneTimePassword, bool HasBounced, IReadOnlyList<string> Roles, IReadOnlyList<MandateOf> Mandates, IReadOnlyList<MemberOf> Communities);

    public sealed record MandateOf(Guid Organisation, Text Name, string Kind, int Seat, string Role, DateTimeOffset VerifiedAt, DateTimeOffset? Until, bool IsDisputed);

    public sealed record MemberOf(Guid Community, Text Name, DateTimeOffset VerifiedAt);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("/account", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct))).RequireAuthorization();

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Account>
    {
        public async Task<Account> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id && p.ErasedAt == null, ct) ?? throw new RuleBroken("denied.sign-in") { Status = 403 };
            return new(me.Id, me.DisplayName, me.Email!, me.Language, me.HasOneTimePassword && me.PasswordHash is not null, me.BouncedAt is not null,
                await db.Roles.Where(r => r.Person == me.Id).OrderBy(r => r.Name).Select(r => r.Name).ToListAsync(ct),
                await db.Mandates.Holding(now).Where(m => m.Person == me.Id)
                    .Join(db.Organisations, m => m.Organisation, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.o.SearchName)
                    .Select(x => new MandateOf(x.o.Id, x.o.Name, x.o.Kind, x.m.Seat, x.m.Role, x.m.VerifiedAt, x.m.Until, x.o.DisputedAt != null)).ToListAsync(ct),
                await db.Members.Where(m => m.Person == me.Id && m.LeftAt == null)
                    .Join(db.Organisations, m => m.Community, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.o.SearchName)
                    .Select(x => new MemberOf(x.o.Id, x.o.Name, x.m.VerifiedAt)).ToListAsync(ct));
        }
    }
}
