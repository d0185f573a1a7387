using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Site;

public static partial class SiteHeaders
{
    /// <summary>
    /// What browsers may do with our answers: only our own scripts, styles, pictures and forms, never inside another site's frame, and once they came over HTTPS
    /// nothing but that. What somebody sees who is signed in is kept by no cache. On the very way out, because an error clears what was set before it.
    /// </summary>
    public static void UseSiteHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // The path may be another one then: that of the error page.
        var path = http.Request.Path;
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            // The API reference is a foreign page with scripts inside; it shows nobody's data.
            var inline = path.Value?.TrimEnd('/') == "/api" ? "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:" : "";
            // Only where nobody has said otherwise: a page may be stricter, and behind the gateway the service has spoken already.
            headers.TryAdd("Content-Security-Policy", "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'" + inline);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            if (http.Request.IsHttps) headers.TryAdd("Strict-Transport-Security", "max-age=63072000");
            headers.TryAdd("Cache-Control", http.User.Identity?.IsAuthenticated == true ? "no-store" : "no-cache");
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>During a rolling update pages of one version ask a process of another for its assets: give them ours, uncached.</summary>
    public static void UseOtherVersionsAssets(this WebApplication app)
    {
        var known = new Lazy<HashSet<string>>(() =>
            [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))]);
        app.Use((http, next) =>
        {
            var path = http.Request.Path.Value ?? "";
            if (path.StartsWith("/_content/", StringComparison.Ordinal) && !known.Value.Contains(path) && Fingerprint().Match(path) is { Success: true } match)
            {
                http.Request.Path = match.Groups[1].Value + match.Groups[2].Value;
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers.CacheControl = "no-store";
                    return Task.CompletedTask;
                });
            }
            return next(http);
        });
    }

    [GeneratedRegex(@"^(/_content/.+)\.[0-9a-z]{10}(\.[a-z0-9]+)$")]
    private static partial Regex Fingerprint();
}
