using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Discovery.Platform;

public static class Telemetry
{
    public static readonly ActivitySource Source = new("Discovery");
    public static readonly Meter Meter = new("Discovery");

    /// <summary>Traces and metrics over OTLP, and only where the operator has named a collector: without one nothing is recorded and nothing is paid.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder host, string service)
    {
        if (host.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null) return;
        host.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("discovery-" + service))
            .WithTracing(t => t.AddSource("Discovery").AddSource("MassTransit").AddNpgsql()
                // The path of an invitation is a secret.
                .AddAspNetCoreInstrumentation(o => o.Filter = http => !http.Request.Path.StartsWithSegments("/health") && http.Request.Path.Value?.Contains("/invitations/", StringComparison.Ordinal) != true))
            .WithMetrics(m => m.AddMeter("Discovery").AddMeter("MassTransit").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }
}
