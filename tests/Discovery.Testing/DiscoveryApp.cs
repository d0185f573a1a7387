using Discovery.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Testing;

/// <summary>
/// The whole application inside the test's process. <c>DISCOVERY_TEST_MODE</c> says how: embedded (SQLite, bus in memory, one host), or distributed
/// (PostgreSQL, RabbitMQ, a host for each service, all behind the gateway). No test asks which.
/// </summary>
public sealed class DiscoveryApp : Portal
{
    const string Everything = "all", Door = "gateway";

    readonly Dictionary<string, WebApplication> hosts = [];
    readonly Dictionary<string, int> ports = [];
    readonly string folder = Directory.CreateTempSubdirectory("discovery-test-").FullName;
    readonly string[] settings;
    readonly Servers.Reserved? reserved;

    DiscoveryApp(Servers.Reserved? reserved, string[] settings) => (this.reserved, this.settings) = (reserved, settings);

    public static bool IsDistributed => Environment.GetEnvironmentVariable("DISCOVERY_TEST_MODE") == "distributed";

    public override Uri Address => new($"http://127.0.0.1:{ports[IsDistributed ? Door : Everything]}");

    protected override IServiceProvider KeyRing => hosts.Values.First().Services;

    public static IReadOnlyList<string> ServiceNames => [.. Modules.All.Select(m => m.Name)];

    /// <param name="settings">As on the command line, for example <c>--Bus:Times=2</c>.</param>
    public static async Task<DiscoveryApp> StartAsync(params string[] settings)
    {
        var app = new DiscoveryApp(IsDistributed ? await Servers.ReserveAsync([.. ServiceNames, "keys"]) : null, settings);
        try
        {
            if (!IsDistributed) await app.StartAsync(Everything);
            else
            {
                foreach (var service in ServiceNames) await app.StartAsync(service);
                await app.StartAsync(Door);
            }
            return app;
        }
        catch { await app.DisposeAsync(); throw; }
    }

    /// <summary>The host that runs this service.</summary>
    public IServiceProvider Of(string service) => hosts[IsDistributed ? service : Everything].Services;

    /// <summary>Where this service itself listens, behind the gateway where there is one.</summary>
    public Uri AddressOf(string service) => new($"http://127.0.0.1:{ports[IsDistributed ? service : Everything]}");

    /// <summary>Looks into a service's database: for what no door shows, such as the length of a ledger while voting runs.</summary>
    public async Task<T> Read<T>(string service, Func<DbContext, Task<T>> read)
    {
        await using var scope = Of(service).CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredKeyedService<DbContext>(service));
    }

    /// <summary>Waits for a letter to the address: without a mail server they lie in a folder.</summary>
    /// <param name="after">How many letters to it are not meant: those that were there before.</param>
    /// <returns>Its text.</returns>
    public async Task<string> LetterAsync(string to, int after = 0)
    {
        string? text = null;
        await Until(async () =>
        {
            var letters = Letters(to);
            if (letters.Count <= after) return false;
            using var letter = await MimeKit.MimeMessage.LoadAsync(letters[after]);
            text = letter.TextBody;
            return true;
        }, $"letter {after + 1} to {to}", 30);
        return text!;
    }

    /// <summary>The first six digits in a row of a letter.</summary>
    public async Task<string> CodeAsync(string to, int after = 0) => System.Text.RegularExpressions.Regex.Match(await LetterAsync(to, after), "[0-9]{6}").Value;

    /// <summary>The files of the letters to an address, oldest first.</summary>
    public IReadOnlyList<string> Letters(string to) =>
        [.. Directory.CreateDirectory(Path.Combine(folder, "mail")).GetFiles("*.eml").Select(f => f.FullName).Order(StringComparer.Ordinal)
            .Where(f => File.ReadAllText(f).Contains($"To: {to}\n", StringComparison.OrdinalIgnoreCase) || File.ReadAllText(f).Contains($"To: {to}\r\n", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The service goes away; embedded, everything goes with it.</summary>
    public async Task StopAsync(string service)
    {
        var name = IsDistributed ? service : Everything;
        await hosts[name].StopAsync();
        await hosts[name].DisposeAsync();
        hosts.Remove(name);
    }

    /// <summary>Comes back under the same address.</summary>
    public Task StartAgainAsync(string service) => StartAsync(IsDistributed ? service : Everything);

    async Task StartAsync(string name)
    {
        string[] options =
        [
            "--applicationName=discovery", $"--urls=http://127.0.0.1:{ports.GetValueOrDefault(name)}", $"--Data={folder}", $"--Secrets={Path.Combine(folder, "secrets")}",
            $"--Logging:LogLevel:Default={Environment.GetEnvironmentVariable("DISCOVERY_TEST_LOG") ?? "Critical"}",
            "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command=None",      // it calls an empty database's missing history a failure
            .. reserved is null ? [] : ServiceNames.Append("keys").Select(s => $"--ConnectionStrings:{s}={reserved.ConnectionTo(s)}").Append($"--ConnectionStrings:Bus={reserved.Bus}"),
            .. settings,
        ];
        var host = name switch
        {
            Everything => await Service.StartAsync(Modules.All, options),
            Door => await Gateway.StartAsync([.. options, .. ServiceNames.Select(s => $"--Services:{s}=http://127.0.0.1:{ports[s]}")]),
            _ => await Service.StartAsync([Modules.All.Single(m => m.Name == name)], options),
        };
        hosts[name] = host;
        ports[name] = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values.Reverse())
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }
        await base.DisposeAsync();
        if (reserved is not null) await reserved.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
