using Discovery.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Voting;

public sealed class VotingModule : IModule
{
    public string Name => "voting";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/ballot/{**rest}"];

    public void Add(IHostApplicationBuilder host) => host.Services.AddSlices(typeof(VotingModule).Assembly);

    public void Map(IEndpointRouteBuilder api)
    {
    }
}
