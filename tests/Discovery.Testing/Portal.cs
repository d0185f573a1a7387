using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Discovery.Testing;

/// <summary>
/// An installation as its users meet it: an address, and people who are signed in. Tokens are sealed with the installation's own key ring,
/// so that nobody has to type a password two hundred times.
/// </summary>
public abstract class Portal : IAsyncDisposable
{
    readonly SocketsHttpHandler connections = new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) };

    readonly Lazy<Task<Town>> town;

    protected Portal() => town = new(() => Testing.Town.SettleAsync(this));

    public abstract Uri Address { get; }

    /// <summary>Services that hold the installation's key ring.</summary>
    protected abstract IServiceProvider KeyRing { get; }

    /// <summary>The participants, entered when a test first asks for them.</summary>
    public Task<Town> Town => town.Value;

    public HttpClient Anonymous => Client(null);

    /// <summary>The installation's own tool, which fills demonstrations and imported rounds.</summary>
    public HttpClient AsTool() => Client(Sessions.TokenForTool(KeyRing));

    /// <summary>Somebody of the authority: <c>official</c>, <c>auditor</c>, <c>moderator</c>, <c>administrator</c>; a second one is <c>official 2</c>.</summary>
    public HttpClient As(string who, string region = "*") =>
        Client(Sessions.Token(KeyRing, Name(Id(who)), new(ClaimTypes.Name, who), new(ClaimTypes.Role, $"{region}:{who.Split(' ')[0]}")));

    /// <summary>Somebody without a role.</summary>
    public HttpClient AsVoter(Guid person) => Client(Sessions.Token(KeyRing, Name(person), new(ClaimTypes.Name, "Voter")));

    public HttpClient WithToken(string? token) => Client(token);

    /// <summary>Whoever has these claims, with a bearer token; without claims nobody.</summary>
    public HttpClient With(IReadOnlyCollection<Claim> claims) => Client(claims.Count == 0 ? null : Sessions.Token(KeyRing, [.. claims]));

    /// <summary>A browser in which whoever has these claims is signed in; without claims nobody. It has been on a page with a form already.</summary>
    /// <returns>The browser with its cookies, and the token that its forms carry.</returns>
    public (HttpClient Http, string Form) AsBrowser(IReadOnlyCollection<Claim> claims)
    {
        var now = DateTimeOffset.UtcNow;
        var user = claims.Count == 0 ? new ClaimsIdentity() : new ClaimsIdentity([.. claims, new(Sessions.IssuedAt, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))], Sessions.Cookie);
        var page = new DefaultHttpContext { RequestServices = KeyRing, User = new(user) };
        var form = KeyRing.GetRequiredService<IAntiforgery>().GetTokens(page);
        var cookies = $"{KeyRing.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name}={form.CookieToken}";
        if (claims.Count > 0)
        {
            var options = KeyRing.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Sessions.Cookie);
            var ticket = new AuthenticationTicket(page.User, new() { IssuedUtc = now, ExpiresUtc = now.AddHours(1) }, Sessions.Cookie);
            cookies += $"; {options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
        }
        var http = Client(null);
        http.DefaultRequestHeaders.Add("Cookie", cookies);
        return (http, form.RequestToken!);
    }

    /// <summary>Asks until the answer is as wished: services learn of each other's facts a moment later.</summary>
    public async Task<JsonElement> Until(HttpClient who, string path, Func<JsonElement, bool> wished, int seconds = 120)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        var last = "";
        while (DateTime.UtcNow < until)
        {
            try
            {
                using var answer = await who.GetAsync(path);
                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
                if (answer.IsSuccessStatusCode && JsonDocument.Parse(last[4..]).RootElement.Clone() is var json && wished(json)) return json;
            }
            catch (HttpRequestException e) { last = e.Message; }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{path} was not as wished within {seconds} s; last answer: {last}");
    }

    public static async Task Until(Func<Task<bool>> holds, string what, int seconds = 120)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        while (!await holds())
        {
            if (DateTime.UtcNow > until) throw new TimeoutException($"Waited {seconds} s in vain: {what}");
            await Task.Delay(50);
        }
    }

    /// <summary>The same name is the same id everywhere.</summary>
    public static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("test/" + name))[..16]);

    HttpClient Client(string? token)
    {
        var http = new HttpClient(connections, disposeHandler: false) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.AcceptLanguage.Add(new("en"));
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    static Claim Name(Guid id) => new(ClaimTypes.NameIdentifier, id.ToString());

    public virtual ValueTask DisposeAsync()
    {
        connections.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
