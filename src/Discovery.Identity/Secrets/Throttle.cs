using System.Net;
using System.Net.Sockets;
using Discovery.Identity.Data;
using Discovery.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Secrets;

/// <summary>
/// Counts tries in the database, so that all replicas count together, and before the try is looked at: a thousand at once count as a thousand.
/// Limits that name a person always name the network too: nobody can shut somebody else out (OWASP ASVS 6.3.1).
/// </summary>
internal sealed class Throttle(IdentityDb db, Keyed keyed, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>The asker's network: /24 of IPv4, /64 of IPv6; what one household or one firm has.</summary>
    public string Network => NetworkOf(http.HttpContext?.Connection.RemoteIpAddress);

    /// <param name="what">The kind of try and the text that a refusal shows: <c>identity.throttled.code</c>. {0} is the number of minutes to wait.</param>
    /// <param name="whom">Address, network or both; only its keyed hash is kept.</param>
    /// <exception cref="RuleBroken">Over the limit: status 429 with the time until the window ends.</exception>
    public async Task CountAsync(string what, string whom, int limit, TimeSpan window, CancellationToken ct)
    {
        var (key, now, until) = Window(what, whom, window);
        var count = (await db.Database.SqlQuery<int>($"""
            insert into throttled (key, until, count) values ({key}, {until}, 1)
            on conflict (key, until) do update set count = throttled.count + 1 returning count as "Value"
            """).ToListAsync(ct)).Single();
        if (count > limit) throw Over(what, now, until);
    }

    /// <summary>Refuses where as many were counted already, and counts nothing: for limits on failures, which are known only afterwards.</summary>
    public async Task CheckAsync(string what, string whom, int limit, TimeSpan window, CancellationToken ct)
    {
        var (key, now, until) = Window(what, whom, window);
        if (await db.Throttled.AnyAsync(t => t.Key == key && t.Until == until && t.Count >= limit, ct)) throw Over(what, now, until);
    }

    /// <summary>Takes a counted try back: it was right.</summary>
    public async Task ForgiveAsync(string what, string whom, TimeSpan window, CancellationToken ct)
    {
        var (key, _, until) = Window(what, whom, window);
        await db.Throttled.Where(t => t.Key == key && t.Until == until && t.Count > 0).ExecuteUpdateAsync(s => s.SetProperty(t => t.Count, t => t.Count - 1), ct);
    }

    /// <summary>False when the value was shown before within the time: a code of an app is good for minutes, and for one use.</summary>
    public async Task<bool> IsFirstAsync(string what, string value, TimeSpan within, CancellationToken ct)
    {
        // Two rows whose windows are half a window apart: any two uses within the time meet in one of them.
        var (now, window) = (clock.GetUtcNow().ToUnixTimeSeconds(), 2 * (long)within.TotalSeconds);
        var first = true;
        foreach (var shift in new[] { 0, window / 2 })
        {
            var (key, until) = (keyed.Hash($"{what} {shift}", value), ((now + shift) / window + 1) * window);
            first &= (await db.Database.SqlQuery<int>($"""
                insert into throttled (key, until, count) values ({key}, {until}, 1)
                on conflict (key, until) do update set count = throttled.count + 1 returning count as "Value"
                """).ToListAsync(ct)).Single() == 1;
        }
        return first;
    }

    (byte[] Key, long Now, long Until) Window(string what, string whom, TimeSpan window)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return (keyed.Hash(what, whom), now, (now / (long)window.TotalSeconds + 1) * (long)window.TotalSeconds);
    }

    static RuleBroken Over(string what, long now, long until) => new(what, (until - now + 59) / 60) { Status = 429, RetryAfter = TimeSpan.FromSeconds(until - now) };

    internal static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return new IPNetwork(Masked(address, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8), address.AddressFamily == AddressFamily.InterNetwork ? 24 : 64).ToString();
    }

    static IPAddress Masked(IPAddress address, int bytes)
    {
        var all = address.GetAddressBytes();
        all.AsSpan(bytes).Clear();
        return new(all);
    }
}
