using Discovery.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.People;

/// <summary>What every service holds of a person, for the person's own export.</summary>
public static class OwnCopy
{
    sealed record Known(Guid Id, string Name);

    sealed record Ended(Guid? Session, DateTimeOffset At);

    /// <exception cref="RuleBroken">403: nobody who is signed in asks, or a program.</exception>
    public static async Task<OwnData> OwnCopyAsync(this DbContext db, string service, CurrentUser user, CancellationToken ct)
    {
        if (user.Id == Guid.Empty || user.IsMachine) throw new RuleBroken("denied.sign-in") { Status = 403 };
        return new OwnData(service)
            .Add("person", await db.Set<PersonCopy>().Where(p => p.Id == user.Id).Select(p => new Known(p.Id, p.Name)).ToListAsync(ct))
            .Add("endedSessions", await db.Set<Revocation>().Where(r => r.Person == user.Id).OrderBy(r => r.At).Select(r => new Ended(r.Session, r.At)).ToListAsync(ct));
    }
}
