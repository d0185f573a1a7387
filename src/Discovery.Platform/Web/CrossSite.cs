using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Discovery.Platform.Web;

/// <summary>
/// What is sent here may come from anywhere: a secret in the address says that it may, and who is signed in says nothing. Mail programs end subscriptions so (RFC 8058).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FromAnySiteAttribute : Attribute;

public static class CrossSite
{
    /// <summary>
    /// Refuses with 400 what another site makes a browser do here: requests that change something and come from elsewhere by Sec-Fetch-Site, or by Origin where
    /// an older browser or plain HTTP sends no other (OWASP Cross-Site Request Forgery Prevention, "Fetch Metadata"). Pages have their antiforgery token besides;
    /// the API has none, so there a cookie alone, with neither header, is refused too: programs come with a token.
    /// </summary>
    public static void UseOwnSiteOnly(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (IsSafe(http.Request.Method) || IsOwn(http) || http.GetEndpoint()?.Metadata.GetMetadata<FromAnySiteAttribute>() is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    static bool IsOwn(HttpContext http)
    {
        var (site, origin) = (http.Request.Headers["Sec-Fetch-Site"].ToString(), http.Request.Headers.Origin.ToString());
        // "none": typed or from a bookmark, which no other site can bring about.
        if (site.Length > 0) return site is "same-origin" or "none";
        if (origin.Length > 0) return Uri.TryCreate(origin, UriKind.Absolute, out var from) && new HostString(from.Authority) == Host(http.Request, from);
        return !http.Request.Path.StartsWithSegments("/api") || http.User.Identity?.AuthenticationType != Sessions.Cookie;
    }

    // Authority leaves out the port that goes without saying; so may Host, or not.
    static HostString Host(HttpRequest request, Uri from) => from.IsDefaultPort ? new(request.Host.Host) : request.Host;

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
