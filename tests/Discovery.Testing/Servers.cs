using System.Diagnostics;
using Npgsql;

namespace Discovery.Testing;

/// <summary>The database and the broker that <c>./dev servers_up</c> has started, and how a test gets a piece of them for itself.</summary>
public static class Servers
{
    public static string? Postgres => Environment.GetEnvironmentVariable("DISCOVERY_TEST_POSTGRES");

    public static string? Broker => Environment.GetEnvironmentVariable("DISCOVERY_TEST_RABBITMQ");

    public static bool AreThere => Postgres is not null && Broker is not null;

    /// <summary>Empty databases, one for each name, and a virtual host of the broker; all gone when it is disposed of.</summary>
    public static async Task<Reserved> ReserveAsync(IEnumerable<string> names)
    {
        var id = "test_" + Guid.NewGuid().ToString("N")[..8];
        await using var postgres = NpgsqlDataSource.Create(Postgres + ";Database=postgres");
        var databases = names.ToDictionary(n => n, n => $"{id}_{n}");
        foreach (var database in databases.Values) await RunAsync(postgres, $"create database {database}");
        await BrokerAsync("eval", $"""rabbit_vhost:add(<<"{id}">>, <<"test">>), rabbit_auth_backend_internal:set_permissions(<<"discovery">>, <<"{id}">>, <<".*">>, <<".*">>, <<".*">>, <<"test">>).""");
        return new(id, databases);
    }

    /// <summary>One of the broker's verbs of <c>dev</c>: up, down, or ctl with what rabbitmqctl takes.</summary>
    public static Task BrokerAsync(string verb, params string[] arguments) => DevAsync(verb is "up" or "down" ? ["broker_" + verb] : ["broker_ctl", verb, .. arguments]);

    static async Task DevAsync(string[] arguments)
    {
        // The broker outlives this call and inherits its output, so nothing may wait for the end of a pipe.
        var log = Path.GetTempFileName();
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "exec ./dev \"$@\" >\"$0\" 2>&1", log, .. arguments]) { WorkingDirectory = Repository.Folder })!;
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0) throw new InvalidOperationException($"./dev {string.Join(' ', arguments)}: {said}");
    }

    static async Task RunAsync(NpgsqlDataSource postgres, string sql)
    {
        await using var command = postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public sealed record Reserved(string Id, IReadOnlyDictionary<string, string> Databases) : IAsyncDisposable
    {
        public string ConnectionTo(string name) => $"{Postgres};Database={Databases[name]};Maximum Pool Size=20";

        public string Bus => new Uri(new Uri(Broker!), Id).ToString();

        public async ValueTask DisposeAsync()
        {
            NpgsqlConnection.ClearAllPools();
            await using var postgres = NpgsqlDataSource.Create(Postgres + ";Database=postgres");
            foreach (var database in Databases.Values) await RunAsync(postgres, $"drop database if exists {database} with (force)");
            await BrokerAsync("delete_vhost", Id);
        }
    }
}
