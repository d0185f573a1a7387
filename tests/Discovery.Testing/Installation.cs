using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Discovery.Testing;

/// <summary>
/// Real processes of the program, as an operator runs them: one for everything, or one for each service behind the gateway.
/// They can be killed and started again; what they say is kept.
/// </summary>
public sealed class Installation : Portal
{
    public const string Everything = "everything", Door = "gateway";

    readonly Folder folder = new();
    readonly Dictionary<string, Process> running = [];
    readonly Dictionary<string, int> ports = [];
    readonly Servers.Reserved? reserved;
    WebApplication? keys;

    Installation(Servers.Reserved? reserved) => this.reserved = reserved;

    public bool IsDistributed => reserved is not null;

    public override Uri Address => new($"http://127.0.0.1:{ports[IsDistributed ? Door : Everything]}");

    public string Data => folder.File("data");

    /// <summary>Settings of processes that start from now on, for example <c>Bus:Times</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public IEnumerable<string> Names => IsDistributed ? [.. DiscoveryApp.ServiceNames, Door] : [Everything];

    protected override IServiceProvider KeyRing => (keys ??= Ring()).Services;

    public static async Task<Installation> StartAsync(bool distributed)
    {
        var installation = await PrepareAsync(distributed);
        try
        {
            await installation.StartAllAsync();
            return installation;
        }
        catch { await installation.DisposeAsync(); throw; }
    }

    /// <summary>Empty databases and no process yet.</summary>
    public static async Task<Installation> PrepareAsync(bool distributed)
    {
        var installation = new Installation(distributed ? await Servers.ReserveAsync([.. DiscoveryApp.ServiceNames, "keys"]) : null);
        foreach (var name in installation.Names) installation.ports[name] = FreePort();
        return installation;
    }

    public async Task StartAllAsync()
    {
        foreach (var name in Names) Start(name);
        foreach (var name in Names) await ReadyAsync(name);
    }

    /// <summary>Starts one under its own address, without waiting for it.</summary>
    public void Start(string name) => running[name] = Launch(name, name is Everything ? [] : [name], ports[name]);

    /// <summary>One more process of all services, on the same databases.</summary>
    public Uri StartReplica(int number)
    {
        ports["replica " + number] = FreePort();
        running["replica " + number] = Launch("replica " + number, [], ports["replica " + number]);
        return new($"http://127.0.0.1:{ports["replica " + number]}");
    }

    public async Task ReadyAsync(string name)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Until(async () =>
        {
            if (running[name].HasExited) throw new InvalidOperationException($"{name} ended with {running[name].ExitCode}: {Said(name)}");
            try { return (await http.GetAsync($"http://127.0.0.1:{ports[name]}/health/ready")).IsSuccessStatusCode; }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return false; }
        }, $"{name} is ready", 180);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync(string name)
    {
        running[name].Kill();
        await running[name].WaitForExitAsync();
        running.Remove(name, out var dead);
        dead!.Dispose();
    }

    /// <summary>Kills all and starts them again.</summary>
    public async Task RestartAsync()
    {
        foreach (var name in Names) await KillAsync(name);
        await StartAllAsync();
    }

    /// <summary>What the process has written.</summary>
    public string Said(string name) => File.Exists(Log(name)) ? File.ReadAllText(Log(name)) : "";

    string Log(string name) => folder.File(name.Replace(' ', '-') + ".log");

    Process Launch(string name, string[] services, int port) =>
        Launch(name, ["serve", .. services, $"--urls=http://127.0.0.1:{port}", $"--Data={Data}", "--Logging:LogLevel:Default=Warning"]);

    Process Launch(string name, string[] arguments)
    {
        var program = TheProgram.Start(arguments);
        // Through a shell, which hands its process over: so the log is a file, and nobody has to empty a pipe.
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log(name), program.FileName, .. program.ArgumentList]);
        start.Environment["Secrets"] = folder.File("secrets");
        foreach (var (key, value) in Configuration().Concat(Settings)) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }

    Dictionary<string, string> Configuration()
    {
        if (reserved is null) return [];
        var settings = DiscoveryApp.ServiceNames.Append("keys").ToDictionary(s => $"ConnectionStrings:{s}", reserved.ConnectionTo);
        settings["ConnectionStrings:Bus"] = reserved.Bus;
        foreach (var service in DiscoveryApp.ServiceNames) settings[$"Services:{service}"] = $"http://127.0.0.1:{ports[service]}";
        return settings;
    }

    /// <summary>For a portal that stands before this one.</summary>
    public IServiceProvider SharedKeys => KeyRing;

    /// <summary>A command of the program, on this installation's databases, to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not end well; the message is what it said.</exception>
    public async Task RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments[0], arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"discovery {string.Join(' ', arguments)}: {Said(arguments[0])}");
    }

    /// <summary>How many keys the ring holds.</summary>
    public int Keys() => Ring() is var ring ? ((Microsoft.AspNetCore.DataProtection.KeyManagement.IKeyManager)ring.Services.GetService(typeof(Microsoft.AspNetCore.DataProtection.KeyManagement.IKeyManager))!).GetAllKeys().Count : 0;

    WebApplication Ring()
    {
        var host = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [$"--Data={Data}", .. Configuration().Select(s => $"--{s.Key}={s.Value}")] });
        host.Logging.SetMinimumLevel(LogLevel.None);
        host.AddSessions();
        return host.Build();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var name in running.Keys.ToList()) await KillAsync(name);
        if (keys is not null) await keys.DisposeAsync();
        await base.DisposeAsync();
        if (reserved is not null) await reserved.DisposeAsync();
        folder.Dispose();
    }
}
