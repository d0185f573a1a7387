using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Discovery.Contracts.Identity;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Opens sessions and ends them. Each opening has a new id, also when a second factor or another organisation changes what a session carries.</summary>
internal sealed class Doorkeeper(IdentityDb db, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Said instead of an organisation: none, by the person's choice.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    // What was issued before it is over; what is opened in the same millisecond is not.
    DateTimeOffset allEnded;

    HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Makes the session and keeps its row; a page then signs in with it (<see cref="OpenAsync"/>), a token endpoint seals it.</summary>
    /// <param name="method">code, password, passkey, or <c>oidc:</c> and the provider.</param>
    /// <param name="second">An authenticator app, a recovery code or a passkey was shown: roles go into the session only then. Demonstration accounts need none.</param>
    /// <param name="actsFor">The organisation that the person has chosen, or <see cref="Nobody"/>; null: the only one that there is, or none yet. One that the person may not act for is nothing.</param>
    public async Task<(ClaimsPrincipal Principal, AuthenticationProperties Properties)> MakeAsync(
        Person person, string scheme, string method, bool second, Guid? actsFor = null, CancellationToken ct = default)
    {
        if (person.IsShut) throw new RuleBroken("identity.sign-in.wrong") { Status = 401 };
        var now = clock.GetUtcNow();
        var roles = await db.Roles.Where(r => r.Person == person.Id).Select(r => r.Name).ToListAsync(ct);
        var whole = second || roles.Count == 0 || await db.DemonstrationAccounts.AnyAsync(a => a.Person == person.Id, ct);
        var (idle, longest) = roles.Count > 0 ? Sessions.OfAuthority : Sessions.OfParticipants;
        if (scheme == Sessions.Bearer) longest = Sessions.OfAuthority.Longest;

        var session = new UserSession
        {
            Id = Guid.CreateVersion7(), Person = person.Id, StartedAt = now, Until = now + longest, Method = method, HasSecondFactor = second,
            Device = scheme == Sessions.Bearer ? "API" : Devices.Name(Http.Request.Headers.UserAgent.ToString()),
        };
        db.Add(session);
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, person.Id.ToString()),
            new(ClaimTypes.Name, person.DisplayName),
            new(Sessions.SessionId, session.Id.ToString()),
            new(Sessions.IssuedAt, Milliseconds(now.ToUnixTimeMilliseconds() > allEnded.ToUnixTimeMilliseconds() ? now : allEnded.AddMilliseconds(1))),
            new(Sessions.Until, Milliseconds(session.Until)),
        };
        if (roles.Count > 0) claims.Add(new(Sessions.Authority, "1"));
        if (whole) claims.AddRange(roles.Select(role => new Claim(ClaimTypes.Role, role)));

        // No mandates: each service decides on its own copy of them (design, 7). This is only for whom the person wants to act.
        var mandates = await db.Mandates.Holding(now).Where(m => m.Person == person.Id)
            .Join(db.Organisations.ThatMayAct(), m => m.Organisation, o => o.Id, (m, o) => new { o.Id, o.Name }).ToListAsync(ct);
        if (mandates.Count > 0) claims.Add(new(Sessions.Mandates, mandates.Count.ToString(CultureInfo.InvariantCulture)));
        if (actsFor == Nobody) claims.Add(new(Sessions.ActsFor, Sessions.Nobody));
        else if ((actsFor is { } chosen ? mandates.Find(m => m.Id == chosen) : mandates.Count == 1 ? mandates[0] : null) is { } act)
        {
            claims.Add(new(Sessions.ActsFor, act.Id.ToString()));
            claims.Add(new(Sessions.ActsForName, JsonSerializer.Serialize(act.Name, Wire.Json)));
        }
        await db.SaveChangesAsync(ct);
        return (new(new ClaimsIdentity(claims, scheme)), new() { IsPersistent = true, IssuedUtc = now, ExpiresUtc = now + idle });
    }

    /// <summary>Signs this browser in with a new session; the one that it came with ends.</summary>
    public async Task OpenAsync(Person person, string method, bool second, Guid? actsFor = null, CancellationToken ct = default)
    {
        var before = new CurrentUser(Http.User).Session;
        var (principal, properties) = await MakeAsync(person, Sessions.Cookie, method, second, actsFor, ct);
        if (before is { } old) await EndAsync(old, new CurrentUser(Http.User).Id, ct);
        await Http.SignInAsync(Sessions.Cookie, principal, properties);
    }

    /// <summary>Opens this session anew with what its person holds now: a second factor shown, another organisation chosen, a mandate just verified.</summary>
    /// <param name="actsFor">As in <see cref="MakeAsync"/>; null: whatever was chosen before.</param>
    public async Task RenewAsync(bool? second = null, Guid? actsFor = null, CancellationToken ct = default)
    {
        var (principal, properties) = await MakeAnewAsync(Sessions.Cookie, second, actsFor, ct);
        await Http.SignInAsync(Sessions.Cookie, principal, properties);
    }

    /// <summary>As <see cref="RenewAsync"/>, for a caller that hands the session over itself: a token endpoint.</summary>
    public async Task<(ClaimsPrincipal Principal, AuthenticationProperties Properties)> MakeAnewAsync(string scheme, bool? second, Guid? actsFor, CancellationToken ct)
    {
        var user = new CurrentUser(Http.User);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == user.Id, ct) ?? throw new RuleBroken("denied.sign-in") { Status = 403 };
        var session = user.Session is { } id ? await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
        var kept = user.ActsForNobody ? Nobody : user.ActsFor;
        var made = await MakeAsync(person, scheme, session?.Method ?? "code", second ?? session?.HasSecondFactor == true, actsFor ?? kept, ct);
        if (user.Session is { } old) await EndAsync(old, user.Id, ct);
        return made;
    }

    /// <summary>Ends one session everywhere.</summary>
    public async Task EndAsync(Guid session, Guid person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Sessions.Where(s => s.Id == session && s.Person == person && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        db.Announce(new AccessRevoked(person, now, session));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>All sessions of the person, and API tokens that the person answers for, open nothing any more. It does not save.</summary>
    public async Task EndAllAsync(Guid person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var session in await db.Sessions.Where(s => s.Person == person && s.EndedAt == null).ToListAsync(ct)) session.EndedAt = now;
        foreach (var token in await db.ApiTokens.Where(t => t.Person == person && t.RevokedAt == null).ToListAsync(ct)) token.RevokedAt = now;
        allEnded = now;
        db.Announce(new AccessRevoked(person, now));
        db.Record(Http.User.Identity?.IsAuthenticated == true ? new CurrentUser(Http.User).Id : person, now, "sessions.ended", person: person);
    }

    static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a browser calls itself, in two words: enough to know one's own again, too little to tell people apart by.</summary>
internal static class Devices
{
    public static string Name(string agent)
    {
        string? First(params (string Mark, string Name)[] known) => known.Where(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Select(k => k.Name).FirstOrDefault();
        var browser = First(("YaBrowser", "Яндекс Браузер"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = First(("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"));
        return string.Join(", ", new[] { browser, system }.OfType<string>()) is { Length: > 0 } name ? name : "?";
    }
}
