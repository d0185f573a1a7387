using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Access;

/// <summary>Follows every link as everybody, and looks whether anything has changed.</summary>
[Collection(nameof(Scene))]
public sealed partial class CrawlTests(Scene scene)
{
    const int Most = 400;

    /// <summary>Tables that may change while people only read: what is on its way between services or to subscribers, and counts of tries.</summary>
    static readonly string[] Technical = ["outbox", "inbox", "dead", "revocations", "throttled", "round_news", "news_issues"];

    [Fact]
    public async Task Check50_no_link_changes_anything_whoever_follows_it()
    {
        var before = await SettledAsync();
        var (seen, strange) = (0, new List<string>());
        foreach (var role in Cast.All)
        {
            var addresses = new Queue<string>(scene.Endpoints.Where(e => e.IsSafe).Select(e => Samples.Address(scene, scene.Main, role, e)));
            var known = addresses.ToHashSet();
            using var who = role is "mach" or "tool" ? scene.App.With(scene.Main.Claims(role)) : scene.App.AsBrowser(scene.Main.Claims(role)).Http;
            for (var asked = 0; asked < Most && addresses.TryDequeue(out var address); asked++, seen++)
            {
                using var answer = await who.GetAsync(address);
                // Signing in by a link is what a link must not do.
                if (Cookies(answer).Any(c => c.StartsWith("discovery=", StringComparison.Ordinal) && !c.StartsWith("discovery=;", StringComparison.Ordinal))) strange.Add($"{address} signs {role} in");
                if ((int)answer.StatusCode >= 500) strange.Add($"{address} as {role}: {(int)answer.StatusCode}");
                if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
                foreach (Match link in Link().Matches(await answer.Content.ReadAsStringAsync()))
                    if (WebUtility.HtmlDecode(link.Groups[1].Value) is var to && known.Add(to)) addresses.Enqueue(to);
            }
        }
        Strange.None(strange);
        Assert.True(seen > 1000, $"Only {seen} links were followed.");
        var after = await SettledAsync();
        Strange.None([.. after.Where(t => before[t.Key] != t.Value).Select(t => t.Key + " has changed")]);
    }

    static IEnumerable<string> Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    // What came before may still be on its way to another service; Identity tells of roles every two seconds.
    async Task<Dictionary<string, string>> SettledAsync()
    {
        for (var last = await ChecksumsAsync(); ;)
        {
            await Task.Delay(2500);
            var now = await ChecksumsAsync();
            if (now.All(t => last[t.Key] == t.Value)) return now;
            last = now;
        }
    }

    /// <summary>Of every table of every service, whatever the order of its rows.</summary>
    async Task<Dictionary<string, string>> ChecksumsAsync()
    {
        var sums = new Dictionary<string, string>();
        foreach (var service in DiscoveryApp.ServiceNames)
            await scene.App.Read(service, async db =>
            {
                await db.Database.OpenConnectionAsync();
                foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct().Except(Technical)) sums[$"{service}.{table}"] = await ChecksumAsync(db.Database.GetDbConnection(), table);
                return 0;
            });
        return sums;
    }

    static async Task<string> ChecksumAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from \"{table}\"";
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            var line = new StringBuilder();
            for (var i = 0; i < rows.FieldCount; i++) line.Append(rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)).Append('|');
            lines.Add(line.ToString());
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Order(StringComparer.Ordinal)))));
    }

    [GeneratedRegex("""(?:href|src|action)="(/[^"#]*)""")]
    private static partial Regex Link();
}
