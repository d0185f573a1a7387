using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Discovery.Platform.Web;

/// <summary>Sign-in that one service gives and all read: a cookie for pages, a bearer token for the API, both sealed by the shared key ring.</summary>
public static class Sessions
{
    public const string Cookie = "Identity.Application", Bearer = "Identity.Bearer", IssuedAt = "iat", SessionId = "sid";

    /// <summary>Unix milliseconds after which the session has ended, however busy it was.</summary>
    public const string Until = "until";

    /// <summary>The person holds roles of the authority. Without a second factor the session carries this and not the roles.</summary>
    public const string Authority = "authority";

    /// <summary>The organisation that the person has chosen to act for, and its name as JSON.</summary>
    public const string ActsFor = "act", ActsForName = "act-name";

    /// <summary>Value of <see cref="ActsFor"/>: the person has chosen to act for no organisation.</summary>
    public const string Nobody = "none";

    /// <summary>How many organisations there were to choose from when the session was opened; missing where there was none.</summary>
    public const string Mandates = "mandates";

    /// <summary>An API token of a program; what it may is in claims of the type <see cref="Scope"/>.</summary>
    public const string Machine = "machine", Scope = "scope";

    /// <summary>How long a session lasts without a request, and at most.</summary>
    public static readonly (TimeSpan Idle, TimeSpan Longest) OfParticipants = (TimeSpan.FromDays(14), TimeSpan.FromDays(90)), OfAuthority = (TimeSpan.FromMinutes(30), TimeSpan.FromHours(12));

    /// <summary>The claim of <c>discovery</c>'s own tools, which fill demonstration and imported rounds.</summary>
    public const string Tool = "tool";

    public static void AddSessions(this IHostApplicationBuilder host)
    {
        host.AddKeyRing();
        host.Services.AddHttpContextAccessor();
        host.Services.AddScoped(p => new CurrentUser(p.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? new()));
        host.Services.AddAuthentication("session")
            .AddPolicyScheme("session", null, o => o.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal) ? Bearer : Cookie)
            .AddCookie(Cookie, o =>
            {
                o.Cookie.Name = "discovery";
                o.CookieManager = new HostCookies();
                // The ticket has its own, shorter length; a renewal keeps it.
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.HttpOnly = true;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = OfParticipants.Idle;
                o.Events.OnRedirectToLogin = context => Answer(context, 401);
                o.Events.OnRedirectToAccessDenied = context => Answer(context, 403);
            })
            .AddBearerToken(Bearer, o => o.BearerTokenExpiration = TimeSpan.FromHours(12));
        host.Services.AddSingleton<Revocations>();
        host.Services.AddHostedService(p => p.GetRequiredService<Revocations>());
        host.Services.AddAuthorizationBuilder()
            .AddPolicy(Tool, p => p.RequireClaim(Tool));
        host.Services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "discovery-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    /// <summary>A bearer token for a tool on this machine: whoever may read the key ring may fill a demonstration. It opens no endpoint that a live round has.</summary>
    public static string TokenForTool(IServiceProvider services) =>
        Token(services, new Claim(ClaimTypes.NameIdentifier, Guid.Empty.ToString()), new Claim(Tool, "discovery"));

    /// <summary>Seals a bearer token with these claims. Load generators and tests make voters with it; it needs the key ring.</summary>
    public static string Token(IServiceProvider services, params Claim[] claims) => TokenUntil(services, DateTimeOffset.UtcNow.AddHours(12), claims);

    /// <summary>As above, good until <paramref name="expires"/>.</summary>
    public static string TokenUntil(IServiceProvider services, DateTimeOffset expires, params Claim[] claims)
    {
        var identity = new ClaimsIdentity([.. claims, new Claim(IssuedAt, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString())], Bearer);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expires }, $"{Bearer}:AccessToken");
        return services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(Bearer).BearerTokenProtector.Protect(ticket);
    }

    // Relative, so that no process needs to know the public address; under /api a bare status, which problem details then dress.
    static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var http = context.HttpContext;
        var page = http.Request.Path + http.Request.QueryString;
        if (status == 401 && !http.Request.Path.StartsWithSegments("/api"))
            http.Response.Redirect($"/{Thread.CurrentThread.CurrentUICulture.TwoLetterISOLanguageName}/sign-in?returnUrl={Uri.EscapeDataString(page)}");
        else http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
