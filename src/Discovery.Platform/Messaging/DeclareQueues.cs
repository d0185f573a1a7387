using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Messaging;

/// <summary>Declares the queues of the whole installation as soon as the broker is there.</summary>
internal sealed class DeclareQueues(Topology topology, ILogger<DeclareQueues> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (topology.HasBroker && !stoppingToken.IsCancellationRequested)
        {
            try { await topology.DeclareAsync(stoppingToken); return; }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The broker's queues are not declared yet: {Error}", e.GetBaseException().Message);
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
