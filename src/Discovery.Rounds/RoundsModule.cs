using Discovery.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Rounds;

public sealed class RoundsModule : IModule
{
    public string Name => "rounds";

    public IReadOnlyList<string> Paths => ["/", "/rounds", "/rounds/new", "/rounds/{round}", "/rounds/{round}/run/{**rest}"];

    public void Add(IHostApplicationBuilder host) => host.Services.AddSlices(typeof(RoundsModule).Assembly);

    public void Map(IEndpointRouteBuilder api)
    {
    }
}
