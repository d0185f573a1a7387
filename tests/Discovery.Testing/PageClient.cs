using System.Net;
using System.Text.RegularExpressions;

namespace Discovery.Testing;

/// <summary>A browser without scripts: keeps cookies, follows no redirect by itself, and sends forms with their antiforgery token.</summary>
/// <param name="address">Of the portal.</param>
/// <param name="network">The address that a proxy says the request is from; null for this machine's.</param>
public sealed partial class PageClient(Uri address, string? network = null) : IDisposable
{
    readonly CookieContainer cookies = new();
    HttpClient? client;

    /// <summary>Of the last answer.</summary>
    public string Body { get; private set; } = "";

    public Uri? Location { get; private set; }

    public CookieCollection Cookies => cookies.GetCookies(address);

    /// <summary>A cookie of another browser: somebody copied it.</summary>
    public void Take(Cookie cookie) => cookies.Add(address, new Cookie(cookie.Name, cookie.Value));

    HttpClient Http => client ??= Make();

    HttpClient Make()
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseCookies = true }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        if (network is not null) http.DefaultRequestHeaders.Add("X-Forwarded-For", network);
        return http;
    }

    /// <returns>Its status.</returns>
    public async Task<int> GoAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return await ReadAsync(answer);
    }

    /// <summary>Reads the page at <paramref name="path"/> and sends a form of it, with the values given and what its hidden fields hold.</summary>
    /// <param name="to">Where the form goes; null: to the page itself.</param>
    /// <returns>The status of the answer to the form.</returns>
    public async Task<int> SendAsync(string path, IReadOnlyDictionary<string, string> values, string? to = null)
    {
        if (await GoAsync(path) is not 200 and var status) throw new HttpRequestException($"{path} answered {status} {Location}");
        var fields = new Dictionary<string, string>(values) { ["__RequestVerificationToken"] = Token().Match(Body).Groups[1].Value };
        using var answer = await Http.PostAsync(to ?? path, new FormUrlEncodedContent(fields));
        return await ReadAsync(answer);
    }

    public Task<HttpResponseMessage> AskAsync(HttpRequestMessage request) => Http.SendAsync(request);

    async Task<int> ReadAsync(HttpResponseMessage answer)
    {
        (Body, Location) = (await answer.Content.ReadAsStringAsync(), answer.Headers.Location);
        return (int)answer.StatusCode;
    }

    public void Dispose() => client?.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
