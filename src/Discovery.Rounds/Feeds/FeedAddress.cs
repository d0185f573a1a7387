using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;

namespace Discovery.Rounds.Feeds;

/// <summary>What feeds and calendars have in common at the edge: whole addresses, and answers that a reader need not fetch twice.</summary>
internal static class FeedAddress
{
    /// <summary><c>Site:Address</c>; where it is not set the one that was asked for. Ids of feeds are made of it, so a portal on the internet sets it.</summary>
    public static Uri Site(this HttpRequest request, IConfiguration settings) =>
        new(settings["Site:Address"] is { Length: > 0 } known ? known.TrimEnd('/') + "/" : $"{request.Scheme}://{request.Host}/");

    /// <summary>With ETag and time of the last change: a reader that has it is answered 304.</summary>
    public static FileContentResult Document(byte[] content, string type, DateTimeOffset updated) => new(content, type)
    {
        EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..32]}\""),
        LastModified = updated,
    };
}
