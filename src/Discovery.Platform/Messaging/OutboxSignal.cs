using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Discovery.Platform.Messaging;

/// <summary>Wakes the relay of one database right after a commit; a poll each second is the fallback.</summary>
public sealed class OutboxSignal
{
    readonly SemaphoreSlim signal = new(0, 1);

    public void Pulse()
    {
        try { signal.Release(); }
        catch (SemaphoreFullException) { /* somebody else has woken it already */ }
    }

    public Task WaitAsync(TimeSpan poll, CancellationToken ct) => signal.WaitAsync(poll, ct);
}

internal sealed class OutboxPulse(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Pulse(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Pulse(eventData.Context);
        return new(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Pulse(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Pulse(eventData.Context);
        return Task.CompletedTask;
    }

    // A save that announced nothing, and many a second do, need not wake the relay.
    void Pulse(DbContext? db)
    {
        if (db is null || db.ChangeTracker.Entries<OutboxMessage>().Any()) signal.Pulse();
    }
}
