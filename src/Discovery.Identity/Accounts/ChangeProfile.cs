using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Accounts;

/// <summary>Name, and the language of letters. Other services learn the name with the person's next act there.</summary>
internal static class ChangeProfile
{
    public sealed class Form
    {
        public string? DisplayName { get; set; }
        public string? Language { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPut("/account", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.DisplayName).IsOwnName();
            RuleFor(c => c.Input.Language).Must(l => Site.Lang.All.Contains(l)).WithMessage("identity.language.missing");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, UserManager<Person> people) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var me = await people.MeAsync(user);
            await db.MustBeOwnAsync(me, ct);
            (me.DisplayName, me.Language) = (Names.Clean(command.Input.DisplayName), command.Input.Language!);
            await people.UpdateAsync(me);
            return true;
        }
    }
}
