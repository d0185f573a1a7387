using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;

namespace Discovery.Site;

/// <summary>What feeds and calendars of all services have in common at the edge: whole addresses, ids that last, and answers that a reader need not fetch twice.</summary>
public static class FeedDocument
{
    public const string Atom = "application/atom+xml";

    /// <summary>The year from which the ids of this portal's feeds are (RFC 4151): it stays as it is, whatever the year.</summary>
    private const string Since = "2026";

    /// <summary><c>Site:Address</c>; where it is not set the one that was asked for. Ids of feeds are made of it, so a portal on the internet sets it.</summary>
    public static Uri Site(this HttpRequest request, IConfiguration settings) =>
        new(settings["Site:Address"] is { Length: > 0 } known ? known.TrimEnd('/') + "/" : $"{request.Scheme}://{request.Host}/");

    /// <summary>With ETag and time of the last change: a reader that has it is answered 304.</summary>
    public static FileContentResult Answer(byte[] content, string type, DateTimeOffset updated) => new(content, type + "; charset=utf-8")
    {
        EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\""),
        LastModified = updated,
    };

    // The languages of one feed are two documents: a reader that has both would otherwise take one for a newer version of the other.
    public static string Tag(Uri site, string what) => string.Create(CultureInfo.InvariantCulture, $"tag:{site.IdnHost},{Since}:{what}/{Lang.Current}");

    /// <summary>As Atom (RFC 4287), with its own address and that of the page that shows the same.</summary>
    public static byte[] Write(SyndicationFeed feed, Uri site, string own, string page)
    {
        feed.Links.Add(SyndicationLink.CreateSelfLink(new Uri(site, own), Atom));
        feed.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(site, page), "text/html"));
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false) })) new Atom10FeedFormatter(feed).WriteTo(xml);
        return bytes.ToArray();
    }
}
