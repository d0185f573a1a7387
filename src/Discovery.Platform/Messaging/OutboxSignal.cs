using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Discovery.Platform.Messaging;

/// <summary>Wakes the relay of one database right after a commit; a poll each second is the fallback.</summary>
public sealed class OutboxSignal
{
    readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>For those who write the outbox without EF.</summary>
    public void Pulse()
    {
        try { signal.Release(); }
        catch (SemaphoreFullException) { /* somebody else has woken it already */ }
    }

    internal Task WaitAsync(TimeSpan poll, CancellationToken ct) => signal.WaitAsync(poll, ct);
}

internal sealed class OutboxPulse(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        signal.Pulse();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        signal.Pulse();
        return new(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => signal.Pulse();

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.Pulse();
        return Task.CompletedTask;
    }
}
