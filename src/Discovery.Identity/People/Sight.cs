using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.People;

/// <summary>
/// Who sees whom. Participants belong to no region, so whoever keeps the books anywhere sees them; people with roles are seen in the regions of their roles.
/// Addresses are for those who keep the books and for nobody else.
/// </summary>
internal static class Sight
{
    /// <summary>Regions that the user administers, runs or audits; <c>*</c> is every region.</summary>
    public static IReadOnlyList<string> RegionsInSight(this CurrentUser user) => user.RegionsOf(Platform.Roles.Administrator, Platform.Roles.Official, Platform.Roles.Auditor);

    public static void MustSeePeople(this CurrentUser user)
    {
        if (user.RegionsInSight().Count == 0) throw new RuleBroken("denied.people") { Status = 403 };
    }

    public static bool SeesRole(this CurrentUser user, string role) => user.RegionsInSight() is var regions && (regions.Contains("*") || regions.Contains(role.Split(':')[0]) || role.StartsWith('*'));

    public static IQueryable<Person> PeopleInSightOf(this IdentityDb db, CurrentUser user)
    {
        var all = db.Users.Where(p => p.ErasedAt == null);
        var regions = user.RegionsInSight();
        if (regions.Contains("*")) return all;
        if (regions.Count == 0) return all.Where(p => false);
        var names = regions.Append("*").SelectMany(region => Platform.Roles.All.Select(role => $"{region}:{role}")).ToList();
        return all.Where(p => !db.Roles.Any(r => r.Person == p.Id) || db.Roles.Any(r => r.Person == p.Id && names.Contains(r.Name)));
    }

    /// <exception cref="RuleBroken">404: there is no such person, or none that the user may know of.</exception>
    public static async Task<Person> PersonInSightAsync(this IdentityDb db, CurrentUser user, Guid id, CancellationToken ct)
    {
        user.MustSeePeople();
        return await db.PeopleInSightOf(user).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw new RuleBroken("identity.person.unknown") { Status = 404 };
    }

    /// <summary>May shut the account and end its sessions: an administrator, and of somebody with roles only who administers all of their regions.</summary>
    public static bool Administers(this CurrentUser user, IEnumerable<string> roles) =>
        user.IsAny(Platform.Roles.Administrator) && roles.All(role => user.Is(Platform.Roles.Administrator, role.Split(':')[0]));

    /// <exception cref="RuleBroken">404, or 403 where the user sees the person and does not administer them.</exception>
    public static async Task<Person> PersonToAdministerAsync(this IdentityDb db, CurrentUser user, Guid id, CancellationToken ct)
    {
        var person = await db.PersonInSightAsync(user, id, ct);
        if (!user.Administers(await db.Roles.Where(r => r.Person == id).Select(r => r.Name).ToListAsync(ct))) throw new RuleBroken("denied.administrator") { Status = 403 };
        return person;
    }
}

/// <summary>An installation always has somebody who can grant every role.</summary>
internal static class LastAdministrator
{
    public const string Role = "*:" + Platform.Roles.Administrator;

    public static async Task<bool> IsLastAdministratorAsync(this IdentityDb db, Guid person, CancellationToken ct) =>
        await db.Roles.AnyAsync(r => r.Person == person && r.Name == Role, ct)
        && !await db.Roles.AnyAsync(r => r.Person != person && r.Name == Role && db.Users.Any(p => p.Id == r.Person && p.BlockedAt == null && p.ErasedAt == null), ct);

    /// <summary>In a transaction: locks the roles of all of them first, so that two who go at once do not each count on the other.</summary>
    public static async Task MustKeepAnAdministratorAsync(this IdentityDb db, Guid person, CancellationToken ct)
    {
        await db.Roles.Where(r => r.Name == Role).ExecuteUpdateAsync(s => s.SetProperty(r => r.GrantedBy, r => r.GrantedBy), ct);
        if (await db.IsLastAdministratorAsync(person, ct)) throw new RuleBroken("identity.administrator.last");
    }
}
