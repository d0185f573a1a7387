using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Discovery.Platform.Persistence;

/// <summary>Counts what this process has written into one service's database: whatever was made from an earlier version may be out of date.</summary>
public sealed class DataVersion
{
    long value;

    public long Value => Volatile.Read(ref value);

    internal void Next() => Interlocked.Increment(ref value);
}

// Too often is harmless; a write that is not noticed would be shown late.
internal sealed class DataWritten(DataVersion version) : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (result > 0) version.Next();
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) => new(SavedChanges(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => version.Next();

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        version.Next();
        return Task.CompletedTask;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        if (result > 0) version.Next();
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => new(NonQueryExecuted(command, eventData, result));
}
