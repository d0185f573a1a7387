using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official enters an organisation whose papers were seen.</summary>
internal static class RegisterOrganisation
{
    public sealed class Form
    {
        public Text Name { get; set; } = [];
        public string? Kind { get; set; }

        /// <summary>ИНН, if it has one.</summary>
        public string? RegistrationNumber { get; set; }

        /// <summary>Key of a cell of the region's honeycomb.</summary>
        public string? Municipality { get; set; }

        /// <summary>ИНН of the ultimate owner, if that one is registered here: owner families share a limited voice.</summary>
        public string? Owner { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Guid>;

    public sealed record Registered(Guid Id);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            var id = await mediator.Send(new Command(form), ct);
            return TypedResults.Created($"/api/identity/organisations/{id}", new Registered(id));
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Name).Cascade(CascadeMode.Stop)
                .Must(n => Names.Clean(n).Count > 0).WithMessage("identity.organisation.name.missing")
                .Must(n => n.All(t => t.Value is null or { Length: <= 300 })).WithMessage("identity.organisation.name.long")
                .OverridePropertyName("Input.Name[ru]");
            RuleFor(c => c.Input.Kind).Must(k => OrganisationKinds.All.Contains(k)).WithMessage("identity.organisation.kind.missing");
            RuleFor(c => c.Input.RegistrationNumber).Must(n => TaxpayerNumber.IsValid(n!.Trim())).WithMessage("identity.organisation.number.wrong").When(c => !string.IsNullOrWhiteSpace(c.Input.RegistrationNumber));
            RuleFor(c => c.Input.Municipality).MaximumLength(100).WithMessage("identity.organisation.municipality.wrong");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            var form = command.Input;
            Guid? family = null;
            if (form.Owner?.Trim() is { Length: > 0 } owner)
            {
                family = await db.Organisations.Where(o => o.RegistrationNumber == owner).Select(o => (Guid?)o.Family).SingleOrDefaultAsync(ct);
                if (family is null) throw new RuleBroken("identity.organisation.owner.unknown", owner);
            }
            var organisation = Organisation.Register(Guid.CreateVersion7(), Names.Clean(form.Name), form.Kind!, RegistrationNumber.Inn(form.RegistrationNumber), form.Municipality, family, clock.GetUtcNow());
            db.Add(organisation);
            db.Announce(organisation.Registered());
            await db.SaveUniqueAsync("identity.organisation.taken", ct);
            return organisation.Id;
        }
    }
}
