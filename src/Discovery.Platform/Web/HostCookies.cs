using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Discovery.Platform.Web;

/// <summary>
/// Over HTTPS the session cookie is called <c>__Host-…</c>: browsers then take it only with Secure, for this very host and for the path <c>/</c>,
/// so that no other host of the domain can plant one. Over plain HTTP, where one tries it out, that name would not be taken at all.
/// </summary>
public sealed class HostCookies : ICookieManager
{
    readonly ChunkingCookieManager cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => cookies.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        options.Path = "/";
        cookies.AppendResponseCookie(context, Name(context, key), value, options);
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        options.Path = "/";
        cookies.DeleteCookie(context, Name(context, key), options);
    }

    static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
}
