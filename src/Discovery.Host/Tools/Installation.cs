using System.Net.Http.Headers;
using System.Text.Json;
using Discovery.Platform.Messaging;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Discovery.Host.Tools;

/// <summary>
/// An installation that a tool works on, through the same HTTP API as everybody: an embedded one that runs inside this process while the tool does,
/// or a running one, whose key ring this process shares.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    readonly WebApplication? app;
    readonly HttpClient http;

    Installation(WebApplication? app, HttpClient http) => (this.app, this.http) = (app, http);

    public IServiceProvider Services => app!.Services;

    /// <param name="data">Folder of the embedded installation.</param>
    public static async Task<Installation> EmbeddedAsync(string data)
    {
        var app = await Service.StartAsync(Modules.All, [$"--Data={data}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
            // What a tool prints is its result alone; and it sends no letters.
            "--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Discovery.Platform.Mail=Error"]);
        var address = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, Client(address, Sessions.TokenForTool(app.Services)));
    }

    /// <param name="server">Address of a running installation; the key ring is the configured one.</param>
    public static async Task<Installation> RunningAsync(string server)
    {
        var host = WebApplication.CreateBuilder();
        host.Logging.SetMinimumLevel(LogLevel.Warning);
        host.AddSessions();
        var app = host.Build();
        await KeyRing.PrepareAsync(app.Services);
        return new(null, Client(server, Sessions.TokenForTool(app.Services)));
    }

    public static Task<Installation> AtAsync(string? server, string data) => server is null ? EmbeddedAsync(data) : RunningAsync(server);

    static HttpClient Client(string address, string token) => new()
    {
        BaseAddress = new(address),
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token), AcceptLanguage = { new("en") } },
    };

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await http.GetAsync(path), path);

    public async Task<JsonElement> PostAsync(string path, object? body) => await ReadAsync(await http.PostAsJsonAsync(path, body, Wire.Json), path);

    public async Task SaveAsync(string path, string file)
    {
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode) await ReadAsync(answer, path);
        await using var target = File.Create(file);
        await answer.Content.CopyToAsync(target);
    }

    public async Task<bool> HasRoundAsync(string slug) => (await http.GetAsync($"/api/rounds/{slug}")).IsSuccessStatusCode;

    /// <summary>Asks until the answer is as wished: services learn of each other's facts a moment later.</summary>
    public async Task<JsonElement> WaitAsync(string path, Func<JsonElement, bool> wished, TimeSpan? atMost = null)
    {
        var until = DateTime.UtcNow + (atMost ?? TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.GetAsync(path);
            if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<JsonElement>() is var json && wished(json)) return json;
            if (DateTime.UtcNow > until) throw new Refused(path, $"waited in vain; the last answer was {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            await Task.Delay(50);
        }
    }

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, string path)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new Refused(path, $"{(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
