using System.Text.RegularExpressions;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Accounts;

/// <summary>An administrator makes accounts with roles, an official makes accounts without; the command line makes the first one.</summary>
internal static partial class CreateAccount
{
    public sealed class Form
    {
        public string? Email { get; set; }
        public string? DisplayName { get; set; }
        public List<string> Roles { get; set; } = [];

        /// <summary>Null: one is made, and its owner is asked for another at the first sign-in.</summary>
        public string? Password { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Account>;

    /// <param name="Password">The one made by the portal, shown this once; null where the caller chose it.</param>
    public sealed record Account(Guid Id, string Email, string? Password);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/accounts", async (Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Created((string?)null, await mediator.Send(new Command(form), ct)))
            .RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Email).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
            RuleFor(c => c.Input.DisplayName).Must(n => Names.Clean(n).Length is > 0 and <= 200).WithMessage("identity.name.missing");
            RuleFor(c => c.Input.Password).Length(Passwords.Shortest, Passwords.Longest).WithMessage("identity.password.short");
            RuleForEach(c => c.Input.Roles).Must(IsRole).WithMessage("identity.role.unknown");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, IPasswordHasher<Person> hasher, TimeProvider clock) : IRequestHandler<Command, Account>
    {
        public Task<Account> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustGrant(command.Input.Roles);
            return MakeAsync(db, command.Input, hasher, clock, ct, user.Id);
        }
    }

    /// <summary>Without asking who wants it: for the slice above and for the command line of the machine itself.</summary>
    public static async Task<Account> MakeAsync(IdentityDb db, Form input, IPasswordHasher<Person> hasher, TimeProvider clock, CancellationToken ct, Guid by = default)
    {
        var password = input.Password ?? Passwords.Generate();
        var now = clock.GetUtcNow();
        var person = Person.Register(input.Email!, input.DisplayName!, password, hasher, now);
        person.HasOneTimePassword = input.Password is null;
        db.Add(person);
        db.Record(by, now, "account.created", person: person.Id);
        foreach (var role in input.Roles.Distinct())
        {
            db.Add(new GrantedRole { Person = person.Id, Name = role, GrantedAt = now, GrantedBy = by });
            db.Record(by, now, "role.granted", person: person.Id, region: role.Split(':')[0], note: role);
        }
        await db.SaveUniqueAsync("identity.account.taken", ct);
        return new(person.Id, person.Email!, input.Password is null ? password : null);
    }

    public static bool IsRole(string role) => RoleName().IsMatch(role);

    [GeneratedRegex(@"^(\*|[a-z0-9][a-z0-9-]{0,60}):(official|moderator|auditor|administrator)\z")]
    private static partial Regex RoleName();
}
