using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>Another address: a code goes there, and with it the address is the account's. The old one is told, and all other sessions end.</summary>
internal static class ChangeAddress
{
    public sealed class Form
    {
        public string? Email { get; set; }
        public string? Code { get; set; }
    }

    public sealed record Ask(Form Input) : IRequest<Guid>;

    public sealed record Confirm(Guid Id, Form Input) : IRequest<bool>;

    internal sealed record NewAddress(Guid Person, string Address);

    public sealed class Validator : AbstractValidator<Ask>
    {
        public Validator() => RuleFor(c => c.Input.Email).IsAddress();
    }

    public sealed class AskHandler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, Codes codes) : IRequestHandler<Ask, Guid>
    {
        public async Task<Guid> Handle(Ask command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            await db.MustBeOwnAsync(me, ct);
            await door.MustBeFreshAsync(ct);
            var (address, email) = (command.Input.Email!.Trim(), Person.Normal(command.Input.Email!));
            // Somebody else's: nobody gets a letter, and whoever asks does not learn it.
            var free = !await db.Users.AnyAsync(p => p.NormalizedEmail == email, ct);
            return await codes.SendAsync(CodePurposes.NewAddress, new(address, free, me.Id, Site.Lang.Current, "address"), new NewAddress(me.Id, address), ct);
        }
    }

    public sealed class ConfirmHandler(IdentityDb db, CurrentUser user, Doorkeeper door, UserManager<Person> people, Codes codes, Letters letters, LetterSender sender, TimeProvider clock) : IRequestHandler<Confirm, bool>
    {
        public async Task<bool> Handle(Confirm command, CancellationToken ct)
        {
            var (_, asked) = await codes.RedeemAsync<NewAddress>(CodePurposes.NewAddress, command.Id, command.Input.Code, ct);
            var me = await people.MeAsync(user);
            if (asked.Person != me.Id) throw new RuleBroken("identity.code.over");
            letters.Write("address-changed", me.BouncedAt is null ? me.Email : null, me.Id, me.Language, TimeSpan.FromDays(1));
            (me.Email, me.UserName) = (asked.Address, asked.Address);
            (me.NormalizedEmail, me.NormalizedUserName) = (Person.Normal(asked.Address), Person.Normal(asked.Address));
            (me.EmailConfirmed, me.BouncedAt) = (true, null);
            db.Record(user, clock.GetUtcNow(), "address.changed", person: me.Id);
            await db.SaveUniqueAsync("identity.code.over", ct);
            sender.Wake();
            await door.EndOthersAsync(ct);
            return true;
        }
    }
}
