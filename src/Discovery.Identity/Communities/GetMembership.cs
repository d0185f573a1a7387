using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>How the asker stands to a community: a member, asking, declined, or a stranger who may join.</summary>
internal static class GetMembership
{
    public sealed record Query(Guid Community) : IRequest<Answer>;

    /// <param name="Since">Member since then; null for whoever is none.</param>
    /// <param name="AskedAt">The speaker has not answered yet.</param>
    /// <param name="IsListed">The own confirmed address is on the speaker's list.</param>
    /// <param name="HasConfirmedAddress">Only a confirmed address is compared with the list.</param>
    public sealed record Answer(Guid Community, Text Name, DateTimeOffset? Since, DateTimeOffset? AskedAt, bool IsListed, bool HasConfirmedAddress, LastWord? Refused);

    /// <summary>The speaker has declined or removed the asker.</summary>
    /// <param name="Kind">declined or removed.</param>
    public sealed record LastWord(string Kind, DateTimeOffset At, string Reason);

    public static void Map(IEndpointRouteBuilder membership) =>
        membership.MapGet("", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var community = await db.GetCommunityAsync(query.Community, user, ct);
            var person = await db.GetJoinerAsync(user, ct);
            var since = await db.Members.Where(m => m.Community == community.Id && m.Person == person.Id && m.LeftAt == null).Select(m => (DateTimeOffset?)m.VerifiedAt).SingleOrDefaultAsync(ct);
            var asked = await db.MemberRequests.Where(r => r.Community == community.Id && r.Person == person.Id).Select(r => (DateTimeOffset?)r.AskedAt).SingleOrDefaultAsync(ct);
            var hash = keyed.OfAddress(person.Email ?? "");
            var listed = person.EmailConfirmed && await db.ListedMembers.AnyAsync(l => l.Community == community.Id && l.Address == hash, ct);
            var last = since is not null || asked is not null ? null
                : await db.Audit.Where(a => a.Organisation == community.Id && a.Person == person.Id && a.Kind.StartsWith("community.")).OrderByDescending(a => a.Id).FirstOrDefaultAsync(ct);
            return new(community.Id, community.Name, since, asked, listed, person.EmailConfirmed,
                last is { Kind: "community.declined" or "community.removed", Note: { } reason } ? new(last.Kind["community.".Length..], last.At, reason) : null);
        }
    }
}
