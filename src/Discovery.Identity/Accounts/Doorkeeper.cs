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
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Opens sessions and ends them. Each opening has a new id, also when a second factor or another organisation changes what a session carries.</summary>
internal sealed class Doorkeeper(IdentityDb db, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Said instead of an organisation: none, by the person's choice.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    // What was issued before it is over; what is opened in the same millisecond is not.
    DateTimeOffset allEnded;

    HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Makes the session and keeps its row; a page then signs in with it (<see cref="OpenAsync"/>), a token endpoint seals it.</summary>
    /// <param name="method">code, password, passkey, or <c>oidc:</c> and the provider.</param>
    /// <param name="second">An authenticator app, a recovery code or a passkey was shown: roles go into the session only then. Demonstration accounts need none.</param>
    /// <param name="actsFor">The organisation that the person has chosen, or <see cref="Nobody"/>; null: the only one that there is, or none yet. One that the person may not act for is nothing.</param>
    /// <param name="since">When the person showed who it is, if not just now.</param>
    public async Task<(ClaimsPrincipal Principal, AuthenticationProperties Properties)> MakeAsync(
        Person person, string scheme, string method, bool second, Guid? actsFor = null, DateTimeOffset? since = null, CancellationToken ct = default)
    {
        if (person.IsShut) throw new RuleBroken("identity.sign-in.wrong") { Status = 401 };
        var now = clock.GetUtcNow();
        var roles = await db.Roles.Where(r => r.Person == person.Id).Select(r => r.Name).ToListAsync(ct);
        var whole = second || roles.Count == 0 || await db.DemonstrationAccounts.AnyAsync(a => a.Person == person.Id, ct);
        var (idle, longest) = roles.Count > 0 ? Sessions.OfAuthority : Sessions.OfParticipants;
        if (scheme == Sessions.Bearer) longest = Sessions.OfAuthority.Longest;

        var session = new UserSession
        {
            Id = Guid.CreateVersion7(), Person = person.Id, StartedAt = since ?? now, Until = (since ?? now) + longest, Method = method, HasSecondFactor = second,
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
    /// <returns>Who is signed in from the next request on.</returns>
    public async Task<CurrentUser> OpenAsync(Person person, string method, bool second, Guid? actsFor = null, DateTimeOffset? since = null, CancellationToken ct = default)
    {
        var before = new CurrentUser(Http.User).Session;
        var (principal, properties) = await MakeAsync(person, Sessions.Cookie, method, second, actsFor, since, ct);
        if (before is { } old) await EndAsync(old, new CurrentUser(Http.User).Id, ct);
        await Http.SignInAsync(Sessions.Cookie, principal, properties);
        return new(principal);
    }

    /// <summary>Opens this session anew with what its person holds now: a second factor shown, another organisation chosen, a mandate just verified.</summary>
    /// <param name="actsFor">As in <see cref="MakeAsync"/>; null: whatever was chosen before.</param>
    /// <returns>Who is signed in from the next request on.</returns>
    public async Task<CurrentUser> RenewAsync(bool? second = null, Guid? actsFor = null, CancellationToken ct = default)
    {
        var (principal, properties) = await MakeAnewAsync(Sessions.Cookie, second, actsFor, ct);
        await Http.SignInAsync(Sessions.Cookie, principal, properties);
        return new(principal);
    }

    /// <summary>As <see cref="RenewAsync"/>, for a caller that hands the session over itself: a token endpoint.</summary>
    public async Task<(ClaimsPrincipal Principal, AuthenticationProperties Properties)> MakeAnewAsync(string scheme, bool? second, Guid? actsFor, CancellationToken ct)
    {
        var user = new CurrentUser(Http.User);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == user.Id, ct) ?? throw new RuleBroken("denied.sign-in") { Status = 403 };
        var session = user.Session is { } id ? await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
        // A copied cookie must not outlive its session by being renewed before the revocation has been heard here.
        if (session is { EndedAt: not null } && allEnded == default) throw new RuleBroken("denied.sign-in") { Status = 403 };
        var kept = user.ActsForNobody ? Nobody : user.ActsFor;
        var made = await MakeAsync(person, scheme, session?.Method ?? "code", second ?? session?.HasSecondFactor == true, actsFor ?? kept, session?.StartedAt, ct);
        if (user.Session is { } old) await EndAsync(old, user.Id, ct);
        return made;
    }

    /// <summary>How sessions are opened and where letters go is changed only soon after signing in, so that a browser left open is not enough (ASVS 7.5.1).</summary>
    /// <exception cref="RuleBroken"><c>identity.stale</c>: sign in again. <c>identity.second.first</c>: there is a second factor and this session has not shown it; with the first alone nobody adds another.
    /// <c>identity.second.password</c>: the first second factor is bound to the password that was handed over, and a mailbox alone gets no role.</exception>
    public async Task MustBeFreshAsync(CancellationToken ct)
    {
        await MustHaveShownSecondAsync(ct);
        if (await NeedsPasswordAsync(ct)) throw new RuleBroken("identity.second.password") { Status = 403 };
        if (!await IsFreshAsync(ct)) throw new RuleBroken("identity.stale");
    }

    /// <exception cref="RuleBroken"><c>identity.second.first</c>: there is a second factor, and this session has not shown it.</exception>
    public async Task MustHaveShownSecondAsync(CancellationToken ct)
    {
        var user = new CurrentUser(Http.User);
        if (user.LacksSecondFactor && (await db.Users.AnyAsync(p => p.Id == user.Id && p.TwoFactorEnabled, ct) || await db.Set<IdentityUserPasskey<Guid>>().AnyAsync(p => p.UserId == user.Id, ct)))
            throw new RuleBroken("identity.second.first") { Status = 403 };
    }

    /// <summary>Holds a role, has no second factor yet, has been given a password, and came in without it.</summary>
    public async Task<bool> NeedsPasswordAsync(CancellationToken ct)
    {
        var user = new CurrentUser(Http.User);
        return user.LacksSecondFactor && await db.Users.AnyAsync(p => p.Id == user.Id && p.PasswordHash != null, ct)
            && !await db.Sessions.AnyAsync(s => s.Id == user.Session && s.Method == "password", ct);
    }

    public async Task<bool> IsFreshAsync(CancellationToken ct)
    {
        var (id, since) = (new CurrentUser(Http.User).Session, clock.GetUtcNow() - Fresh);
        return id is not null && await db.Sessions.AnyAsync(s => s.Id == id && s.StartedAt > since, ct);
    }

    /// <summary>Whether this browser's present session is the same person's and has shown a second factor: whoever signs in again need not show it again.</summary>
    public async Task<bool> HasShownSecondAsync(Person person, CancellationToken ct)
    {
        var user = new CurrentUser(Http.User);
        return user.Id == person.Id && user.Session is { } id && await db.Sessions.AnyAsync(s => s.Id == id && s.HasSecondFactor && s.EndedAt == null, ct);
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

    /// <summary>All sessions end but this one, which goes on under a new id. For whatever changes how the account is signed in to.</summary>
    public async Task EndOthersAsync(CancellationToken ct)
    {
        await EndAllAsync(new CurrentUser(Http.User).Id, ct);
        await db.SaveChangesAsync(ct);
        await RenewAsync(ct: ct);
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
