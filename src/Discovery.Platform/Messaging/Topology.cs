using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;

namespace Discovery.Platform.Messaging;

/// <summary>Which consumer of which service hears which facts: of the whole installation, not only of this process, because one binary holds all services.</summary>
public sealed partial class Topology
{
    readonly Dictionary<Type, int> consumersOf;

    public Topology(IReadOnlyList<IModule> all, IReadOnlyList<IModule> here, IConfiguration configuration)
    {
        Broker = configuration.GetConnectionString("Bus");
        Endpoints = [.. from module in all from consumer in ConsumersIn(module.GetType().Assembly) select new Endpoint(module.Name, consumer, here.Contains(module))];
        consumersOf = Endpoints.SelectMany(e => e.Facts).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>AMQP URI; null selects the in-memory bus.</summary>
    public string? Broker { get; }

    public bool HasBroker => Broker is not null;

    public IReadOnlyList<Endpoint> Endpoints { get; }

    public int ConsumersOf(Type fact) => consumersOf.GetValueOrDefault(fact);

    // MassTransit's own scan skips internal types, and ours are all internal.
    static IEnumerable<Type> ConsumersIn(Assembly assembly) =>
        assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IConsumer)));

    /// <summary>Declares every queue of the installation. A fact for a service that has never run yet then waits in its queue instead of being refused.</summary>
    internal async Task DeclareAsync(CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = new Uri(Broker!), ClientProvidedName = "discovery topology" };
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var endpoint in Endpoints)
        {
            await channel.ExchangeDeclareAsync(endpoint.Queue, "fanout", durable: true, cancellationToken: ct);
            await channel.QueueDeclareAsync(endpoint.Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: ct);
            await channel.QueueBindAsync(endpoint.Queue, endpoint.Queue, "", cancellationToken: ct);
            foreach (var fact in endpoint.Facts)
            {
                var exchange = $"{fact.Namespace}:{fact.Name}";
                await channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, cancellationToken: ct);
                await channel.ExchangeBindAsync(endpoint.Queue, exchange, "", cancellationToken: ct);
            }
        }
    }

    /// <param name="IsHere">Whether this process runs the consumer.</param>
    public sealed record Endpoint(string Module, Type Consumer, bool IsHere)
    {
        /// <summary>With the service in the name: two services that hear the same fact must each get every message.</summary>
        public string Queue => $"{Module}.{Kebab().Replace(Consumer.Name, "-$1").ToLowerInvariant().TrimStart('-')}";

        public IReadOnlyList<Type> Facts =>
            [.. Consumer.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GenericTypeArguments[0])];
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Kebab();
}
