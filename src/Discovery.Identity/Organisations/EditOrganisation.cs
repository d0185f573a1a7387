using Discovery.Identity.Audit;
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

/// <summary>An official corrects the books, and notes where proofs may come from: the domain of its mail and the address in the frame.</summary>
internal static class EditOrganisation
{
    public sealed class Form : RegisterOrganisation.Form
    {
        /// <summary>Mail there is the organisation's own: <c>biopolimer.example</c>. Never a provider where anybody gets an address.</summary>
        public string? Domain { get; set; }

        /// <summary>A mail address, or lines for an envelope.</summary>
        public string? FrameAddress { get; set; }
    }

    public sealed record Query(Guid Organisation) : IRequest<Form>;

    public sealed record Command(Guid Organisation, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPut("/{id:guid}", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(CurrentUser user)
        {
            RuleFor(c => c.Input).SetValidator(new RegisterOrganisation.FormRules(user));
            RuleFor(c => c.Input.Domain).Cascade(CascadeMode.Stop).Must(d => MailDomains.Read(d) is not null).WithMessage("identity.organisation.domain.wrong")
                .Must(d => !MailDomains.IsFree(MailDomains.Read(d)!)).WithMessage("identity.organisation.domain.free").When(c => !string.IsNullOrWhiteSpace(c.Input.Domain));
            RuleFor(c => c.Input.FrameAddress).MaximumLength(320).WithMessage("identity.organisation.address.long")
                .Must(a => !a!.Contains('@') || MailDomains.Of(a.Trim()) is not null && !a.Trim().Any(char.IsWhiteSpace)).WithMessage("identity.organisation.address.wrong").When(c => !string.IsNullOrWhiteSpace(c.Input.FrameAddress));
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Form>, IRequestHandler<Command, bool>
    {
        public async Task<Form> Handle(Query query, CancellationToken ct)
        {
            user.MustKeepBooks();
            var it = await claims.OrganisationAsync(query.Organisation, ct);
            return new()
            {
                Name = it.Name, LegalForm = it.LegalForm, Kind = it.Kind, RegistrationNumber = it.RegistrationNumber, Size = it.Size, Municipality = it.Municipality, Activity = it.Activity,
                Domain = it.Domain, FrameAddress = it.FrameAddress,
            };
        }

        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var (form, it) = (command.Input, await claims.OrganisationAsync(command.Organisation, ct));
            it.Call(Names.Clean(form.Name), RegistrationNumber.Read(form.RegistrationNumber));
            it.Kind = form.Kind!;
            it.Municipality = string.IsNullOrWhiteSpace(form.Municipality) ? null : form.Municipality.Trim();
            RegisterOrganisation.Describe(it, form);
            it.Domain = MailDomains.Read(form.Domain);
            it.FrameAddress = string.IsNullOrWhiteSpace(form.FrameAddress) ? null : form.FrameAddress.Trim().ReplaceLineEndings("\n");
            if (db.Entry(it).State == EntityState.Unchanged) return false;
            db.Record(user, claims.Now, "organisation.changed", it.Id, note: string.Join(' ', db.Entry(it).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name)));
            db.Announce(it.Changed(claims.Now));
            await db.SaveUniqueAsync("identity.organisation.taken", ct);
            return true;
        }
    }
}
