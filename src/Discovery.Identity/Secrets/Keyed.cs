using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform.Messaging;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Identity.Secrets;

/// <summary>
/// Keyed hashes (HMAC-SHA-256) of addresses, networks and codes, and sealing by the key ring. The key of the hashes is a random value of this
/// installation: whoever has the tables alone cannot try all addresses or all six-digit codes against them.
/// </summary>
internal sealed class Keyed(IServiceScopeFactory scopes, IDataProtectionProvider protection) : IHostedService
{
    const int TheOne = 1;
    byte[]? pepper;

    /// <param name="purpose">Hashes of one purpose say nothing about those of another.</param>
    public byte[] Hash(string purpose, string value) =>
        HMACSHA256.HashData(pepper ?? throw new InvalidOperationException("The service has not started."), Encoding.UTF8.GetBytes($"{purpose}\n{value}"));

    /// <summary>Of a mail address, however it is written.</summary>
    public byte[] OfAddress(string email) => Hash("address", Person.Normal(email));

    public byte[] Seal<T>(string purpose, T value) => protection.CreateProtector("identity", purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(value, Wire.Json));

    /// <exception cref="CryptographicException">Sealed for another purpose, by another installation, or changed.</exception>
    public T Open<T>(string purpose, byte[] value) => JsonSerializer.Deserialize<T>(protection.CreateProtector("identity", purpose).Unprotect(value), Wire.Json)!;

    /// <summary>Bytes as they are: documents.</summary>
    public byte[] SealBytes(string purpose, byte[] value) => protection.CreateProtector("identity", purpose).Protect(value);

    public byte[] OpenBytes(string purpose, byte[] value) => protection.CreateProtector("identity", purpose).Unprotect(value);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var kept = await db.Peppers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == TheOne, cancellationToken);
        if (kept is null)
        {
            // Replicas that start at once: the row of the first one counts.
            var made = db.Add(new Pepper { Id = TheOne, Sealed = SealBytes("pepper", RandomNumberGenerator.GetBytes(32)) });
            try { await db.SaveChangesAsync(cancellationToken); }
            catch (DbUpdateException) { made.State = EntityState.Detached; }
            kept = await db.Peppers.AsNoTracking().SingleAsync(p => p.Id == TheOne, cancellationToken);
        }
        pepper = OpenBytes("pepper", kept.Sealed);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
