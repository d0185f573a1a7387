using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Configuration;

namespace Discovery.Platform.Messaging;

/// <summary>
/// Gives a fact to the bus and returns when somebody else is durably responsible for it.
/// RabbitMQ: the broker has confirmed it for at least one queue. In memory: every consumer has committed its inbox row.
/// </summary>
public sealed class Handover
{
    readonly IBus bus;
    readonly Topology topology;
    readonly Acknowledgements acknowledgements;

    /// <summary>For tests of idempotence: every fact is sent this many times.</summary>
    readonly int times;

    internal Handover(IBus bus, Topology topology, Acknowledgements acknowledgements, IConfiguration configuration) =>
        (this.bus, this.topology, this.acknowledgements, times) = (bus, topology, acknowledgements, configuration.GetValue("Bus:Times", 1));

    public async Task SendAsync(object fact, Guid id, CancellationToken ct)
    {
        for (var i = 0; i < times; i++) await SendOnceAsync(fact, id, ct);
    }

    async Task SendOnceAsync(object fact, Guid id, CancellationToken ct)
    {
        var consumers = topology.ConsumersOf(fact.GetType());
        if (consumers == 0) return;     // nobody in the whole installation listens: there is nobody to be responsible
        if (topology.HasBroker)
        {
            await bus.Publish(fact, fact.GetType(), context =>
            {
                context.MessageId = id;
                // Without it RabbitMQ confirms, and forgets, what no queue is bound for.
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
            }, ct);
            return;
        }
        var taken = acknowledgements.Expect(id, consumers);
        try
        {
            await bus.Publish(fact, fact.GetType(), context => context.MessageId = id, ct);
            await taken.WaitAsync(ct);
        }
        finally { acknowledgements.Forget(id); }
    }
}

/// <summary>Who has taken over which message of the in-memory bus.</summary>
internal sealed class Acknowledgements
{
    readonly ConcurrentDictionary<Guid, Pending> open = new();

    public Task Expect(Guid id, int consumers) => open.GetOrAdd(id, _ => new(consumers)).Taken.Task;

    public void Take(Guid id, string consumer)
    {
        if (open.TryGetValue(id, out var pending) && pending.By.TryAdd(consumer, true) && pending.By.Count >= pending.Consumers) pending.Taken.TrySetResult();
    }

    public void Forget(Guid id) => open.TryRemove(id, out _);

    sealed class Pending(int consumers)
    {
        public int Consumers => consumers;
        public ConcurrentDictionary<string, bool> By { get; } = new();
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
