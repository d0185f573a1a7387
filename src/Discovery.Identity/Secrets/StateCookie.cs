using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Discovery.Identity.Secrets;

/// <summary>What this browser is in the middle of: sealed, for minutes, and read by the server only.</summary>
internal sealed class StateCookie(IDataProtectionProvider protection, IHttpContextAccessor accessor)
{
    static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    HttpContext Http => accessor.HttpContext!;

    public void Keep(string name, string value) =>
        Http.Response.Cookies.Append(Called(name), Protector(name).Protect(value, Life), Options());

    /// <summary>Null where there is none, or one that is old or not of this installation.</summary>
    public string? Read(string name)
    {
        try { return Http.Request.Cookies[Called(name)] is { Length: > 0 } value ? Protector(name).Unprotect(value) : null; }
        catch (CryptographicException) { return null; }
    }

    /// <summary>Reads it for the last time.</summary>
    public string? Take(string name)
    {
        var value = Read(name);
        Http.Response.Cookies.Delete(Called(name), Options());
        return value;
    }

    // As with the session: no other host of the domain can plant it.
    string Called(string name) => Http.Request.IsHttps ? "__Host-" + name : name;

    ITimeLimitedDataProtector Protector(string name) => protection.CreateProtector("identity", "state", name).ToTimeLimitedDataProtector();

    CookieOptions Options() => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, MaxAge = Life, Path = "/", IsEssential = true };
}
