using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official enters an organisation whose papers were seen: it is verified. One that a participant enters is not until its first mandate is.</summary>
internal static class RegisterOrganisation
{
    public class Form
    {
        public Text Name { get; set; } = [];

        /// <summary>ООО, АО, GmbH …</summary>
        public string? LegalForm { get; set; }

        public string? Kind { get; set; }

        /// <summary>ИНН, ОГРН, ОГРНИП, VAT with its country, LEI, or another country's with that country in front.</summary>
        public string? RegistrationNumber { get; set; }

        /// <summary>One of <see cref="OrganisationSizes"/>, or empty.</summary>
        public string? Size { get; set; }

        /// <summary>Key of a cell of the region's honeycomb.</summary>
        public string? Municipality { get; set; }

        /// <summary>ОКВЭД2 or NACE, never demanded.</summary>
        public string? Activity { get; set; }

        /// <summary>Number of the ultimate owner, if that one is registered here: owner families share a limited voice.</summary>
        public string? Owner { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Registered>;

    /// <param name="IsNew">False: an organisation with this number was there already, and a mandate of it can be asked for.</param>
    public sealed record Registered(Guid Id, bool IsNew);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            var registered = await mediator.Send(new Command(form), ct);
            return registered.IsNew ? Results.Created($"/api/identity/organisations/{registered.Id}", registered) : Results.Ok(registered);
        }).Produces<Registered>(201).Produces<Registered>();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CurrentUser user) => RuleFor(c => c.Input).SetValidator(new FormRules(user));
    }

    /// <summary>What holds for the form, on whichever page it stands.</summary>
    public sealed class FormRules : AbstractValidator<Form>
    {
        public FormRules(CurrentUser user)
        {
            RuleFor(f => f.Name).Cascade(CascadeMode.Stop)
                .Must(n => n is not null && Names.Clean(n).Count > 0).WithMessage("identity.organisation.name.missing")
                .Must(n => n.All(t => t.Value is null or { Length: <= 300 })).WithMessage("identity.organisation.name.long")
                .Must(n => user.KeepsBooks() || !Names.Imitates(n)).WithMessage("identity.organisation.name.imitates")
                .OverridePropertyName("Name[ru]");
            RuleFor(f => f.LegalForm).Must(f => Names.Clean(f).Length <= 60).WithMessage("identity.organisation.form.long");
            RuleFor(f => f.Kind).Must(k => OrganisationKinds.All.Contains(k)).WithMessage("identity.organisation.kind.missing");
            RuleFor(f => f.RegistrationNumber).Must(n => RegistrationNumber.Read(n) is not null).WithMessage("identity.organisation.number.wrong").When(f => !string.IsNullOrWhiteSpace(f.RegistrationNumber));
            RuleFor(f => f.Size).Must(s => OrganisationSizes.All.Contains(s!)).WithMessage("identity.organisation.size.wrong").When(f => !string.IsNullOrEmpty(f.Size));
            RuleFor(f => f.Municipality).MaximumLength(100).WithMessage("identity.organisation.municipality.wrong");
            RuleFor(f => f.Activity).Matches(@"^\s*[A-Za-zА-Яа-я]?[0-9.]{0,12}\s*$").WithMessage("identity.organisation.activity.wrong");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Throttle throttle, TimeProvider clock) : IRequestHandler<Command, Registered>
    {
        public async Task<Registered> Handle(Command command, CancellationToken ct)
        {
            var (form, isOfficial, now) = (command.Input, user.KeepsBooks(), clock.GetUtcNow());
            user.MustBePerson();
            if (!isOfficial)
            {
                user.MustTakePart();
                await Claims.AccountAsync(db, user, ct);
            }
            var number = RegistrationNumber.Read(form.RegistrationNumber);
            if (number is not null && await db.Organisations.Where(o => o.RegistrationNumber == number.Value).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(ct) is { } there)
                return isOfficial ? throw new RuleBroken("identity.organisation.taken") : new(there, false);
            if (!isOfficial) await throttle.CountAsync("identity.throttled.registrations", user.Id.ToString(), 5, TimeSpan.FromDays(1), ct);

            var organisation = Organisation.Register(
                Guid.CreateVersion7(), Names.Clean(form.Name), form.Kind!, number, form.Municipality, await FamilyOfAsync(db, form.Owner, ct), now, user.Id, verified: isOfficial);
            Describe(organisation, form);
            db.Add(organisation);
            db.Announce(organisation.Registered());
            db.Record(user, now, "organisation.registered", organisation.Id);
            await db.SaveUniqueAsync("identity.organisation.taken", ct);
            return new(organisation.Id, true);
        }
    }

    /// <exception cref="RuleBroken">Nobody with this number is registered.</exception>
    public static async Task<Guid?> FamilyOfAsync(IdentityDb db, string? owner, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(owner)) return null;
        var number = RegistrationNumber.Read(owner)?.Value ?? owner.Trim();
        return await db.Organisations.Where(o => o.RegistrationNumber == number).Select(o => (Guid?)o.Family).SingleOrDefaultAsync(ct)
            ?? throw new RuleBroken("identity.organisation.owner.unknown", owner.Trim());
    }

    public static void Describe(Organisation organisation, Form form)
    {
        organisation.LegalForm = Names.Clean(form.LegalForm) is { Length: > 0 } legal ? legal : null;
        organisation.Size = string.IsNullOrEmpty(form.Size) ? null : form.Size;
        organisation.Activity = string.IsNullOrWhiteSpace(form.Activity) ? null : form.Activity.Trim();
    }
}
