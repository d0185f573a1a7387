using System.Security.Claims;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>E-mail and password make a session. Unknown, wrong and locked get the same answer after the same work.</summary>
internal static class SignIn
{
    const int Tries = 5;
    static readonly TimeSpan Locked = TimeSpan.FromMinutes(5);

    public sealed class Form
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
    }

    /// <param name="Scheme">What the session is for: <see cref="Sessions.Cookie"/> or <see cref="Sessions.Bearer"/>.</param>
    public sealed record Command(string Scheme, Form Input) : IRequest<Session>;

    public sealed record Session(ClaimsPrincipal Principal, bool NeedsPassword);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/token", async (Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.SignIn((await mediator.Send(new Command(Sessions.Bearer, form), ct)).Principal, authenticationScheme: Sessions.Bearer));

    public sealed class Handler(IdentityDb db, IPasswordHasher<Person> hasher, TimeProvider clock) : IRequestHandler<Command, Session>
    {
        // Checked where there is no account, so that an unknown address takes as long as a known one.
        static string? nobody;

        public async Task<Session> Handle(Command command, CancellationToken ct)
        {
            var (email, password) = (Person.Normal(command.Input.Email ?? ""), command.Input.Password ?? "");
            if (password.Length > Passwords.Longest) password = "";
            var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            var counted = person is not null && await CountTryAsync(person.Id, ct);

            nobody ??= hasher.HashPassword(new Person(), Passwords.Generate());
            var right = hasher.VerifyHashedPassword(person ?? new Person(), person?.PasswordHash ?? nobody, password) != PasswordVerificationResult.Failed;
            if (person?.PasswordHash is null || !counted || !right) throw new RuleBroken("identity.sign-in.wrong") { Status = 401 };

            await db.Users.Where(p => p.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.AccessFailedCount, 0).SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null), ct);
            var roles = await db.Roles.Where(r => r.Person == person.Id).Select(r => r.Name).ToListAsync(ct);
            return new(Principal(person, roles, command.Scheme), person.HasOneTimePassword);
        }

        // Each try is counted before the password is looked at, and by the database: a thousand tries at once count as a thousand.
        async Task<bool> CountTryAsync(Guid person, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            DateTimeOffset? until = now + Locked;
            return await db.Users.Where(p => p.Id == person && (p.LockoutEnd == null || p.LockoutEnd <= now)).ExecuteUpdateAsync(s => s
                .SetProperty(p => p.LockoutEnd, p => p.AccessFailedCount + 1 >= Tries ? until : null)
                .SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount + 1 >= Tries ? 0 : p.AccessFailedCount + 1), ct) == 1;
        }

        // No mandates: each service decides on its own copy of them (design, 7).
        ClaimsPrincipal Principal(Person person, IEnumerable<string> roles, string scheme) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, person.Id.ToString()),
            new(ClaimTypes.Name, person.DisplayName),
            new(Sessions.SessionId, Guid.CreateVersion7().ToString()),
            new(Sessions.IssuedAt, clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            .. roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ], scheme));
    }
}
