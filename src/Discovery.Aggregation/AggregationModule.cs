using Discovery.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Aggregation;

public sealed class AggregationModule : IModule
{
    public string Name => "aggregation";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/results/{**rest}"];

    public void Add(IHostApplicationBuilder host) => host.Services.AddSlices(typeof(AggregationModule).Assembly);

    public void Map(IEndpointRouteBuilder api)
    {
    }
}
