using System.Security.Claims;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Discovery.Identity.Accounts;

/// <summary>
/// Sign-in by OpenID Connect providers that the operator configures: <c>Oidc:Providers:{name}</c> with Authority, ClientId, ClientSecret, and DisplayName.
/// Authorization code flow with PKCE, state and nonce; issuer and audience are checked by the library (OpenID Connect Core 1.0; RFC 9700).
/// </summary>
internal static class ForeignSignIn
{
    public const string Scheme = "foreign", Prefix = "oidc-";

    /// <param name="Name">As in the configuration; part of the callback's address <c>/api/identity/oidc/{name}/callback</c>.</param>
    public sealed record Provider(string Name, string DisplayName);

    public static IReadOnlyList<Provider> Providers(IConfiguration configuration) =>
        [.. configuration.GetSection("Oidc:Providers").GetChildren().Where(p => p["Authority"] is { Length: > 0 }).Select(p => new Provider(p.Key.ToLowerInvariant(), p["DisplayName"] ?? p.Key))];

    public static void AddForeignSignIn(this IHostApplicationBuilder host)
    {
        var authentication = host.Services.AddAuthentication().AddCookie(Scheme, o =>
        {
            o.Cookie.Name = "discovery-foreign";
            o.CookieManager = new HostCookies();
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(15);
        });
        foreach (var provider in Providers(host.Configuration))
        {
            var settings = host.Configuration.GetSection("Oidc:Providers:" + provider.Name);
            authentication.AddOpenIdConnect(Prefix + provider.Name, provider.DisplayName, o =>
            {
                o.Authority = settings["Authority"];
                o.ClientId = settings["ClientId"];
                o.ClientSecret = settings["ClientSecret"];
                o.RequireHttpsMetadata = !new Uri(settings["Authority"]!).IsLoopback;
                o.ResponseType = OpenIdConnectResponseType.Code;
                // A form post from another site would need cookies that every site may send.
                o.ResponseMode = OpenIdConnectResponseMode.Query;
                o.UsePkce = true;
                o.CallbackPath = $"/api/identity/oidc/{provider.Name}/callback";
                o.SignInScheme = Scheme;
                o.MapInboundClaims = false;
                o.Scope.Clear();
                foreach (var scope in new[] { "openid", "email", "profile" }) o.Scope.Add(scope);
                o.GetClaimsFromUserInfoEndpoint = bool.TryParse(settings["UserInfo"], out var ask) && ask;
                o.TokenValidationParameters.NameClaimType = "name";
                foreach (var cookie in new[] { o.CorrelationCookie, o.NonceCookie }) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                o.Events.OnRemoteFailure = context =>
                {
                    // Cancelled there, or something is not as it was sent: back to the page with a word, never an error page.
                    context.HandleResponse();
                    context.Response.Redirect($"/{Site.Lang.Current}/sign-in?foreign=failed");
                    return Task.CompletedTask;
                };
            });
        }
    }
}

/// <summary>Who has come back from a provider, or nobody.</summary>
internal static class ReadForeign
{
    public sealed record Query : IRequest<Visitor?>;

    /// <param name="Person">Null: this account there is tied to none here yet. The address is only a proposal: a code proves it.</param>
    public sealed record Visitor(Arrival.Foreign Login, string? Email, string? Name, Person? Person);

    public sealed class Handler(IHttpContextAccessor http, UserManager<Person> people) : IRequestHandler<Query, Visitor?>
    {
        public async Task<Visitor?> Handle(Query query, CancellationToken ct)
        {
            var ticket = await http.HttpContext!.AuthenticateAsync(ForeignSignIn.Scheme);
            // Subjects are unique within an issuer: both together are the key (OpenID Connect Core, 2).
            if (ticket.Principal?.FindFirst("sub") is not { } subject || ticket.Properties?.Items[".AuthScheme"] is not { } scheme) return null;
            var login = new Arrival.Foreign(scheme, subject.Issuer + " " + subject.Value);
            return new(login, ticket.Principal.FindFirstValue("email"), ticket.Principal.FindFirstValue("name"), await people.FindByLoginAsync(login.Provider, login.Key));
        }
    }
}

/// <summary>An account at a provider opens this one no more.</summary>
internal static class RemoveForeign
{
    public sealed record Command(string Provider, string Key) : IRequest<bool>;

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            await door.MustBeFreshAsync(ct);
            var me = await people.MeAsync(user);
            if ((await people.GetLoginsAsync(me)).All(l => (l.LoginProvider, l.ProviderKey) != (command.Provider, command.Key))) throw new RuleBroken("identity.foreign.unknown") { Status = 404 };
            db.Record(user, clock.GetUtcNow(), "login.removed", person: me.Id, note: command.Provider);
            await people.RemoveLoginAsync(me, command.Provider, command.Key);
            return true;
        }
    }
}
