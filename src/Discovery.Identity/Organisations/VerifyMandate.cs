using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official has seen the paper: this person may act for this organisation. Who has no account gets one.</summary>
internal static class VerifyMandate
{
    public sealed class Form
    {
        public string? Email { get; set; }

        /// <summary>For a new account; one that exists keeps its name.</summary>
        public string? DisplayName { get; set; }

        /// <summary>One of <see cref="MandateRoles"/>.</summary>
        public string? Role { get; set; } = MandateRoles.Representative;

        /// <summary>The last day; empty: until it is revoked.</summary>
        public DateOnly? Until { get; set; }
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<Verified>;

    /// <param name="Password">Of an account made just now, shown this once.</param>
    public sealed record Verified(Guid Mandate, Guid Person, string Email, string? Password);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("/{id:guid}/mandates", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(id, form), ct)));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Input.Email).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
            RuleFor(c => c.Input.DisplayName).IsOwnName();
            RuleFor(c => c.Input.Role).Must(r => MandateRoles.All.Contains(r)).WithMessage("identity.claim.role.missing");
            RuleFor(c => c.Input.Until).Must(u => u is null || u > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).WithMessage("identity.until.past");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, IPasswordHasher<Person> hasher) : IRequestHandler<Command, Verified>
    {
        public async Task<Verified> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var (form, organisation) = (command.Input, await claims.OrganisationAsync(command.Organisation, ct));
            organisation.MustTakeMandates();

            string? password = null;
            var email = Person.Normal(form.Email!);
            var person = await db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            if (person is null)
            {
                person = Person.Register(form.Email!, form.DisplayName!, password = Passwords.Generate(), hasher, claims.Now);
                person.HasOneTimePassword = true;
                db.Add(person);
                db.Record(user, claims.Now, "account.made", person: person.Id);
            }
            var mandate = await claims.GrantAsync(organisation, person.Id, form.Role!, DecideClaim.EndOf(form.Until), ClaimRoutes.Official, user.Id, ct);
            if (await db.Claims.SingleOrDefaultAsync(c => c.Organisation == organisation.Id && c.Person == person.Id && c.State == ClaimState.Open, ct) is { } asked)
                claims.Decide(asked, ClaimState.Verified, user.Id, null);
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return new(mandate.Id, person.Id, person.Email!, password);
        }
    }

    public static int FreeSeat(IEnumerable<int> taken) => Enumerable.Range(0, int.MaxValue).Except(taken).First();
}
