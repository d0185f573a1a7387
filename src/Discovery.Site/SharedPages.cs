using System.Security.Cryptography;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Discovery.Site;

/// <summary>
/// This page shows the same to everybody of whom the request says nothing: it may be answered from memory. Only for pages that write nothing, ask nothing about the
/// sender, and are made from their service's database and the clock.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedPageAttribute : Attribute
{
    /// <summary>Shows each of <see cref="Visitor.Kinds"/> kinds of visitors something else, an order for example: it is kept for each of them.</summary>
    public bool ByVisitor { get; init; }
}

/// <summary>Tells visitors apart where it does no harm to take two for one, without a cookie and without keeping anything.</summary>
public static class Visitor
{
    public const int Kinds = 16;

    /// <returns>From 0; for one person the same on every device, for the anonymous by the address from which they ask.</returns>
    public static int Of(HttpContext http, CurrentUser user)
    {
        var bytes = user.IsSignedIn ? user.Id.ToByteArray() : http.Connection.RemoteIpAddress?.GetAddressBytes() ?? [];
        return SHA256.HashData(bytes)[0] % Kinds;
    }
}

/// <summary>
/// Keeps answers of shared pages for two seconds, and less when this process has written to that service's database since: whoever has changed something sees it at once.
/// Nobody with a cookie or a token is served from here, and no answer with a cookie or a form's token is kept.
/// </summary>
internal sealed class SharedPages(IReadOnlyList<IModule> modules, TimeProvider clock) : IOutputCachePolicy
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.ContainsKey(HeaderNames.Cookie) || http.Request.Headers.ContainsKey(HeaderNames.Authorization)) return default;
        if (http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<SharedPageAttribute>() is not { } shared || metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page) return default;

        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Kept;
        context.CacheVaryByRules.QueryKeys = "*";
        var owner = modules.FirstOrDefault(m => m.GetType().Assembly == page.HandlerTypeInfo.Assembly)?.Name;
        context.CacheVaryByRules.VaryByValues["version"] = owner is null ? "" : $"{http.RequestServices.GetRequiredKeyedService<DataVersion>(owner).Value}";
        // By the portal's clock, which is not always the machine's.
        context.CacheVaryByRules.VaryByValues["time"] = $"{clock.GetUtcNow().Ticks / Kept.Ticks}";
        if (shared.ByVisitor) context.CacheVaryByRules.VaryByValues["visitor"] = $"{Visitor.Of(http, new(http.User))}";
        return default;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var answer = context.HttpContext.Response;
        // A form's token brings "no-store" with it.
        if (answer.StatusCode != StatusCodes.Status200OK || !StringValues.IsNullOrEmpty(answer.Headers.SetCookie) || answer.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal))
            context.AllowCacheStorage = false;
        return default;
    }
}
