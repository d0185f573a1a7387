using System.Security.Cryptography;
using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Secrets;

/// <summary>Codes of six digits by mail: made, sent, and redeemed once (OWASP ASVS 6.5, 6.6).</summary>
internal sealed class Codes(IdentityDb db, Keyed keyed, Letters letters, LetterSender sender, Throttle throttle, TimeProvider clock)
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>To whom, and with which letter <c>letter.{Kind}</c>: its texts get the code as {0}, {1} … are <paramref name="Values"/>.</summary>
    /// <param name="Address">Typed by whoever asks.</param>
    /// <param name="Reaches">False: nobody gets it (unknown, shut or bounced), and whoever asks cannot tell.</param>
    public sealed record Addressee(string Address, bool Reaches, Guid? Person, string Language, string Kind, params object[] Values);

    /// <summary>Makes a code and its letter and saves them with whatever else is pending. The work is the same whether somebody gets the letter or not.</summary>
    /// <returns>The id, which the asking browser keeps: without it the code opens nothing.</returns>
    /// <exception cref="RuleBroken">429: more than 10 an hour to the address from one network, or more than 120 from the network.</exception>
    public async Task<Guid> SendAsync<TPayload>(string purpose, Addressee to, TPayload payload, CancellationToken ct)
    {
        await throttle.CountAsync("identity.throttled.codes", $"{Person.Normal(to.Address)} {throttle.Network}", 10, Hour, ct);
        await throttle.CountAsync("identity.throttled.codes", throttle.Network, 120, Hour, ct);
        var (id, code) = (Guid.NewGuid(), RandomNumberGenerator.GetInt32(1_000_000).ToString("D6"));
        db.Add(new OneTimeCode
        {
            Id = id, Purpose = purpose, Person = to.Person, Hash = Hash(id, code), Payload = keyed.Seal("code", payload), ExpiresAt = clock.GetUtcNow() + OneTimeCode.Life,
        });
        letters.Write(to.Kind, to.Reaches ? to.Address : null, to.Person, to.Language, OneTimeCode.Life, [code, .. to.Values]);
        await db.SaveChangesAsync(ct);
        sender.Wake();
        return id;
    }

    /// <summary>Takes the code if it is right; it opens nothing a second time.</summary>
    /// <exception cref="RuleBroken"><c>identity.code.wrong</c>; <c>identity.code.over</c>: used, ten minutes old, five times mistyped, or never sent from here; 429.</exception>
    public async Task<(OneTimeCode Code, TPayload Payload)> RedeemAsync<TPayload>(string purpose, Guid id, string? typed, CancellationToken ct)
    {
        // Counted before it is looked at, and taken back where it was right: a burst counts whole.
        await throttle.CountAsync("identity.throttled.tries", throttle.Network, 30, Hour, ct);
        var now = clock.GetUtcNow();
        if (await db.Codes.Where(c => c.Id == id && c.Purpose == purpose && c.UsedAt == null && c.Tried < OneTimeCode.Tries && c.ExpiresAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Tried, c => c.Tried + 1), ct) == 0)
            throw new RuleBroken("identity.code.over");
        var code = await db.Codes.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        if (!CryptographicOperations.FixedTimeEquals(code.Hash, Hash(id, Digits(typed))))
            throw new RuleBroken(code.Tried < OneTimeCode.Tries ? "identity.code.wrong" : "identity.code.over");
        if (await db.Codes.Where(c => c.Id == id && c.UsedAt == null).ExecuteUpdateAsync(s => s.SetProperty(c => c.UsedAt, now), ct) == 0)
            throw new RuleBroken("identity.code.over");
        await throttle.ForgiveAsync("identity.throttled.tries", throttle.Network, Hour, ct);
        return (code, keyed.Open<TPayload>("code", code.Payload));
    }

    byte[] Hash(Guid id, string code) => keyed.Hash("code", $"{id:N} {code}");

    /// <summary>As people type and paste it: «123 456», «123-456».</summary>
    static string Digits(string? typed) => string.Concat((typed ?? "").Where(char.IsAsciiDigit).Take(20));
}
