using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Discovery.Platform.Persistence;

/// <summary>
/// An answer given is on the disk (synchronous=FULL), writers wait inside SQLite instead of in the client's 150 ms sleeps,
/// and what is deleted is overwritten in the file: an erased person must not lie in its free pages.
/// Indices by hash touch pages at random: 16 MB of cache keep them from being read again for each commit, and a log of up to 32 MB brings a page back into the file once for many commits.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    internal static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma busy_timeout=10000; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on; pragma cache_size=-16000; pragma wal_autocheckpoint=8000;";
        command.ExecuteNonQuery();
    }
}
