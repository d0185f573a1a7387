using System.Text.RegularExpressions;
using Discovery.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Access;

/// <summary>One thing that can be asked of the application: a path with a method, and for pages the handler of a form.</summary>
/// <param name="Pattern">The route with bare parameters: <c>/{lang}/organisations/{id}</c>.</param>
/// <param name="Service">Whose it is; null for what every process answers.</param>
internal sealed record Endpoint(string Method, string Pattern, string? Handler, bool IsPage, string? Service)
{
    public bool IsSafe => Method is "GET" or "HEAD";

    /// <summary>As it stands in tables: <c>POST /{lang}/organisations/{id}?handler=Revoke</c>.</summary>
    public string Key => $"{Method} {Pattern}{(Handler is null ? "" : "?handler=" + Handler)}";

    public IEnumerable<string> Parameters => Enumerable.Select(Endpoints.Parameter().Matches(Pattern), m => m.Groups[1].Value);

    /// <summary>The address for these values of the parameters.</summary>
    public string At(Func<string, string> value) =>
        Endpoints.Parameter().Replace(Pattern, m => Uri.EscapeDataString(value(m.Groups[1].Value))) + (Handler is null ? "" : "?handler=" + Handler);
}

internal static partial class Endpoints
{
    /// <summary>Everything that the running application answers, but single static files: one of them stands for all.</summary>
    public static async Task<IReadOnlyList<Endpoint>> AllAsync(DiscoveryApp app)
    {
        var found = new HashSet<Endpoint>();
        foreach (var services in DiscoveryApp.ServiceNames.Select(app.Of).Distinct())
            foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
            {
                var pattern = Parameter().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), m => $"{{{m.Groups[1].Value}}}");
                if (pattern.Length > 1) pattern = pattern.TrimEnd('/');
                // Static files; what is built and not published has one more endpoint for those that came later.
                if ((pattern.StartsWith("/_", StringComparison.Ordinal) && pattern != StaticFile) || endpoint.RoutePattern.RawText == "{**path:file}") continue;
                if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                {
                    var service = DiscoveryApp.ServiceNames.SingleOrDefault(s => page.RelativePath.StartsWith($"/Pages/{s}/", StringComparison.OrdinalIgnoreCase));
                    found.Add(new("GET", pattern, null, true, service));
                    var compiled = await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
                    foreach (var handler in compiled.HandlerMethods.Where(h => h.HttpMethod != "Get"))
                        found.Add(new(handler.HttpMethod.ToUpperInvariant(), pattern, handler.Name, true, service));
                }
                else
                    foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                        if (method != "HEAD") found.Add(new(method, pattern, null, false, endpoint.Metadata.GetMetadata<IModule>()?.Name));
            }
        return [.. found.OrderBy(e => e.Pattern, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal).ThenBy(e => e.Handler, StringComparer.Ordinal)];
    }

    const string StaticFile = "/_content/Discovery.Site/design.css";

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    internal static partial Regex Parameter();
}
