using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.Messaging;

/// <summary>A fact on its way out. The row goes only when somebody else is durably responsible for it.</summary>
internal sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>The consumer's idempotency key.</summary>
    public required Guid MessageId { get; init; }

    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>This consumer has taken this message over.</summary>
internal sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A message that its consumer has refused several times: kept here for the operator, so that the queue moves on.</summary>
internal sealed class DeadMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required string Error { get; init; }
    public required DateTimeOffset At { get; init; }
}

public static class MessagingModel
{
    /// <summary>The three tables that every service's database has: outbox, inbox, dead.</summary>
    public static void AddMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(e => { e.ToTable("outbox"); e.HasIndex(m => m.MessageId).IsUnique(); });
        model.Entity<InboxMessage>(e => { e.ToTable("inbox"); e.HasKey(m => new { m.MessageId, m.Consumer }); e.HasIndex(m => m.At); });
        model.Entity<DeadMessage>(e => { e.ToTable("dead"); e.HasKey(m => new { m.MessageId, m.Consumer }); });
    }

    /// <summary>Announces a fact with the change that makes it true: it is sent if, and only if, the next <c>SaveChanges</c> commits.</summary>
    public static void Announce<TFact>(this DbContext db, TFact fact) where TFact : class =>
        db.Set<OutboxMessage>().Add(new()
        {
            MessageId = Guid.CreateVersion7(),
            Type = Wire.NameOf(typeof(TFact)),
            Body = Wire.Serialize(fact),
            CreatedAt = DateTimeOffset.UtcNow,
        });
}

/// <summary>How facts are written down: the name of the record and its JSON.</summary>
public static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    static readonly Dictionary<string, Type> Types = typeof(Contracts.Text).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false }).ToDictionary(NameOf);

    public static string NameOf(Type fact) => fact.FullName!;

    public static string Serialize<TFact>(TFact fact) where TFact : class => JsonSerializer.Serialize(fact, Json);

    internal static object Deserialize(string type, string body) => JsonSerializer.Deserialize(body, Types[type], Json)!;

    internal static Type TypeOf(string name) => Types[name];
}
