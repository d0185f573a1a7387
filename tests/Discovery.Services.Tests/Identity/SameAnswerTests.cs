using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Identity;

/// <summary>What measures time runs alone, after everything else.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed partial class SameAnswerTests(Everybody everybody)
{
    static int networks;

    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check18_known_unknown_blocked_and_bounced_addresses_get_the_same_answer_at_the_same_pace()
    {
        var addresses = new[] { await MadeAsync("known@test.example"), "unknown@test.example", await MadeAsync("blocked@test.example"), await MadeAsync("returned@test.example") };
        await app.Read("identity", db => db.Database.ExecuteSqlRawAsync("update people set blocked_at = created_at where normalized_email = 'BLOCKED@TEST.EXAMPLE'"));
        await app.Read("identity", db => db.Database.ExecuteSqlRawAsync("update people set bounced_at = created_at where normalized_email = 'RETURNED@TEST.EXAMPLE'"));
        await Task.Delay(2500);      // letters of other tests are out of the way

        // Other tests disturb the clock and disturb it differently each time; a difference of the product's own would show every time.
        var bodies = new HashSet<string>();
        var (gap, rounds) = (double.MaxValue, 0);
        for (; rounds < 4 && gap >= 5; rounds++)
        {
            var times = addresses.ToDictionary(a => a, _ => new List<double>());
            for (var i = 0; i < 50; i++)
                foreach (var address in addresses)
                {
                    // An own network each time: it is not the throttle that is measured.
                    using var http = Anonymous();
                    var watch = Stopwatch.StartNew();
                    using var answer = await http.PostAsJsonAsync("/api/identity/codes", new { email = address });
                    var body = await answer.Content.ReadAsStringAsync();
                    times[address].Add(watch.Elapsed.TotalMilliseconds);
                    bodies.Add($"{(int)answer.StatusCode} {Guids().Replace(body, "id")}");
                }
            var medians = times.Values.Select(t => t.Order().ElementAt(t.Count / 2)).ToList();
            gap = medians.Max() - medians.Min();
        }
        Assert.Single(bodies);
        Assert.True(gap < 5, $"The medians differ by {gap:F2} ms.");
        await Portal.Until(() => Task.FromResult(app.Letters("known@test.example").Count == 50 * rounds), "the known one gets every letter", 60);
        foreach (var silent in addresses.Skip(1)) Assert.Empty(app.Letters(silent));

        // And the pages say the same words.
        var pages = new HashSet<string>();
        foreach (var address in addresses)
        {
            using var page = new PageClient(app.Address, NewNetwork());
            Assert.Equal(302, await page.SendAsync("/en/sign-in", new Dictionary<string, string> { ["Input.Email"] = address }));
            await page.GoAsync("/en/sign-in/code");
            pages.Add(Tokens().Replace(page.Body.Replace(address[..1] + "…", "x…", StringComparison.Ordinal), ""));
        }
        Assert.Single(pages);
    }

    async Task<string> MadeAsync(string address)
    {
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { email = address, displayName = address } } });
        return address;
    }

    static string NewNetwork() => $"10.{200 + Interlocked.Increment(ref networks) / 250 % 50}.{networks % 250}.7";

    HttpClient Anonymous()
    {
        var http = app.Anonymous;
        http.DefaultRequestHeaders.Add("X-Forwarded-For", NewNetwork());
        return http;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Guids();

    [GeneratedRegex("<input name=\"__RequestVerificationToken\"[^>]*>")]
    private static partial Regex Tokens();
}
