using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Discovery.Identity.Secrets;

/// <summary>Whole addresses for letters: <c>Site:Address</c> (<c>https://portal.example</c>), or where it is not set the one that the asking browser used.</summary>
internal sealed class Links(IConfiguration settings, IHttpContextAccessor http)
{
    public string To(string place)
    {
        var request = http.HttpContext?.Request;
        var site = settings["Site:Address"] is { Length: > 0 } known ? known.TrimEnd('/') : request is null ? "" : $"{request.Scheme}://{request.Host}";
        return site + place;
    }
}
