using System.Text.Json;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Discovery.Site;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Scalar.AspNetCore;

namespace Discovery.Host;

/// <summary>One process that runs some or all services: the composition of everything.</summary>
public static class Service
{
    /// <summary>Migrates the databases, makes sure that a key exists, and starts listening.</summary>
    public static async Task<WebApplication> StartAsync(IReadOnlyList<IModule> modules, string[] options, CancellationToken ct = default)
    {
        var app = Build(modules, options);
        if (app.Configuration["Rehearsal:Clock"] is { Length: > 0 } file) app.Logger.LogWarning("This is a rehearsal: the clock runs ahead by what stands in {File}", file);
        await KeyRing.PrepareAsync(app.Services, ct);
        await Migrations.ApplyAsync(app.Services, ct);
        await app.Services.GetRequiredService<Revocations>().ReadAsync(ct);
        await app.StartAsync(ct);
        return app;
    }

    public static WebApplication Build(IReadOnlyList<IModule> modules, string[] options)
    {
        var host = WebApplication.CreateBuilder(new WebApplicationOptions { Args = options, ContentRootPath = AppContext.BaseDirectory });
        host.AddDefaults(modules.Count == Modules.All.Count ? "all" : string.Join('-', modules.Select(m => m.Name)));
        host.AddSite(modules);
        host.AddBus(Modules.All, modules);
        host.AddHealth();
        host.Services.AddExceptionHandler<Problems>();
        foreach (var module in modules)
        {
            host.Services.AddOpenApi(module.Name, o => o.ShouldInclude = api => api.RelativePath?.StartsWith($"api/{module.Name}/", StringComparison.Ordinal) == true);
            module.Add(host);
        }

        var app = host.Build();
        app.UseForwardedHeaders();
        app.UseSiteHeaders();
        app.UseRequestLocalization();
        app.UseStatusCodePages(Errors.ShowAsync);      // outside, so that it dresses the bare status that the handler leaves for pages
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = c => c.Exception is ValidationException or RuleBroken or BadHttpRequestException });
        app.UseOtherVersionsAssets();
        app.UseRouting();
        app.UseOutputCache();      // before anybody is asked who they are: it serves only those of whom the request says nothing
        app.UseAuthentication();
        app.UseRevocations();
        app.UseOwnSiteOnly();
        app.UseMachines();
        app.UseAuthorization();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapRazorPages().WithStaticAssets();
        foreach (var module in modules)
        {
            var api = app.MapGroup("/api/" + module.Name).WithMetadata(module);
            api.MapOpenApi("/openapi/{documentName}.json");
            module.Map(api);
        }
        app.MapScalarApiReference("/api", o => o.AddDocuments(modules.Select(m => new ScalarDocument(m.Name, m.Name, $"/api/{m.Name}/openapi/{m.Name}.json"))));
        return app;
    }

    /// <summary>What a service and the gateway have in common.</summary>
    internal static void AddDefaults(this WebApplicationBuilder host, string name)
    {
        host.WebHost.UseStaticWebAssets();      // unpublished output outside Development would answer 200 with nothing
        host.WebHost.ConfigureKestrel(k => { k.AddServerHeader = false; k.Limits.MaxRequestBodySize = 32 << 20; });
        // Faults are logged where they are dealt with; MassTransit would log each attempt with its stack.
        host.Logging.AddFilter("MassTransit", LogLevel.Critical);
        host.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // Its line per request has the query in it, and a receipt code is nobody's business but the voter's.
        host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // The gateway's line per request has the path in it, and the path of an invitation is a secret.
        host.Logging.AddFilter("Yarp", LogLevel.Warning);
        // It warns of each page whose Cache-Control was stricter already.
        host.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // Keys lie unencrypted in a folder or database that only the services may read: docs/operations says so, the console need not.
        host.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        host.Services.AddSingleton(host.Configuration["Rehearsal:Clock"] is { Length: > 0 } file ? new ShiftedTime(file) : TimeProvider.System);
        host.Services.AddProblemDetails();
        host.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.ReadCommentHandling = JsonCommentHandling.Disallow);
        host.Services.Configure<ForwardedHeadersOptions>(o => Trust(o, host.Configuration["Proxies"]));
        host.AddTelemetry(name);
        host.AddSessions();
    }

    // Who asks is what the nearest proxy says, and only where that one is known: limits on tries count by network. Whatever stands to the left of it the asker may have
    // written. The host is what Host says, which proxies hand on: X-Forwarded-Host passes through most of them as the asker has sent it.
    static void Trust(ForwardedHeadersOptions options, string? proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        if (string.IsNullOrWhiteSpace(proxies)) return;     // this machine
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (proxy.Contains('/', StringComparison.Ordinal)) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        }
    }
}

/// <summary>Bad input and broken rules become problem details under <c>/api</c>, in the language of the asker.</summary>
internal sealed class Problems(IProblemDetailsService problems, AllWords words) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception switch { ValidationException => 400, RuleBroken rule => rule.Status, BadHttpRequestException bad => bad.StatusCode, _ => 500 };
        http.Response.StatusCode = status;
        if (status is 429 or 503) http.Response.Headers.RetryAfter = RuleBroken.Seconds(exception as RuleBroken);
        if (!http.Request.Path.StartsWithSegments("/api")) return true;      // the status page speaks

        Microsoft.AspNetCore.Mvc.ProblemDetails problem = exception switch
        {
            ValidationException bad => new HttpValidationProblemDetails(bad.Errors
                .GroupBy(e => Field(e.PropertyName)).ToDictionary(g => g.Key, g => g.Select(e => words[e.ErrorMessage]).Distinct().ToArray())),
            RuleBroken rule => new Microsoft.AspNetCore.Mvc.ProblemDetails { Detail = words.Say(rule), Extensions = { ["code"] = rule.Code } },
            BadHttpRequestException => new() { Detail = words["error.json"] },
            _ => new(),
        };
        problem.Status = status;
        return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem });
    }

    static string Field(string path)
    {
        var name = path.StartsWith("Input.", StringComparison.Ordinal) ? path["Input.".Length..] : path;
        return string.Join('.', name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
    }
}
