using Discovery.Platform;

namespace Discovery.Identity;

/// <summary>Who may enter organisations and mandates: officials and administrators of any region, because an organisation belongs to none.</summary>
internal static class Authority
{
    public static bool KeepsBooks(this CurrentUser user) => user.IsAny(Roles.Official) || user.IsAny(Roles.Administrator);

    public static void MustKeepBooks(this CurrentUser user)
    {
        if (!user.KeepsBooks()) throw new RuleBroken("denied.official") { Status = 403 };
    }

    /// <summary>Whoever speaks for an organisation is a person, signed in, and not one of those who run rounds.</summary>
    public static void MustTakePart(this CurrentUser user)
    {
        if (user.Id == Guid.Empty || user.IsTool) throw new RuleBroken("denied.sign-in") { Status = 403 };
        user.MustBePerson();
        if (user.IsOfAuthority) throw new RuleBroken("identity.denied.authority") { Status = 403 };
    }

    public static void MustBePerson(this CurrentUser user)
    {
        if (user.IsMachine) throw new RuleBroken("identity.denied.machine") { Status = 403 };
    }

    /// <summary>Roles of a region are granted by its administrators; those of every region by administrators of every region.</summary>
    public static void MustGrant(this CurrentUser user, IEnumerable<string> roles)
    {
        foreach (var role in roles) user.Must(Platform.Roles.Administrator, role.Split(':')[0]);
    }
}
