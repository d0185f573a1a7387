using System.Buffers.Text;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Accounts;

/// <summary>
/// Passkeys (WebAuthn level 3), by ASP.NET Core Identity. The browser asks for options, which it gives to the authenticator, and sends the answer back.
/// The challenge waits meanwhile in a sealed cookie of five minutes. The device checks its owner, so a passkey counts as second factor.
/// </summary>
internal static class Passkeys
{
    const string State = "discovery-passkey";
    const int Most = 20;

    public sealed class Form
    {
        /// <summary>The answer of <c>navigator.credentials</c> as JSON.</summary>
        public string? Credential { get; set; }

        /// <summary>What its owner calls it.</summary>
        public string? Name { get; set; }
    }

    /// <param name="Id">base64url.</param>
    public sealed record Row(string Id, string? Name, DateTimeOffset CreatedAt);

    public sealed record List : IRequest<IReadOnlyList<Row>>;

    public sealed record MakeOptions : IRequest<string>;

    public sealed record Add(Form Input) : IRequest<bool>;

    public sealed record Remove(string Id) : IRequest<bool>;

    public sealed record AskOptions : IRequest<string>;

    public sealed record Show(Form Input) : IRequest<Person>;

    public static void Map(IEndpointRouteBuilder identity)
    {
        // Options are JSON for the browser's own use; they open nothing.
        identity.MapPost("/passkeys/options", async (IMediator mediator, CancellationToken ct) => TypedResults.Text(await mediator.Send(new MakeOptions(), ct), "application/json")).RequireAuthorization();
        identity.MapPost("/passkeys/ask", async (IMediator mediator, CancellationToken ct) => TypedResults.Text(await mediator.Send(new AskOptions(), ct), "application/json"));
    }

    public sealed class ListHandler(CurrentUser user, UserManager<Person> people) : IRequestHandler<List, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(List query, CancellationToken ct) =>
            [.. (await people.GetPasskeysAsync(await people.MeAsync(user))).OrderBy(p => p.CreatedAt).Select(p => new Row(Base64Url.EncodeToString(p.CredentialId), p.Name, p.CreatedAt))];
    }

    public sealed class MakeOptionsHandler(CurrentUser user, UserManager<Person> people, IPasskeyHandler<Person> passkeys, StateCookie state, IHttpContextAccessor http) : IRequestHandler<MakeOptions, string>
    {
        public async Task<string> Handle(MakeOptions command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            var options = await passkeys.MakeCreationOptionsAsync(new() { Id = me.Id.ToString(), Name = me.Email!, DisplayName = me.DisplayName }, http.HttpContext!);
            state.Keep(State, options.AttestationState ?? "");
            return options.CreationOptionsJson;
        }
    }

    public sealed class AddValidator : AbstractValidator<Add>
    {
        public AddValidator()
        {
            RuleFor(c => c.Input.Credential).NotEmpty().WithMessage("identity.passkey.wrong").MaximumLength(64 << 10).WithMessage("identity.passkey.wrong");
            RuleFor(c => c.Input.Name).Must(n => Names.Clean(n).Length <= 60).WithMessage("identity.passkey.name.long");
        }
    }

    public sealed class AddHandler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, IPasskeyHandler<Person> passkeys, StateCookie state, IHttpContextAccessor http, TimeProvider clock)
        : IRequestHandler<Add, bool>
    {
        public async Task<bool> Handle(Add command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            await db.MustBeOwnAsync(me, ct);
            await door.MustBeFreshAsync(ct);
            if ((await people.GetPasskeysAsync(me)).Count >= Most) throw new RuleBroken("identity.passkey.many", Most);
            var made = await passkeys.PerformAttestationAsync(new() { HttpContext = http.HttpContext!, CredentialJson = command.Input.Credential!, AttestationState = state.Take(State) });
            if (!made.Succeeded || made.UserEntity.Id != me.Id.ToString()) throw new RuleBroken("identity.passkey.wrong");
            made.Passkey.Name = Names.Clean(command.Input.Name) is { Length: > 0 } name ? name : Devices.Name(http.HttpContext!.Request.Headers.UserAgent.ToString());
            db.Record(user, clock.GetUtcNow(), "passkey.added", person: me.Id);
            return (await people.AddOrUpdatePasskeyAsync(me, made.Passkey)).Succeeded ? true : throw new RuleBroken("identity.passkey.wrong");
        }
    }

    public sealed class RemoveHandler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Remove, bool>
    {
        public async Task<bool> Handle(Remove command, CancellationToken ct)
        {
            await door.MustBeFreshAsync(ct);
            var me = await people.MeAsync(user);
            if (user.IsOfAuthority && !me.TwoFactorEnabled && (await people.GetPasskeysAsync(me)).Count < 2) throw new RuleBroken("identity.second.last");
            if (!Base64Url.IsValid(command.Id)) throw new RuleBroken("identity.passkey.unknown") { Status = 404 };
            db.Record(user, clock.GetUtcNow(), "passkey.removed", person: me.Id);
            await people.RemovePasskeyAsync(me, Base64Url.DecodeFromChars(command.Id));
            return true;
        }
    }

    public sealed class AskOptionsHandler(IPasskeyHandler<Person> passkeys, StateCookie state, Throttle throttle, IHttpContextAccessor http) : IRequestHandler<AskOptions, string>
    {
        public async Task<string> Handle(AskOptions command, CancellationToken ct)
        {
            await throttle.CountAsync("identity.throttled.tries", "passkey " + throttle.Network, 300, TimeSpan.FromHours(1), ct);
            // Nobody is named: the device offers what it has for this portal, and asking tells nothing about anybody.
            var options = await passkeys.MakeRequestOptionsAsync(null, http.HttpContext!);
            state.Keep(State, options.AssertionState ?? "");
            return options.RequestOptionsJson;
        }
    }

    public sealed class ShowHandler(UserManager<Person> people, IPasskeyHandler<Person> passkeys, StateCookie state, Throttle throttle, IHttpContextAccessor http) : IRequestHandler<Show, Person>
    {
        public async Task<Person> Handle(Show command, CancellationToken ct)
        {
            await throttle.CountAsync("identity.throttled.tries", "passkey shown " + throttle.Network, 100, TimeSpan.FromHours(1), ct);
            var shown = await passkeys.PerformAssertionAsync(new() { HttpContext = http.HttpContext!, CredentialJson = command.Input.Credential ?? "", AssertionState = state.Take(State) });
            if (!shown.Succeeded || shown.User.IsShut) throw new RuleBroken("identity.passkey.wrong") { Status = 401 };
            await people.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey);       // its counter
            return shown.User;
        }
    }
}
