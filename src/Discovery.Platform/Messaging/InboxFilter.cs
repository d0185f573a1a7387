using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Messaging;

/// <summary>A consumer's effect and the note that it has had it commit together, so a message that comes twice has one effect. Saves for the consumer.</summary>
internal sealed class InboxFilter<T>(IServiceProvider services, Acknowledgements acknowledgements, TimeProvider clock) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var id = context.MessageId!.Value;
        var consumer = context.Endpoint();
        var db = services.GetRequiredKeyedService<DbContext>(consumer.Split('.')[0]);
        db.ChangeTracker.Clear();       // a retry begins anew
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        // On PostgreSQL a concurrent duplicate waits here for the first one's commit.
        var at = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var first = db.Database.IsNpgsql()
            ? await db.Database.ExecuteSqlAsync($"insert into inbox (message_id, consumer, at) values ({id}, {consumer}, {clock.GetUtcNow()}) on conflict do nothing", context.CancellationToken)
            : await db.Database.ExecuteSqlAsync($"insert into inbox (message_id, consumer, at) values ({id}, {consumer}, {at}) on conflict do nothing", context.CancellationToken);
        if (first == 1)
        {
            await next.Send(context);
            await db.SaveChangesAsync(context.CancellationToken);
        }
        else await context.NotifyConsumed(TimeSpan.Zero, consumer);     // else MassTransit moves the duplicate to a _skipped queue
        await transaction.CommitAsync(CancellationToken.None);
        Faults.Reached("after-consume");
        acknowledgements.Take(id, consumer);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}

/// <summary>Takes over what a consumer has refused for good, so that the messages behind it are heard.</summary>
internal sealed class DeadFilter<T>(IServiceScopeFactory scopes, Acknowledgements acknowledgements, TimeProvider clock, ILogger<DeadFilter<T>> log)
    : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        try { await next.Send(context); }
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested && !Bus.IsPassing(e) && !Bus.IsConflict(e))
        {
            var (id, consumer) = (context.MessageId!.Value, context.Endpoint());
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredKeyedService<DbContext>(consumer.Split('.')[0]);
            if (!await db.Set<DeadMessage>().AnyAsync(d => d.MessageId == id && d.Consumer == consumer))
            {
                db.Add(new DeadMessage { MessageId = id, Consumer = consumer, Type = Wire.NameOf(typeof(T)), Body = Wire.Serialize(context.Message), Error = e.GetBaseException().Message, At = clock.GetUtcNow() });
                await db.SaveChangesAsync();
            }
            log.LogError(e, "{Consumer} refused {Type} {MessageId}: it now lies in the dead table", consumer, typeof(T).Name, id);
            acknowledgements.Take(id, consumer);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead");
}

internal static class ConsumeContexts
{
    /// <summary>The queue's name: <c>module.consumer</c>.</summary>
    public static string Endpoint(this ConsumeContext context) => context.ReceiveContext.InputAddress.AbsolutePath.Trim('/').Split('/')[^1];
}
