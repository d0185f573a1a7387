using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Discovery.Site;

/// <summary>Addresses of Site's static files with their fingerprint, for places that Razor does not rewrite (<c>use href</c>).</summary>
internal static class Assets
{
    public static string Url(HttpContext http, string file)
    {
        var path = "_content/Discovery.Site/" + file;
        var known = http.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        return $"{http.Request.PathBase}/{known?[path] ?? path}";
    }
}
