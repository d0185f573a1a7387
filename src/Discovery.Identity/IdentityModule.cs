using Discovery.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Identity;

public sealed class IdentityModule : IModule
{
    public string Name => "identity";

    public IReadOnlyList<string> Paths => ["/sign-in", "/sign-out", "/account/{**rest}", "/organisations/{**rest}"];

    public void Add(IHostApplicationBuilder host) => host.Services.AddSlices(typeof(IdentityModule).Assembly);

    public void Map(IEndpointRouteBuilder api)
    {
    }
}
