using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Somebody on the way in: what is done once the code that went to <paramref name="Address"/> is right. Lies sealed beside the code.</summary>
/// <param name="DisplayName">Of the account that is made where there is none; null: none is made.</param>
/// <param name="Login">An account at another provider that is tied to this one then.</param>
internal sealed record Arrival(string Address, string Language, string? DisplayName = null, Arrival.Foreign? Login = null)
{
    public sealed record Foreign(string Provider, string Key);

    /// <summary>Whom the letter goes to: everybody gets the same answer, and the same work is done (ASVS 6.3.8).</summary>
    public static async Task<Codes.Addressee> AddresseeAsync(IdentityDb db, Arrival arrival, CancellationToken ct)
    {
        var email = Person.Normal(arrival.Address);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
        return person is null
            ? new(arrival.Address, Reaches: arrival.DisplayName is not null, null, arrival.Language, "sign-up")
            : new(person.Email!, Reaches: !person.IsShut && person.BouncedAt is null, person.Id, arrival.Language, arrival.DisplayName is null ? "sign-in" : "known");
    }
}
