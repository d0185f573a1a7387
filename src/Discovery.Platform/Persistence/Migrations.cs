using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Discovery.Platform.Persistence;

public static class Migrations
{
    /// <summary>Brings every database of this process up to its model. Any number of processes may do it at once.</summary>
    public static async Task ApplyAsync(IServiceProvider services, CancellationToken ct = default)
    {
        foreach (var database in services.GetServices<Database>())
        {
            await using var scope = services.CreateAsyncScope();
            var db = (DbContext)scope.ServiceProvider.GetRequiredService(database.Context);
            if (database.IsPostgres)
            {
                // EF locks its history for one migration at a time: between two of them another process would apply the second one too.
                await using var alone = new NpgsqlConnection(db.Database.GetConnectionString());
                await alone.OpenAsync(ct);
                await using (var take = new NpgsqlCommand("select pg_advisory_lock(hashtext('discovery.migrations'))", alone) { CommandTimeout = 300 }) await take.ExecuteNonQueryAsync(ct);
                await db.Database.MigrateAsync(ct);
                await using (var give = new NpgsqlCommand("select pg_advisory_unlock(hashtext('discovery.migrations'))", alone)) await give.ExecuteNonQueryAsync(CancellationToken.None);
                continue;
            }
            // SQLite's own migration lock is a row, and a process killed while it holds it would stop every later start: the operating system's lock dies with its process.
            using var gate = await FileLock.TakeAsync(Path.Combine(DatabaseSetup.DataFolder(services.GetRequiredService<IConfiguration>()), database.Module + ".migrating"), ct);
            await db.Database.OpenConnectionAsync(ct);
            await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal; drop table if exists __EFMigrationsLock;", ct);
            await db.Database.MigrateAsync(ct);
        }
    }
}

internal static class FileLock
{
    /// <summary>Waits until this process alone holds the file.</summary>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) { await Task.Delay(50, ct); }
        }
    }
}
