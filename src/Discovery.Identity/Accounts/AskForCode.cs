using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Accounts;

/// <summary>A code to sign in with goes to the address, if an account has it. The answer is the same for every address.</summary>
internal static class AskForCode
{
    public sealed class Form
    {
        public string? Email { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Guid>;

    /// <param name="Id">Comes back with the code.</param>
    public sealed record Asked(Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/codes", async (Form form, IMediator mediator, CancellationToken ct) => TypedResults.Accepted((string?)null, new Asked(await mediator.Send(new Command(form), ct))));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Email).IsAddress();
    }

    public sealed class Handler(IdentityDb db, Codes codes) : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            var arrival = new Arrival(command.Input.Email!.Trim(), Site.Lang.Current);
            return await codes.SendAsync(CodePurposes.SignIn, await Arrival.AddresseeAsync(db, arrival, ct), arrival, ct);
        }
    }
}

internal static class Addresses
{
    public static void IsAddress<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("identity.email.missing")
        .MaximumLength(200).WithMessage("identity.email.wrong")
        .Must(a => a!.Trim() is var address && MimeKit.MailboxAddress.TryParse(address, out var parsed) && parsed.Address == address && address.Contains('@', StringComparison.Ordinal) && !address.Any(char.IsControl))
        .WithMessage("identity.email.wrong");

    /// <summary>What a person calls himself: not longer than fits, and not like the authority (check 48).</summary>
    public static void IsOwnName<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .Must(n => Names.Clean(n).Length is > 0 and <= 200).WithMessage("identity.name.missing")
        .Must(n => !Names.Imitates(n)).WithMessage("identity.name.imitates");

    /// <summary>Enough to know one's own address by: «a…@example.org».</summary>
    public static string Masked(string address) => address.LastIndexOf('@') is > 0 and var at ? address[..1] + "…" + address[at..] : address;
}
