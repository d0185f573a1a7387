using System.Net;
using Discovery.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Discovery.Identity.Secrets;

/// <summary>
/// Whole addresses for letters: <c>Site:Address</c> (<c>https://portal.example</c>). Where it is not set only this machine's own names will do: anything else
/// in the request's Host would let whoever asks put a link to elsewhere into the portal's letters.
/// </summary>
internal sealed class Links(IConfiguration settings, IHttpContextAccessor http)
{
    /// <param name="last">What <c>To("")</c> answered when somebody asked: for letters that nobody asks for now.</param>
    public string To(string place, string? last = null)
    {
        var request = http.HttpContext?.Request;
        if (settings["Site:Address"] is { Length: > 0 } known) return known.TrimEnd('/') + place;
        if (last is not null) return last + place;
        if (request is null || !(request.Host.Host is "localhost" || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address)))) throw new RuleBroken("identity.address.unset") { Status = 503 };
        return $"{request.Scheme}://{request.Host}{place}";
    }
}
