using Discovery.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Proposals;

public sealed class ProposalsModule : IModule
{
    public string Name => "proposals";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/proposals/{**rest}"];

    public void Add(IHostApplicationBuilder host) => host.Services.AddSlices(typeof(ProposalsModule).Assembly);

    public void Map(IEndpointRouteBuilder api)
    {
    }
}
