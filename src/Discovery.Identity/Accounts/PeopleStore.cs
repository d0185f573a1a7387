using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Identity's own store, which would keep authenticator keys and recovery codes as they are: here the keys are sealed by the key ring and the codes hashed.</summary>
internal sealed class PeopleStore(IdentityDb db, Keyed keyed, IdentityErrorDescriber describer) : UserOnlyStore<Person, IdentityDb, Guid>(db, describer)
{
    public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : Convert.ToBase64String(keyed.Seal("person-token", value)), cancellationToken);

    public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? keyed.Open<string>("person-token", Convert.FromBase64String(value)) : null;

    public override Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(code => code.Length == HashLength ? code : Hash(user, code)).ToList(), cancellationToken);

    public override Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken) => base.RedeemCodeAsync(user, Hash(user, code), cancellationToken);

    const int HashLength = 64;

    string Hash(Person user, string code) => Convert.ToHexString(keyed.Hash("recovery", $"{user.Id:N} {string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}"));
}
