[assembly: AssemblyFixture(typeof(Discovery.BrowserTests.TheSite))]

namespace Discovery.BrowserTests;

/// <summary>
/// The published program with its demonstration, and one browser. Both are shared by all tests; every test has a window of its own.
/// One process, or with <c>DISCOVERY_TEST_MODE=distributed</c> one for each service behind the gateway.
/// </summary>
public sealed class TheSite : Portal, IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";

    /// <summary>A round of the demonstration: open for everybody, and one that has its results.</summary>
    public const string Open = "city-2036", Published = "priorities-2035";

    public const string Password = "zarechnaya-2035";

    readonly Dictionary<string, string> settings;
    Installation? installation;
    IPlaywright? playwright;
    IBrowser? browser;

    public TheSite() : this([]) { }

    TheSite(Dictionary<string, string> settings) => this.settings = settings;

    /// <summary>An installation of a test's own in the same browser, with the demonstration's people, whose clock the file moves (<c>Rehearsal:Clock</c>).</summary>
    public async Task<TheSite> RehearsalAsync(string clock)
    {
        var rehearsal = new TheSite(new() { ["Rehearsal:Clock"] = clock }) { browser = browser };
        await rehearsal.FillAndServeAsync(installation!.IsDistributed);
        return rehearsal;
    }

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

    public override Uri Address => installation!.Address;

    protected override IServiceProvider KeyRing => installation!.SharedKeys;

    public IBrowser Browser => browser!;

    /// <summary>The texts of letters to the address: without a mail server they lie in a folder.</summary>
    public IEnumerable<string> LettersTo(string address) => Path.Combine(installation!.Data, "mail") is var mail && Directory.Exists(mail)
        ? Directory.EnumerateFiles(mail, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.ToString().Contains(address, StringComparison.OrdinalIgnoreCase)).Select(m => m.TextBody ?? "")
        : [];

    /// <summary>What the program has written so far.</summary>
    public string Said => string.Join('\n', installation!.Names.Select(installation.Said));

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        Environment.SetEnvironmentVariable("DISCOVERY_APP", Program);
        var portal = FillAndServeAsync(Environment.GetEnvironmentVariable("DISCOVERY_TEST_MODE") == "distributed");
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await portal;
    }

    async Task FillAndServeAsync(bool distributed)
    {
        installation = await Installation.PrepareAsync(distributed);
        installation.Settings["Mail:Show"] = "true";
        foreach (var (key, value) in settings) installation.Settings[key] = value;
        // An empty folder is filled by the command itself, databases through the services that run on them.
        if (!distributed) await installation.RunAsync("demo", "--data", installation.Data);
        await installation.StartAllAsync();
        if (distributed) await installation.RunAsync("demo", "--server", Address.ToString());
    }

    public override async ValueTask DisposeAsync()
    {
        // The browser of a rehearsal is that of the site.
        if (playwright is not null) await browser!.DisposeAsync();
        playwright?.Dispose();
        if (installation is not null) await installation.DisposeAsync();
        await base.DisposeAsync();
    }
}
