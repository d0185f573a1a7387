using System.Globalization;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using QRCoder;

namespace Discovery.Identity.Accounts;

/// <summary>The key for an authenticator app (RFC 6238), until it is confirmed with a first code.</summary>
internal static class GetAuthenticatorKey
{
    /// <param name="Make">Makes one where there is none: a page that is only looked at does not.</param>
    public sealed record Query(bool Make) : IRequest<Key?>;

    /// <param name="Secret">Base32 in groups of four, to be typed.</param>
    /// <param name="Uri"><c>otpauth://totp/…</c>, for a link on the phone itself.</param>
    /// <param name="Picture">The same as an SVG of a QR code.</param>
    public sealed record Key(string Secret, string Uri, string Picture);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/second-factor", async (IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(Make: true), ct) ?? throw new RuleBroken("identity.second.on"))).RequireAuthorization();

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people) : IRequestHandler<Query, Key?>
    {
        public async Task<Key?> Handle(Query query, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            // A key that is in use is shown to nobody.
            if (me.TwoFactorEnabled) return null;
            if (query.Make)
            {
                await db.MustBeOwnAsync(me, ct);
                await door.MustBeFreshAsync(ct);
                await people.ResetAuthenticatorKeyAsync(me);
            }
            if (await people.GetAuthenticatorKeyAsync(me) is not { } secret) return null;
            var uri = $"otpauth://totp/Discovery:{Uri.EscapeDataString(me.Email!)}?secret={secret}&issuer=Discovery&digits=6";
            using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
            using var picture = new SvgQRCode(data);
            return new(string.Join(' ', secret.Chunk(4).Select(c => new string(c))), uri, picture.GetGraphic(4, "#07333d", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute));
        }
    }
}

/// <summary>The app shows the right code: from now on it is asked for. Gives the recovery codes, this once.</summary>
internal static class SetUpAuthenticator
{
    public sealed class Form
    {
        public string? Code { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<IReadOnlyList<string>>;

    /// <param name="RecoveryCodes">Shown this once.</param>
    public sealed record On(IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPut("/second-factor", async (Form form, IMediator mediator, CancellationToken ct) => TypedResults.Ok(new On(await mediator.Send(new Command(form), ct)))).RequireAuthorization();

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, Throttle throttle, TimeProvider clock) : IRequestHandler<Command, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(Command command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            await db.MustBeOwnAsync(me, ct);
            await door.MustBeFreshAsync(ct);
            if (me.TwoFactorEnabled) throw new RuleBroken("identity.second.on");
            if (!await people.IsCodeOfAppAsync(throttle, me, command.Input.Code, ct)) throw new RuleBroken("identity.second.wrong");
            await people.SetTwoFactorEnabledAsync(me, true);
            db.Record(user, clock.GetUtcNow(), "second.on", person: me.Id);
            return [.. (await people.GenerateNewTwoFactorRecoveryCodesAsync(me, SecondFactors.RecoveryCodes))!];
        }
    }
}

/// <summary>New recovery codes; the old ones are void.</summary>
internal static class RenewRecoveryCodes
{
    public sealed record Command : IRequest<IReadOnlyList<string>>;

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Command, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(Command command, CancellationToken ct)
        {
            await door.MustBeFreshAsync(ct);
            var me = await people.MeAsync(user);
            if (!me.TwoFactorEnabled) throw new RuleBroken("identity.second.off");
            db.Record(user, clock.GetUtcNow(), "recovery.renewed", person: me.Id);
            return [.. (await people.GenerateNewTwoFactorRecoveryCodesAsync(me, SecondFactors.RecoveryCodes))!];
        }
    }
}

/// <summary>The app is untied. Whoever holds a role then needs another second factor at the next sign-in.</summary>
internal static class RemoveAuthenticator
{
    public sealed record Command : IRequest<bool>;

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            await door.MustBeFreshAsync(ct);
            var me = await people.MeAsync(user);
            if (user.IsOfAuthority && (await people.GetPasskeysAsync(me)).Count == 0) throw new RuleBroken("identity.second.last");
            db.Record(user, clock.GetUtcNow(), "second.off", person: me.Id);
            await people.SetTwoFactorEnabledAsync(me, false);
            await people.ResetAuthenticatorKeyAsync(me);
            return true;
        }
    }
}

/// <summary>What the app shows, or a recovery code, which is used up. Tries are counted by person and network.</summary>
internal static class ShowSecondFactor
{
    public sealed class Form
    {
        public string? Code { get; set; }
    }

    public sealed record Command(Guid Person, Form Input) : IRequest<bool>;

    public sealed class Handler(IdentityDb db, UserManager<Person> people, Throttle throttle, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        /// <returns>Always true; a wrong code throws.</returns>
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var person = await people.FindByIdAsync(command.Person.ToString("D", CultureInfo.InvariantCulture)) ?? throw new RuleBroken("denied.sign-in") { Status = 403 };
            var (tries, whom, quarter) = ("identity.throttled.tries", $"second {person.Id} {throttle.Network}", TimeSpan.FromMinutes(15));
            await throttle.CountAsync(tries, whom, 5, quarter, ct);
            if (!person.TwoFactorEnabled) throw new RuleBroken("identity.second.off");
            if (!await people.IsCodeOfAppAsync(throttle, person, command.Input.Code, ct))
            {
                if (!(await people.RedeemTwoFactorRecoveryCodeAsync(person, command.Input.Code ?? "")).Succeeded) throw new RuleBroken("identity.second.wrong") { Status = 401 };
                db.Record(person.Id, clock.GetUtcNow(), "recovery.used", person: person.Id);
                await db.SaveChangesAsync(ct);
            }
            await throttle.ForgiveAsync(tries, whom, quarter, ct);
            return true;
        }
    }
}

internal static class SecondFactors
{
    public const int RecoveryCodes = 10;

    public static async Task<Person> MeAsync(this UserManager<Person> people, CurrentUser user) =>
        await people.FindByIdAsync(user.Id.ToString("D", CultureInfo.InvariantCulture)) is { ErasedAt: null } me ? me : throw new RuleBroken("denied.sign-in") { Status = 403 };

    /// <summary>A code of the app, shown for the first time: it is good for two and a half minutes, not for two sign-ins (ASVS 6.5.1).</summary>
    public static async Task<bool> IsCodeOfAppAsync(this UserManager<Person> people, Throttle throttle, Person person, string? typed, CancellationToken ct)
    {
        var code = string.Concat((typed ?? "").Where(char.IsAsciiDigit));
        return code.Length == 6 && await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, code)
            && await throttle.IsFirstAsync("app", $"{person.Id} {code}", TimeSpan.FromMinutes(5), ct);
    }

    /// <summary>A demonstration's accounts are everybody's: nobody changes how they are signed in with.</summary>
    public static async Task MustBeOwnAsync(this IdentityDb db, Person person, CancellationToken ct)
    {
        if (await db.DemonstrationAccounts.FindAsync([person.Id], ct) is not null) throw new RuleBroken("identity.password.demonstration");
    }
}
