using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using Scalar.AspNetCore;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Discovery.Host;

/// <summary>
/// The one door of a distributed installation: sends each path to the service that owns it, serves the static assets and the error pages.
/// Addresses: <c>Services:{name}</c>, several separated by commas.
/// </summary>
internal static class Gateway
{
    public static async Task<WebApplication> StartAsync(string[] options, CancellationToken ct = default)
    {
        var host = WebApplication.CreateBuilder(new WebApplicationOptions { Args = options, ContentRootPath = AppContext.BaseDirectory });
        host.AddDefaults("gateway");
        host.AddSite([]);
        host.AddHealth();
        host.Services.AddReverseProxy().LoadFromMemory(Routes(), Clusters(host.Configuration));

        var app = host.Build();
        app.UseForwardedHeaders();
        app.UseSiteHeaders();
        app.UseRequestLocalization();
        app.UseStatusCodePages(Errors.ShowAsync);
        app.UseOtherVersionsAssets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMachines();
        app.UseAuthorization();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapRazorPages().WithStaticAssets();
        app.MapScalarApiReference("/api", o => o.AddDocuments(Modules.All.Select(m => new ScalarDocument(m.Name, m.Name, $"/api/{m.Name}/openapi/{m.Name}.json"))));
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(TryAnother);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        await KeyRing.PrepareAsync(app.Services, ct);
        await app.StartAsync(ct);
        return app;
    }

    // A read that met a dead replica asks the next one; anything else may have had its effect.
    static async Task TryAnother(HttpContext http, RequestDelegate next)
    {
        var proxy = http.GetReverseProxyFeature();
        var all = proxy.AvailableDestinations;      // balancing narrows it to the chosen one
        await next(http);
        if (!HttpMethods.IsGet(http.Request.Method) || http.Response.HasStarted || http.GetForwarderErrorFeature() is null) return;
        var others = all.Where(d => d != proxy.ProxiedDestination).ToList();
        if (others.Count == 0) return;
        http.Response.Clear();
        http.Features.Set<IForwarderErrorFeature>(null);
        proxy.AvailableDestinations = others;
        await next(http);
    }

    static RouteConfig[] Routes() =>
    [
        .. from module in Modules.All
           from path in module.Patterns()
           select new RouteConfig { RouteId = module.Name + path, ClusterId = module.Name, Match = new() { Path = path } }
               .WithTransformXForwarded("X-Forwarded-", ForwardedTransformActions.Set)
               .WithTransformUseOriginalHostHeader(true)
    ];

    static ClusterConfig[] Clusters(ConfigurationManager configuration) =>
    [
        .. from module in Modules.All
           select new ClusterConfig
           {
               ClusterId = module.Name,
               LoadBalancingPolicy = "PowerOfTwoChoices",
               Destinations = (configuration[$"Services:{module.Name}"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                   .ToDictionary(a => a, a => new DestinationConfig { Address = a }),
               HttpRequest = new() { ActivityTimeout = TimeSpan.FromSeconds(30) },
               HealthCheck = new()
               {
                   Active = new() { Enabled = true, Path = "/health/ready", Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(1), Policy = "ConsecutiveFailures" },
                   Passive = new() { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(5) },
               },
           }
    ];
}
