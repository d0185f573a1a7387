using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Platform.Messaging;

public static class Bus
{
    /// <summary>The message bus: RabbitMQ where <c>ConnectionStrings:Bus</c> names one, else in memory. The only file that knows how MassTransit is set up.</summary>
    public static void AddBus(this IHostApplicationBuilder host, IReadOnlyList<IModule> all, IReadOnlyList<IModule> here)
    {
        var topology = new Topology(all, here, host.Configuration);
        host.Services.AddSingleton(topology);
        host.Services.AddSingleton<Acknowledgements>();
        host.Services.AddSingleton(p => new Handover(p.GetRequiredService<IBus>(), topology, p.GetRequiredService<Acknowledgements>(), host.Configuration));
        host.Services.AddHostedService<DeclareQueues>();
        host.Services.AddHostedService<InboxPurge>();
        // Serving does not wait for the broker: what is announced meanwhile waits in the outbox.
        host.Services.Configure<MassTransitHostOptions>(o => { o.WaitUntilStarted = !topology.HasBroker; o.StopTimeout = TimeSpan.FromSeconds(10); });
        host.Services.AddMassTransit(bus =>
        {
            foreach (var endpoint in topology.Endpoints.Where(e => e.IsHere)) bus.AddConsumer(endpoint.Consumer);
            if (topology.HasBroker)
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(new Uri(topology.Broker!));
                    foreach (var endpoint in topology.Endpoints.Where(e => e.IsHere))
                        rabbit.ReceiveEndpoint(endpoint.Queue, e =>
                        {
                            e.SetQuorumQueue();
                            e.PrefetchCount = 32;
                            // The dead table has taken refused messages over; what still fails here is the process or its database, and then the queue keeps it.
                            e.RethrowFaultedMessages();
                            Receive(e, endpoint, context);
                        });
                });
            else
                bus.UsingInMemory((context, memory) =>
                {
                    foreach (var endpoint in topology.Endpoints.Where(e => e.IsHere))
                        memory.ReceiveEndpoint(endpoint.Queue, e => Receive(e, endpoint, context));
                });
        });
    }

    static void Receive(IReceiveEndpointConfigurator e, Topology.Endpoint endpoint, IRegistrationContext context)
    {
        e.ConcurrentMessageLimit = 1;   // consumers read, decide and write; across replicas their version tokens decide
        e.PublishFaults = false;
        e.UseConsumeFilter(typeof(DeadFilter<>), context);
        e.UseMessageRetry(r => { r.Handle<Exception>(x => IsPassing(x) || IsConflict(x)); r.Interval(600, TimeSpan.FromSeconds(1)); });
        e.UseMessageRetry(r => { r.Handle<Exception>(x => !IsPassing(x)); r.Exponential(5, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50)); });
        e.UseConsumeFilter(typeof(InboxFilter<>), context);
        e.ConfigureConsumer(context, endpoint.Consumer);
    }

    /// <summary>Somebody else has written the same row. It is tried again at once, and then for as long as a database that is away: a fact must not be lost because a machine was busy.</summary>
    internal static bool IsConflict(Exception exception) => exception is DbUpdateConcurrencyException;

    // A database that is away or busy is nobody's fault: wait for it; who gives up leaves the message where it is, in the queue or in the outbox.
    internal static bool IsPassing(Exception exception) => exception.GetBaseException() is DbException { IsTransient: true } or System.Net.Sockets.SocketException or TimeoutException;
}
