using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Discovery.Platform.Persistence;

/// <summary>
/// An answer given is on the disk (synchronous=FULL), writers wait inside SQLite instead of in the client's 150 ms sleeps,
/// and what is deleted is overwritten in the file: an erased person must not lie in its free pages.
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
        command.CommandText = "pragma busy_timeout=10000; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on;";
        command.ExecuteNonQuery();
    }
}
