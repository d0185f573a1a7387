[assembly: AssemblyFixture(typeof(Discovery.ServicesTests.Everybody))]

namespace Discovery.ServicesTests;

/// <summary>The one application of this test run; every test has a round of its own in it.</summary>
public sealed class Everybody : IAsyncLifetime
{
    public DiscoveryApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (DiscoveryApp.IsDistributed && !Servers.AreThere) throw new InvalidOperationException("The distributed mode needs PostgreSQL and RabbitMQ: ./dev test starts them.");
        App = await DiscoveryApp.StartAsync();
    }

    public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;
}
