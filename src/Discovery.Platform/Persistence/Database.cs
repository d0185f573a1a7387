using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform.Persistence;

/// <summary>The database of one service in this process.</summary>
/// <param name="Module">The service that owns it.</param>
/// <param name="ConnectionString">As the provider takes it.</param>
/// <param name="IsPostgres">Which of the two providers. For <c>Data/</c> folders and Platform only.</param>
public sealed record Database(string Module, string ConnectionString, bool IsPostgres, Type Context);

public static class DatabaseSetup
{
    /// <summary>
    /// Registers the service's context, its outbox and its start-up migration. The connection string <c>ConnectionStrings:{module}</c> selects PostgreSQL;
    /// without one the data lie in <c>{Data}/{module}.db</c>. Handlers ask for <typeparamref name="TDb"/>; the two empty subclasses only hold a migration set each.
    /// </summary>
    public static void AddDatabase<TDb, TSqlite, TPostgres>(this IHostApplicationBuilder host, string module)
        where TDb : DbContext where TSqlite : TDb where TPostgres : TDb
    {
        var postgres = host.Configuration.GetConnectionString(module);
        var database = new Database(module, postgres ?? $"Data Source={Path.Combine(DataFolder(host.Configuration), module + ".db")}", postgres is not null, typeof(TDb));
        var services = host.Services;
        services.AddKeyedSingleton(module, database);
        services.AddSingleton(database);
        services.AddKeyedSingleton<OutboxSignal>(module, (_, _) => new OutboxSignal());
        services.AddKeyedSingleton<DataVersion>(module, (_, _) => new DataVersion());
        services.AddKeyedScoped<DbContext>(module, (p, _) => p.GetRequiredService<TDb>());

        void Options(IServiceProvider p, DbContextOptionsBuilder o)
        {
            o.AddInterceptors(new OutboxPulse(p.GetRequiredKeyedService<OutboxSignal>(module)), new DataWritten(p.GetRequiredKeyedService<DataVersion>(module)));
            // A cleared warning would hide a model that its migrations do not describe: System.Tests compares them instead.
            // A refused unique key is an answer, and whoever saves deals with it; what nobody deals with is logged by the request or consumer.
            o.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning).Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
            if (database.IsPostgres) o.UseNpgsql(database.ConnectionString);
            // A list is one parameter, as it is on PostgreSQL: with one for each member every length of a list is another statement to build and to parse.
            else o.UseSqlite(database.ConnectionString, s => s.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).AddInterceptors(new SqliteDurability());
        }

        // The options are the same for every context: made once, not for each scope.
        if (database.IsPostgres) services.AddDbContext<TDb, TPostgres>(Options, ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        else services.AddDbContext<TDb, TSqlite>(Options, ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        // Not AddHostedService: it takes the second relay for the first one again.
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<OutboxRelay>(p, database, p.GetRequiredKeyedService<OutboxSignal>(module)));
    }

    /// <summary>Where an embedded installation lives: <c>Data</c> in the configuration, else <c>data</c> below the working directory.</summary>
    public static string DataFolder(IConfiguration configuration) =>
        Directory.CreateDirectory(Path.GetFullPath(configuration["Data"] ?? "data")).FullName;
}
