using System.Globalization;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>A person chooses the own password, above all after a one-time one.</summary>
internal static class ChangePassword
{
    public sealed class Form
    {
        public string? Current { get; set; }
        public string? New { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<bool>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Current).NotEmpty().WithMessage("identity.password.current.missing");
            RuleFor(c => c.Input.New).NotNull().WithMessage("identity.password.short").Length(Passwords.Shortest, Passwords.Longest).WithMessage("identity.password.short");
            RuleFor(c => c.Input.New).NotEqual(c => c.Input.Current).WithMessage("identity.password.same").When(c => c.Input.New?.Length >= Passwords.Shortest);
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, UserManager<Person> people) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var person = await people.FindByIdAsync(user.Id.ToString("D", CultureInfo.InvariantCulture)) ?? throw new RuleBroken("denied.sign-in") { Status = 403 };
            // A demonstration's passwords stand on its sign-in page: one visitor must not shut the others out.
            if (await db.DemonstrationAccounts.AnyAsync(a => a.Person == person.Id, ct)) throw new RuleBroken("identity.password.demonstration");
            person.HasOneTimePassword = false;
            var changed = await people.ChangePasswordAsync(person, command.Input.Current!, command.Input.New!);
            return changed.Succeeded ? true : throw new RuleBroken("identity.password.wrong");
        }
    }
}
