using Discovery.Identity.Data;
using Discovery.Identity.People;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>A person erases the own account, with a code from the own mailbox. There is no way back.</summary>
internal static class EraseAccount
{
    public sealed class Form
    {
        /// <summary>What <c>POST /api/identity/me/erasure/code</c> answered.</summary>
        public Guid? Id { get; set; }

        /// <summary>The six digits of the letter.</summary>
        public string? Code { get; set; }
    }

    public sealed record AskCode : IRequest<Asked>;

    public sealed record Asked(Guid Id);

    public sealed record Command(Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder me)
    {
        me.MapPost("/erasure/code", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new AskCode(), ct)));
        me.MapPost("/erasure", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(form), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Code).NotEmpty().WithMessage("identity.erase.code.missing");
            RuleFor(c => c.Input.Id).NotEmpty().WithMessage("identity.code.over");
        }
    }

    public sealed class CodeHandler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, Codes codes) : IRequestHandler<AskCode, Asked>
    {
        public async Task<Asked> Handle(AskCode command, CancellationToken ct)
        {
            var me = await db.OneWhoMayEraseAsync(user, ct);
            // The mailbox alone does not do away with an account that needs more than that.
            await doorkeeper.MustHaveShownSecondAsync(ct);
            if (me.BouncedAt is not null) throw new RuleBroken("identity.erase.bounced");
            return new(await codes.SendAsync(CodePurposes.Erase, new(me.Email!, true, me.Id, Lang.Current, "erase"), me.Id, ct));
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, Codes codes, Erasure erasure) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var me = await db.OneWhoMayEraseAsync(user, ct);
            // The mailbox alone does not do away with an account that needs more than that.
            await doorkeeper.MustHaveShownSecondAsync(ct);
            var (_, whose) = await codes.RedeemAsync<Guid>(CodePurposes.Erase, command.Input.Id!.Value, command.Input.Code, ct);
            if (whose != me.Id) throw new RuleBroken("identity.code.over");
            await erasure.EraseAsync(me, me.Id, ct);
            return true;
        }
    }

    /// <summary>The person who asks, if the account is one that its owner may erase.</summary>
    static async Task<Person> OneWhoMayEraseAsync(this IdentityDb db, CurrentUser user, CancellationToken ct)
    {
        var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id && p.ErasedAt == null, ct);
        if (me is null || user.IsMachine) throw new RuleBroken("denied.sign-in") { Status = 403 };
        if (await db.DemonstrationAccounts.AnyAsync(a => a.Person == me.Id, ct)) throw new RuleBroken("identity.erase.demonstration");
        if (await db.IsLastAdministratorAsync(me.Id, ct)) throw new RuleBroken("identity.administrator.last");
        return me;
    }
}
