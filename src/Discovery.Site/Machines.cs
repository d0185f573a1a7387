using Discovery.Platform;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Site;

/// <summary>Programs with API tokens, at the door of every process.</summary>
public static class Machines
{
    /// <summary>
    /// After authentication and revocations. A bearer token that nobody can read, or that is over, is 401 wherever it is shown;
    /// a program comes in where an endpoint is open to it and its scopes reach there (403), and never to a page.
    /// </summary>
    public static void UseMachines(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // The error page of an answer from here runs through here again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            var user = new CurrentUser(http.User);
            if (!user.IsSignedIn && http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.StatusCode = 401;
                http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                return;
            }
            if (user.IsMachine && http.GetEndpoint() is { } endpoint)
            {
                // Here and not by an exception: the gateway has pages too, and nothing that would turn one into an answer.
                if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
                {
                    Errors.Refuse(http, Denied());
                    return;
                }
                await MustBeOpenAsync(http, endpoint, user);
            }
        }
        await next(http);
    });

    static async Task MustBeOpenAsync(HttpContext http, Endpoint endpoint, CurrentUser user)
    {
        // Without a module: assets, health, and at the gateway what the services decide themselves.
        if (endpoint.Metadata.GetMetadata<IModule>() is not { } module) return;
        if (endpoint.Metadata.GetMetadata<Scopes.Door>() is null) throw Denied();

        var access = $"{module.Name}:{(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? Scopes.Read : Scopes.Write)}";
        if (!user.HasScope(access)) throw Denied(Scopes.EveryRegion, access);
        if ((http.GetRouteValue("round") ?? http.GetRouteValue("slug")) is not string slug) return;
        // Who may see one region only does not learn of rounds that are not published, or not known here yet.
        var round = await http.RequestServices.GetRequiredKeyedService<DbContext>(module.Name).FindRound(slug, http.RequestAborted)
            ?? throw new RuleBroken("round.unknown") { Status = 404 };
        if (!user.HasScope(access, round.Region.Slug)) throw Denied(round.Region.Slug, access);
    }

    static RuleBroken Denied() => new("denied.machine") { Status = 403 };

    static RuleBroken Denied(string region, string access) => new("denied.scope", $"{region}/{access}") { Status = 403 };
}
