using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Discovery.BrowserTests.TheSite))]

namespace Discovery.BrowserTests;

/// <summary>The published program with its demonstration, as a process, and one browser. Both are shared by all tests; every test has a window of its own.</summary>
public sealed class TheSite : Portal, IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";

    /// <summary>A round of the demonstration: open for everybody, and one that has its results.</summary>
    public const string Open = "city-2036", Published = "priorities-2035";

    public const string Password = "zarechnaya-2035";

    readonly Folder folder = new();
    Process? program;
    WebApplication? keys;
    IPlaywright? playwright;
    IBrowser? browser;

    static string? Program => TheProgram.Published ?? (Repository.At("artifacts", "app", "discovery") is var built && File.Exists(built) ? built : null);

    /// <summary>Why nothing can be tested here; null where all is there.</summary>
    public static string? Missing =>
        !File.Exists(Chromium) ? $"There is no {Chromium}: ./dev test installs it."
        : Program is null ? "There is no published program: ./dev publish makes it."
        : null;

    /// <summary>Skips the test where there is no browser or no program.</summary>
    public static void MustBeThere()
    {
        if (Missing is { } missing) Assert.Skip(missing);
    }

    public override Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    protected override IServiceProvider KeyRing => keys!.Services;

    public IBrowser Browser => browser!;

    /// <summary>The texts of letters to the address: without a mail server they lie in a folder.</summary>
    public IEnumerable<string> LettersTo(string address) => Directory.Exists(folder.File("mail"))
        ? Directory.EnumerateFiles(folder.File("mail"), "*.eml").Order(StringComparer.Ordinal).Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.ToString().Contains(address, StringComparison.OrdinalIgnoreCase)).Select(m => m.TextBody ?? "")
        : [];

    /// <summary>What the program has written so far.</summary>
    public string Said => File.ReadAllText(folder.File("serve.log"));

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        var demonstration = FillAsync();
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await demonstration;
        await ServeAsync();
    }

    async Task FillAsync()
    {
        using var demo = Start("demo", "--data", folder.Path);
        await demo.WaitForExitAsync();
        if (demo.ExitCode != 0) throw new InvalidOperationException("discovery demo failed: " + await File.ReadAllTextAsync(folder.File("demo.log")));
    }

    async Task ServeAsync()
    {
        program = Start("serve", "--urls", Address.ToString().TrimEnd('/'), "--Data", folder.Path, "--Mail:Show=true", "--Logging:LogLevel:Default=Warning");
        using var http = Anonymous;
        await Until(async () =>
        {
            if (program.HasExited) throw new InvalidOperationException("discovery serve ended: " + await File.ReadAllTextAsync(folder.File("serve.log")));
            try { return (await http.GetAsync("/health/ready")).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, "the program is ready");
        var host = WebApplication.CreateBuilder([$"--Data={folder.Path}"]);
        host.Logging.ClearProviders();
        host.AddSessions();
        keys = host.Build();
    }

    // What it says goes into a file: a pipe that nobody reads would stop it.
    Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("bash", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "-", folder.File(arguments[0] + ".log"), Program!, .. arguments]))!;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (program is { HasExited: false })
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
        program?.Dispose();
        if (keys is not null) await keys.DisposeAsync();
        await base.DisposeAsync();
        folder.Dispose();
    }
}
