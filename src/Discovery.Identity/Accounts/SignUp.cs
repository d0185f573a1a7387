using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Accounts;

/// <summary>Somebody new: a code goes to the address, and with it the account is made. Whose address has an account already is let into that one.</summary>
internal static class SignUp
{
    public sealed class Form
    {
        public string? DisplayName { get; set; }
        public string? Email { get; set; }

        /// <summary>Has read how the portal treats data (<see cref="Terms"/>).</summary>
        public bool Agrees { get; set; }
    }

    /// <param name="Login">The account at another provider that the person came with.</param>
    public sealed record Command(Form Input, Arrival.Foreign? Login = null) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/sign-ups", async (Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Accepted((string?)null, new AskForCode.Asked(await mediator.Send(new Command(form), ct))));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.DisplayName).IsOwnName();
            RuleFor(c => c.Input.Email).IsAddress();
            RuleFor(c => c.Input.Agrees).Equal(true).WithMessage("identity.agrees.missing");
        }
    }

    public sealed class Handler(IdentityDb db, Codes codes) : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            var arrival = new Arrival(command.Input.Email!.Trim(), Site.Lang.Current, Names.Clean(command.Input.DisplayName), command.Login);
            return await codes.SendAsync(CodePurposes.SignUp, await Arrival.AddresseeAsync(db, arrival, ct), arrival, ct);
        }
    }
}
