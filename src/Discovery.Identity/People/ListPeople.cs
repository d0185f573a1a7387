using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.People;

/// <summary>Accounts, for administrators, officials and auditors: each sees those of the own regions and the participants.</summary>
internal static class ListPeople
{
    public const int PageSize = 40;

    /// <summary>The orders that there are; any other word is the first of them.</summary>
    public static readonly IReadOnlyList<string> Orders = ["name", "new"];

    /// <param name="Find">A part of a name or, for those who see addresses, of an address.</param>
    /// <param name="Role">One of <see cref="Platform.Roles.All"/>, <c>none</c> for participants, or nothing for all.</param>
    /// <param name="State"><c>blocked</c>, <c>bounced</c>, or nothing.</param>
    /// <param name="Burst">An account of a burst: only those that were made together with it (<see cref="FindBursts"/>).</param>
    /// <param name="Order">One of <see cref="Orders"/>.</param>
    /// <param name="Page">From 1.</param>
    public sealed record Query(string? Find = null, string? Role = null, string? Region = null, string? State = null, Guid? Burst = null, string? Order = null, int Page = 1) : IRequest<Found>;

    public sealed record Found(int Total, int Page, IReadOnlyList<Row> People);

    /// <param name="Email">Null for those who do not see addresses.</param>
    /// <param name="Roles">Those that the asker sees.</param>
    public sealed record Row(Guid Id, string DisplayName, string? Email, DateTimeOffset CreatedAt, bool IsBlocked, bool HasBounced, IReadOnlyList<string> Roles, int Mandates, int Communities);

    public static void Map(IEndpointRouteBuilder people) =>
        people.MapGet("", async (string? find, string? role, string? region, string? state, Guid? burst, string? order, int? page, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(find, role, region, state, burst, order, page ?? 1), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Found>
    {
        public async Task<Found> Handle(Query query, CancellationToken ct)
        {
            user.MustSeePeople();
            var (all, now, page) = (await FilterAsync(query, ct), clock.GetUtcNow(), Math.Clamp(query.Page, 1, 100_000));
            var ordered = query.Order == "new" ? all.OrderByDescending(p => p.CreatedAt).ThenBy(p => p.Id) : all.OrderBy(p => p.DisplayName).ThenBy(p => p.Id);
            var people = await ordered.Skip((page - 1) * PageSize).Take(PageSize).Select(p => new
            {
                p.Id, p.DisplayName, p.Email, p.CreatedAt, p.BlockedAt, p.BouncedAt,
                Mandates = db.Mandates.Count(m => m.Person == p.Id && m.RevokedAt == null && (m.Until == null || m.Until > now)),
                Communities = db.Members.Count(m => m.Person == p.Id && m.LeftAt == null),
            }).ToListAsync(ct);
            var ids = people.ConvertAll(p => p.Id);
            var roles = (await db.Roles.Where(r => ids.Contains(r.Person)).OrderBy(r => r.Name).ToListAsync(ct)).Where(r => user.SeesRole(r.Name)).ToLookup(r => r.Person, r => r.Name);
            return new(await all.CountAsync(ct), page, people.ConvertAll(p => new Row(
                p.Id, p.DisplayName, user.KeepsBooks() ? p.Email : null, p.CreatedAt, p.BlockedAt is not null, p.BouncedAt is not null, [.. roles[p.Id]], p.Mandates, p.Communities)));
        }

        async Task<IQueryable<Person>> FilterAsync(Query query, CancellationToken ct)
        {
            var all = db.PeopleInSightOf(user);
            if (Names.Clean(query.Find) is { Length: > 0 } find) all = all.Called(find, withAddress: user.KeepsBooks());
            if (query.Role == "none") all = all.Where(p => !db.Roles.Any(r => r.Person == p.Id));
            else if (Platform.Roles.All.Contains(query.Role) || !string.IsNullOrWhiteSpace(query.Region))
            {
                var wanted = await db.Roles.Select(r => r.Name).Distinct().ToListAsync(ct);
                wanted.RemoveAll(r => !user.SeesRole(r) || (Platform.Roles.All.Contains(query.Role) && r.Split(':')[1] != query.Role) || (!string.IsNullOrWhiteSpace(query.Region) && r.Split(':')[0] != query.Region));
                all = all.Where(p => db.Roles.Any(r => r.Person == p.Id && wanted.Contains(r.Name)));
            }
            if (query.State == "blocked") all = all.Where(p => p.BlockedAt != null);
            if (query.State == "bounced") all = all.Where(p => p.BouncedAt != null);
            if (query.Burst is { } one)
            {
                var members = (await db.BurstsAsync(clock.GetUtcNow(), ct)).FirstOrDefault(b => b.Accounts.Contains(one))?.Accounts ?? [];
                all = all.Where(p => members.Contains(p.Id));
            }
            return all;
        }
    }

    /// <summary>Whose name (or address) has it. Databases fold Cyrillic letters each in its own way, so the usual ways of writing a name are asked for one by one.</summary>
    public static IQueryable<Person> Called(this IQueryable<Person> people, string find, bool withAddress)
    {
        var (low, title, address) = (find.ToLowerInvariant(), System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(find.ToLowerInvariant()), withAddress ? Person.Normal(find) : null);
        return people.Where(p => p.DisplayName.Contains(find) || p.DisplayName.Contains(low) || p.DisplayName.Contains(title) || (address != null && p.NormalizedEmail!.Contains(address)));
    }
}
