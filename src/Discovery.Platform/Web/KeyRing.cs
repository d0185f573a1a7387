using Discovery.Platform.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Platform.Web;

/// <summary>The keys that seal sessions and forms, shared by all processes: a folder, or PostgreSQL where <c>ConnectionStrings:Keys</c> is set.</summary>
public sealed class KeyRing(DbContextOptions<KeyRing> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Makes sure, under a lock, that one key exists. On an empty ring each process would otherwise make its own, which the others learn too late, and sign-in would loop.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        var keys = services.GetRequiredService<IKeyManager>();
        if (scope.ServiceProvider.GetService<KeyRing>() is not { } db)
        {
            using var gate = await FileLock.TakeAsync(Path.Combine(Folder(services.GetRequiredService<IConfiguration>()), ".lock"), ct);
            Ensure(keys);
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(hashtext('discovery.keys'))", ct);
        await db.Database.ExecuteSqlRawAsync("""create table if not exists "DataProtectionKeys" ("Id" int generated always as identity primary key, "FriendlyName" text, "Xml" text)""", ct);
        await transaction.CommitAsync(ct);
        await using var locked = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(hashtext('discovery.keys'))", ct);
        Ensure(keys);       // writes through a context of its own, while this transaction keeps the others waiting
        await locked.CommitAsync(ct);
    }

    internal static string Folder(IConfiguration configuration) =>
        Directory.CreateDirectory(configuration["Keys"] ?? Path.Combine(DatabaseSetup.DataFolder(configuration), "keys")).FullName;

    static void Ensure(IKeyManager keys)
    {
        var now = DateTimeOffset.UtcNow;
        if (!keys.GetAllKeys().Any(k => !k.IsRevoked && k.ActivationDate <= now && k.ExpirationDate > now)) keys.CreateNewKey(now, now.AddDays(90));
    }
}

public static class KeyRingSetup
{
    internal static void AddKeyRing(this IHostApplicationBuilder host)
    {
        var keys = host.Services.AddDataProtection().SetApplicationName("discovery");
        if (host.Configuration.GetConnectionString("Keys") is { } postgres)
        {
            host.Services.AddDbContext<KeyRing>(o => o.UseNpgsql(postgres));
            keys.PersistKeysToDbContext<KeyRing>();
        }
        else keys.PersistKeysToFileSystem(new DirectoryInfo(KeyRing.Folder(host.Configuration)));
    }
}
