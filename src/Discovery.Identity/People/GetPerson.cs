using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.People;

/// <summary>One account as administrators, officials and auditors see it.</summary>
internal static class GetPerson
{
    public sealed record Query(Guid Id) : IRequest<Details>;

    /// <param name="Email">Null for those who do not see addresses.</param>
    /// <param name="Sessions">How many are open.</param>
    /// <param name="IsDemonstration">Its password stands on the sign-in page.</param>
    /// <param name="MayAdminister">Whether the asker may shut the account and end its sessions.</param>
    public sealed record Details(
        Guid Id, string DisplayName, string? Email, DateTimeOffset CreatedAt, DateTimeOffset? BlockedAt, DateTimeOffset? BouncedAt, bool IsDemonstration, int Sessions,
        IReadOnlyList<Role> Roles, IReadOnlyList<MandateOf> Mandates, IReadOnlyList<MemberOf> Communities, bool MayAdminister);

    /// <param name="MayRemove">Whether the asker administers its region.</param>
    public sealed record Role(string Name, DateTimeOffset GrantedAt, bool MayRemove);

    public sealed record MandateOf(Guid Organisation, Text Name, string Role, DateTimeOffset VerifiedAt, DateTimeOffset? Until, DateTimeOffset? RevokedAt);

    public sealed record MemberOf(Guid Community, Text Name, DateTimeOffset VerifiedAt, DateTimeOffset? LeftAt);

    public static void Map(IEndpointRouteBuilder people) =>
        people.MapGet("/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Details>
    {
        public async Task<Details> Handle(Query query, CancellationToken ct)
        {
            var person = await db.PersonInSightAsync(user, query.Id, ct);
            var (id, now) = (person.Id, clock.GetUtcNow());
            var roles = await db.Roles.Where(r => r.Person == id).OrderBy(r => r.Name).ToListAsync(ct);
            return new(
                id, person.DisplayName, user.KeepsBooks() ? person.Email : null, person.CreatedAt, person.BlockedAt, person.BouncedAt,
                await db.DemonstrationAccounts.AnyAsync(a => a.Person == id, ct), await db.Sessions.CountAsync(s => s.Person == id && s.EndedAt == null && s.Until > now, ct),
                [.. roles.Where(r => user.SeesRole(r.Name)).Select(r => new Role(r.Name, r.GrantedAt, user.Is(Platform.Roles.Administrator, r.Name.Split(':')[0])))],
                await db.Mandates.Where(m => m.Person == id).Join(db.Organisations, m => m.Organisation, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.m.RevokedAt != null).ThenBy(x => x.o.SearchName).Take(100)
                    .Select(x => new MandateOf(x.o.Id, x.o.Name, x.m.Role, x.m.VerifiedAt, x.m.Until, x.m.RevokedAt)).ToListAsync(ct),
                await db.Members.Where(m => m.Person == id).Join(db.Organisations, m => m.Community, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.m.LeftAt != null).ThenBy(x => x.o.SearchName).Take(100)
                    .Select(x => new MemberOf(x.o.Id, x.o.Name, x.m.VerifiedAt, x.m.LeftAt)).ToListAsync(ct),
                user.Administers(roles.Select(r => r.Name)));
        }
    }
}
