using System.Net;
using Discovery.Host;
using Discovery.Identity.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.ServicesTests.Access;

/// <summary>Which network somebody asks from: limits on tries count by it, so nobody may choose it.</summary>
public sealed class ProxiesTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("203.0.113.0", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("::1", "::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData(null, "none")]
    public void Check55_a_network_is_a_24_of_IPv4_and_a_64_of_IPv6(string? address, string network) =>
        Assert.Equal(network, Throttle.NetworkOf(address is null ? null : IPAddress.Parse(address)));

    [Theory]
    [InlineData(null, null, "127.0.0.1")]
    [InlineData("203.0.113.9", null, "203.0.113.9")]                    // said by a proxy on this machine
    [InlineData("198.51.100.1, 203.0.113.9", null, "203.0.113.9")]      // what stands to the left the asker may have written
    [InlineData("198.51.100.1,203.0.113.9,192.0.2.4", null, "192.0.2.4")]
    [InlineData("nonsense", null, "127.0.0.1")]
    [InlineData("203.0.113.9", "192.0.2.1", "127.0.0.1")]               // this machine is no proxy then
    [InlineData("203.0.113.9", "192.0.2.1,127.0.0.0/8", "203.0.113.9")]
    public async Task Check6_a_service_believes_the_nearest_proxy_and_only_one_that_is_known(string? forwarded, string? proxies, string seen)
    {
        await using var service = await EchoAsync(proxies is null ? [] : [$"--Proxies={proxies}"]);
        Assert.Equal(seen, (await AskAsync(Address(service), forwarded)).Seen);
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("198.51.100.1, 203.0.113.9", "203.0.113.9")]
    public async Task Check6_the_gateway_hands_on_one_address_and_nothing_that_the_asker_has_written(string? forwarded, string seen)
    {
        using var folder = new Folder();
        await using var service = await EchoAsync([]);
        await using var gateway = await GatewayAsync(folder, service);
        var answer = await AskAsync(Address(gateway), forwarded);
        Assert.Equal(seen, answer.Seen);
        Assert.Equal("", answer.Left);
        Assert.Equal("portal.example", answer.Host);
        await gateway.StopAsync(Ct);
    }

    [Fact]
    public async Task Check55_behind_a_gateway_that_knows_no_proxy_a_hundred_made_up_addresses_are_one_network()
    {
        using var folder = new Folder();
        await using var service = await EchoAsync([]);
        await using var gateway = await GatewayAsync(folder, service, "--Proxies=192.0.2.1");
        var seen = new HashSet<string>();
        for (var i = 0; i < 100; i++) seen.Add((await AskAsync(Address(gateway), $"10.{i}.0.1")).Seen);
        Assert.Equal(["127.0.0.1"], seen);
        await gateway.StopAsync(Ct);
    }

    static Task<WebApplication> GatewayAsync(Folder folder, WebApplication service, params string[] settings) => Gateway.StartAsync(
        ["--applicationName=discovery", "--urls=http://127.0.0.1:0", $"--Data={folder.Path}", "--Logging:LogLevel:Default=None", .. DiscoveryApp.ServiceNames.Select(s => $"--Services:{s}={Address(service)}"), .. settings], Ct);

    // A service that only says whom it sees; composed as the real ones are.
    static async Task<WebApplication> EchoAsync(string[] settings)
    {
        var host = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0", .. settings] });
        host.AddDefaults("echo");
        host.Logging.SetMinimumLevel(LogLevel.None);
        var app = host.Build();
        app.UseForwardedHeaders();
        app.Run(http => http.Response.WriteAsJsonAsync(new Echo(http.Connection.RemoteIpAddress!.MapToIPv4().ToString(), http.Request.Headers["X-Forwarded-For"].ToString(), http.Request.Host.Value!)));
        await app.StartAsync(Ct);
        return app;
    }

    static string Address(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    static async Task<Echo> AskAsync(string address, string? forwarded)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/api/identity/account");
        request.Headers.Host = "portal.example";
        if (forwarded is not null) request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var answer = await http.SendAsync(request, Ct);
        return (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<Echo>(answer.Content, Ct))!;
    }

    /// <param name="Seen">Who asks, as the limits on tries see it.</param>
    /// <param name="Left">What no proxy that is known has said.</param>
    sealed record Echo(string Seen, string Left, string Host);
}
