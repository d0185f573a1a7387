using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>What all ways into a community have in common.</summary>
internal static class Admission
{
    public const string ByList = "list", ByCode = "code", BySpeaker = "speaker";

    /// <summary>The community, for somebody who wants to join it or is in it.</summary>
    /// <exception cref="RuleBroken">404: there is none, or nothing happens in its name now; 403: nobody of the authority takes part.</exception>
    public static async Task<Organisation> GetCommunityAsync(this IdentityDb db, Guid id, CurrentUser user, CancellationToken ct)
    {
        var community = await db.Organisations.AsNoTracking().ThatMayAct().SingleOrDefaultAsync(o => o.Id == id && o.Kind == OrganisationKinds.Community, ct)
            ?? throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
        return user.IsOfAuthority ? throw new RuleBroken("identity.member.authority") { Status = 403 } : community;
    }

    /// <summary>The community, for its speaker: whoever heads it (<see cref="Heads"/>).</summary>
    /// <exception cref="RuleBroken">404: there is none, or the asker does not speak for it.</exception>
    public static async Task<Organisation> GetAsSpeakerAsync(this IdentityDb db, Guid id, CurrentUser user, DateTimeOffset now, CancellationToken ct) =>
        (user.IsOfAuthority ? null : await db.HeadedBy(user.Id, now).AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Kind == OrganisationKinds.Community, ct))
            ?? throw new RuleBroken("identity.organisation.unknown") { Status = 404 };

    /// <summary>The asker's account.</summary>
    /// <exception cref="RuleBroken">403: there is none, it is shut, or it holds a role.</exception>
    public static async Task<Person> GetJoinerAsync(this IdentityDb db, CurrentUser user, CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id, ct);
        if (person is null or { IsShut: true }) throw new RuleBroken("denied.sign-in") { Status = 403 };
        return await db.Roles.AnyAsync(r => r.Person == person.Id, ct) ? throw new RuleBroken("identity.member.authority") { Status = 403 } : person;
    }

    /// <summary>Makes the person a member, again with a higher sequence where there was one before; whoever is one stays it. It does not save.</summary>
    public static async Task AdmitAsync(this IdentityDb db, Guid community, Guid person, string route, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.MemberRequests.FindAsync([community, person], ct) is { } asked) db.Remove(asked);
        var member = await db.Members.FindAsync([community, person], ct);
        if (member is { LeftAt: null }) return;
        if (member is null) db.Add(member = new() { Community = community, Person = person, VerifiedAt = now, Route = route });
        else (member.VerifiedAt, member.Route, member.LeftAt, member.Sequence) = (now, route, null, member.Sequence + 1);
        db.Announce(member.Verified());
        db.Record(by, now, "community.joined", community, person, note: route);
    }

    /// <summary>Ends a membership. It does not save.</summary>
    public static void Part(this IdentityDb db, Member member, DateTimeOffset now)
    {
        (member.LeftAt, member.Sequence) = (now, member.Sequence + 1);
        db.Announce(member.Left());
    }

    /// <summary>Saves; where another request was faster, the rule <paramref name="raced"/> says so.</summary>
    public static async Task SaveMembersAsync(this IdentityDb db, CancellationToken ct, string raced = "identity.member.raced")
    {
        try { await db.SaveUniqueAsync(raced, ct); }
        catch (DbUpdateConcurrencyException) { throw new RuleBroken(raced); }
    }
}
