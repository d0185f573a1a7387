using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>E-mail and password. Unknown, wrong and shut get the same answer after the same work; tries are counted by address and network, so nobody can shut a person out.</summary>
internal static class SignIn
{
    public sealed class Form
    {
        public string? Email { get; set; }
        public string? Password { get; set; }

        /// <summary>For the API: what the authenticator app shows, from those who hold a role.</summary>
        public string? Code { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Person>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/token", async (Form form, IMediator mediator, Doorkeeper door, CancellationToken ct) =>
        {
            var person = await mediator.Send(new Command(form), ct);
            var second = !string.IsNullOrWhiteSpace(form.Code) && await mediator.Send(new ShowSecondFactor.Command(person.Id, new() { Code = form.Code }), ct);
            return TypedResults.SignIn((await door.MakeAsync(person, Sessions.Bearer, "password", second, ct: ct)).Principal, authenticationScheme: Sessions.Bearer);
        });

    public sealed class Handler(IdentityDb db, IPasswordHasher<Person> hasher, Throttle throttle) : IRequestHandler<Command, Person>
    {
        const string Tries = "identity.throttled.tries";
        static readonly TimeSpan Hour = TimeSpan.FromHours(1), Quarter = TimeSpan.FromMinutes(15);

        // Checked where there is no account, so that an unknown address takes as long as a known one.
        static string? nobody;

        public async Task<Person> Handle(Command command, CancellationToken ct)
        {
            var (email, password) = (Person.Normal(command.Input.Email ?? ""), command.Input.Password ?? "");
            if (password.Length > Passwords.Longest) password = "";
            // Counted before the password is looked at: a thousand tries at once count as a thousand.
            await throttle.CountAsync(Tries, throttle.Network, 100, Hour, ct);
            await throttle.CountAsync(Tries, $"{email} {throttle.Network}", 10, Quarter, ct);
            var person = await db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);

            nobody ??= hasher.HashPassword(new Person(), Passwords.Generate());
            var right = hasher.VerifyHashedPassword(person ?? new Person(), person?.PasswordHash ?? nobody, password) != PasswordVerificationResult.Failed;
            if (!right || person is not { PasswordHash: not null, IsShut: false }) throw new RuleBroken("identity.sign-in.wrong") { Status = 401 };
            await throttle.ForgiveAsync(Tries, throttle.Network, Hour, ct);
            await throttle.ForgiveAsync(Tries, $"{email} {throttle.Network}", Quarter, ct);
            return person;
        }
    }
}
