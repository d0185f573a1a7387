using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>Members and requests, for the speaker: by display name alone, without any address.</summary>
internal static class GetMembers
{
    public const int PageSize = 40;

    /// <param name="Page">Of the members, from 1; requests come the oldest first, a page of them at a time.</param>
    public sealed record Query(Guid Community, int Page = 1) : IRequest<Answer>;

    /// <param name="Listed">Addresses on the list.</param>
    /// <param name="Codes">Unused codes that still open.</param>
    public sealed record Answer(Guid Community, Text Name, int Total, int Page, IReadOnlyList<Row> Members, int Waiting, IReadOnlyList<Asking> Requests, int Listed, int Codes);

    /// <param name="Name">Empty where the account is gone.</param>
    /// <param name="Route">list, code, speaker or import.</param>
    public sealed record Row(Guid Person, string Name, string Route, DateTimeOffset Since);

    public sealed record Asking(Guid Person, string Name, DateTimeOffset AskedAt);

    public static void Map(IEndpointRouteBuilder members) =>
        members.MapGet("", async (Guid id, int? page, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id, page ?? 1), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var community = await db.GetAsSpeakerAsync(query.Community, user, now, ct);
            var page = Math.Clamp(query.Page, 1, 100_000);
            var members = db.Members.Where(m => m.Community == community.Id && m.LeftAt == null);
            var requests = db.MemberRequests.Where(r => r.Community == community.Id);
            return new(community.Id, community.Name, await members.CountAsync(ct), page,
                await members.GroupJoin(db.Users, m => m.Person, p => p.Id, (m, people) => new { m, people }).SelectMany(x => x.people.DefaultIfEmpty(), (x, p) => new { x.m, Name = p == null ? "" : p.DisplayName })
                    .OrderBy(x => x.Name).ThenBy(x => x.m.Person).Skip((page - 1) * PageSize).Take(PageSize)
                    .Select(x => new Row(x.m.Person, x.Name, x.m.Route, x.m.VerifiedAt)).ToListAsync(ct),
                await requests.CountAsync(ct),
                await requests.Join(db.Users, r => r.Person, p => p.Id, (r, p) => new { r, p.DisplayName }).OrderBy(x => x.r.AskedAt).Take(PageSize)
                    .Select(x => new Asking(x.r.Person, x.DisplayName, x.r.AskedAt)).ToListAsync(ct),
                await db.ListedMembers.CountAsync(l => l.Community == community.Id, ct),
                await db.MemberCodes.CountAsync(c => c.Community == community.Id && c.UsedAt == null && c.ExpiresAt > now, ct));
        }
    }
}
