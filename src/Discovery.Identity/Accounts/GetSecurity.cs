using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Discovery.Identity.Accounts;

/// <summary>How I sign in: everything that the page about it shows.</summary>
internal static class GetSecurity
{
    public sealed record Query : IRequest<Security>;

    /// <param name="IsFresh">Signed in recently enough to change something.</param>
    /// <param name="IsOwn">False for a demonstration's accounts.</param>
    public sealed record Security(
        string Email, bool HasPassword, bool HasApp, int RecoveryCodes, IReadOnlyList<Passkeys.Row> Passkeys, IReadOnlyList<Foreign> Logins, bool IsFresh, bool IsOwn, bool MustHaveSecond);

    public sealed record Foreign(string Provider, string Key, string Name);

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, IMediator mediator) : IRequestHandler<Query, Security>
    {
        public async Task<Security> Handle(Query query, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            return new(me.Email!, me.PasswordHash is not null, me.TwoFactorEnabled, me.TwoFactorEnabled ? await people.CountRecoveryCodesAsync(me) : 0, await mediator.Send(new Passkeys.List(), ct),
                [.. (await people.GetLoginsAsync(me)).Select(l => new Foreign(l.LoginProvider, l.ProviderKey, l.ProviderDisplayName ?? l.LoginProvider))],
                await door.IsFreshAsync(ct), await db.DemonstrationAccounts.FindAsync([me.Id], ct) is null, user.IsOfAuthority);
        }
    }
}
