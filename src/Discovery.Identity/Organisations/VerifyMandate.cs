using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
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
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<Verified>;

    /// <param name="Password">Of an account made just now, shown this once.</param>
    public sealed record Verified(Guid Mandate, Guid Person, string Email, string? Password);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("/{id:guid}/mandates", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(id, form), ct)));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Email).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
            RuleFor(c => c.Input.DisplayName).Must(n => Names.Clean(n).Length is > 0 and <= 200).WithMessage("identity.name.missing");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, IPasswordHasher<Person> hasher, TimeProvider clock) : IRequestHandler<Command, Verified>
    {
        public async Task<Verified> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            if (!await db.Organisations.AnyAsync(o => o.Id == command.Organisation, ct)) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };

            string? password = null;
            var email = Person.Normal(command.Input.Email!);
            var person = await db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            if (person is null)
            {
                person = Person.Register(command.Input.Email!, command.Input.DisplayName!, password = Passwords.Generate(), hasher, clock.GetUtcNow());
                person.HasOneTimePassword = true;
                db.Add(person);
            }
            // Who runs rounds takes no part in them.
            else if (await db.Roles.AnyAsync(r => r.Person == person.Id, ct)) throw new RuleBroken("identity.mandate.authority");

            var active = await db.Mandates.Where(m => m.Organisation == command.Organisation && m.RevokedAt == null).ToListAsync(ct);
            if (active.Find(m => m.Person == person.Id) is { } already) return new(already.Id, person.Id, person.Email!, null);

            var mandate = new Mandate
            {
                Id = Guid.CreateVersion7(),
                Person = person.Id,
                Organisation = command.Organisation,
                Seat = FreeSeat(active.Select(m => m.Seat)),
                VerifiedAt = clock.GetUtcNow(),
                VerifiedBy = user.Id,
            };
            db.Add(mandate);
            db.Announce(mandate.Verified());
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return new(mandate.Id, person.Id, person.Email!, password);
        }
    }

    public static int FreeSeat(IEnumerable<int> taken) => Enumerable.Range(0, int.MaxValue).Except(taken).First();
}
