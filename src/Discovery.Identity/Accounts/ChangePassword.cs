using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Discovery.Identity.Accounts;

/// <summary>A person chooses the own password, for the first time or anew. All other sessions end.</summary>
internal static class ChangePassword
{
    public sealed class Form
    {
        /// <summary>Asked for where there is one.</summary>
        public string? Current { get; set; }

        public string? New { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<bool>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.New).NotNull().WithMessage("identity.password.short").Length(Passwords.Shortest, Passwords.Longest).WithMessage("identity.password.short");
            RuleFor(c => c.Input.New).NotEqual(c => c.Input.Current).WithMessage("identity.password.same").When(c => c.Input.New?.Length >= Passwords.Shortest);
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            // A demonstration's passwords stand on its sign-in page: one visitor must not shut the others out.
            await db.MustBeOwnAsync(me, ct);
            if (me.PasswordHash is null) await door.MustBeFreshAsync(ct);
            else if (string.IsNullOrEmpty(command.Input.Current)) throw new ValidationException([new("Input.Current", "identity.password.current.missing")]);
            me.HasOneTimePassword = false;
            db.Record(user, clock.GetUtcNow(), "password.changed", person: me.Id);
            var changed = me.PasswordHash is null ? await people.AddPasswordAsync(me, command.Input.New!) : await people.ChangePasswordAsync(me, command.Input.Current!, command.Input.New!);
            if (!changed.Succeeded) throw new RuleBroken("identity.password.wrong");
            await door.EndOthersAsync(ct);
            return true;
        }
    }
}
