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

/// <summary>
/// Tokens that the asker made or answers for: of the organisations that the asker heads, and for administrators of every region those of operators' systems.
/// The tokens themselves are nowhere.
/// </summary>
internal static class ListTokens
{
    public sealed record Query : IRequest<Answer>;

    /// <param name="Organisations">For which the asker may make tokens.</param>
    /// <param name="IsAdministrator">May make tokens for an operator's system.</param>
    public sealed record Answer(IReadOnlyList<Row> Tokens, IReadOnlyList<Owner> Organisations, bool IsAdministrator);

    public sealed record Owner(Guid Id, Text Name);

    /// <param name="MadeBy">Display name.</param>
    public sealed record Row(Guid Id, string Name, Owner? Organisation, IReadOnlyList<string> Scopes, string MadeBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

    public static void Map(IEndpointRouteBuilder tokens) =>
        tokens.MapGet("", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct)));

    /// <summary>Those that this user sees and may end.</summary>
    public static IQueryable<ApiToken> TokensOf(this IdentityDb db, CurrentUser user, DateTimeOffset now)
    {
        var (headed, me, everything) = (db.HeadedBy(user.Id, now).Select(o => o.Id), user.Id, user.Is(Roles.Administrator, "*"));
        return db.ApiTokens.Where(t => t.Person == me || (t.Organisation != null && headed.Contains(t.Organisation.Value)) || (everything && t.Organisation == null));
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var tokens = await db.TokensOf(user, now).AsNoTracking().OrderBy(t => t.RevokedAt != null || t.ExpiresAt <= now).ThenByDescending(t => t.Id).Take(100).ToListAsync(ct);
            var (people, organisations) = (tokens.Select(t => t.Person).Distinct().ToList(), tokens.Select(t => t.Organisation).OfType<Guid>().Distinct().ToList());
            var names = await db.Users.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
            var owners = await db.Organisations.Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => new Owner(o.Id, o.Name), ct);
            return new(
                tokens.ConvertAll(t => new Row(t.Id, t.Name, t.Organisation is { } o ? owners.GetValueOrDefault(o) : null, t.Scopes.Split(' '), names.GetValueOrDefault(t.Person, ""), t.CreatedAt, t.ExpiresAt, t.RevokedAt)),
                await db.HeadedBy(user.Id, now).OrderBy(o => o.SearchName).Select(o => new Owner(o.Id, o.Name)).ToListAsync(ct),
                user.IsAny(Roles.Administrator));
        }
    }
}
