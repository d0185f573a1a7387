using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>What a page costs whoever opens it, and what it may cost: the budget holds for every page in every state.</summary>
public sealed partial class Weight
{
    const int Html = 30 << 10, Css = 12 << 10, Js = 20 << 10, Requests = 8;

    static readonly ConcurrentDictionary<string, Lazy<Task<long>>> Sent = new();

    readonly Uri address;
    readonly ConcurrentQueue<string> asked = new();
    IResponse? page;

    public Weight(TheSite site, IPage window)
    {
        address = site.Address;
        window.Request += (_, request) =>
        {
            // A new page begins; what sent the browser on to it is not of it.
            if (request.IsNavigationRequest) asked.Clear();
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal)) asked.Enqueue(request.Url);
        };
        window.Response += (_, answer) => { if (answer.Request.IsNavigationRequest && answer.Status is < 300 or >= 400) page = answer; };
    }

    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var faults = new List<string>();
        if (page is null) return ["no page was seen"];
        var (body, policy) = (await page.BodyAsync(), await page.HeaderValueAsync("content-security-policy") ?? "");
        if (body.Length > Html) faults.Add($"HTML: {body.Length} bytes");
        var urls = asked.ToArray();
        // A part is a page of another service, with a budget of its own as a page: what the desk shows comes from as many services as have something to say.
        var own = urls.Where(u => !u.Contains("part=", StringComparison.Ordinal)).ToList();
        if (own.Count > Requests) faults.Add($"requests: {own.Count}: {string.Join(" ", own)}");
        faults.AddRange(urls.Where(u => new Uri(u) is not { IsLoopback: true } uri || uri.Port != address.Port).Select(u => "another host: " + u));
        foreach (var (kind, most) in new[] { (".css", Css), (".js", Js) })
        {
            var sum = 0L;
            foreach (var url in urls.Where(u => new Uri(u).AbsolutePath.EndsWith(kind, StringComparison.Ordinal))) sum += await Sent.GetOrAdd(url, _ => new(() => CompressedAsync(url))).Value;
            if (sum > most) faults.Add($"{kind}: {sum} bytes");
        }
        if (!policy.StartsWith("default-src 'self';", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal)) faults.Add("policy: " + policy);
        if (Escaped().IsMatch(Encoding.UTF8.GetString(body))) faults.Add("Cyrillic letters are escaped");
        return faults;
    }

    // As the server has it for browsers that understand Brotli, which are all.
    static async Task<long> CompressedAsync(string url)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        return (await http.GetByteArrayAsync(url)).LongLength;
    }

    [GeneratedRegex("&#x4[0-9A-F]{2};")]
    private static partial Regex Escaped();
}
