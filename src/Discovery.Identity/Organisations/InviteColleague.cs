using System.Buffers.Text;
using System.Security.Cryptography;
using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>A head of an organisation invites a colleague by mail.</summary>
internal static class InviteColleague
{
    public sealed class Form
    {
        public string? Email { get; set; }

        /// <summary>One of <see cref="MandateRoles"/>.</summary>
        public string? Role { get; set; } = MandateRoles.Representative;
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<bool>;

    /// <summary>What <see cref="Invitation.Address"/> seals.</summary>
    public sealed record Addressee(string Address, string Language);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPost("/{id:guid}/invitations", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Email).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
            RuleFor(c => c.Input.Role).Must(r => MandateRoles.All.Contains(r)).WithMessage("identity.claim.role.missing");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, Sender invitations, Throttle throttle) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            user.MustTakePart();
            if (!await claims.IsHeadAsync(command.Organisation, ct)) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
            var organisation = await claims.OrganisationAsync(command.Organisation, ct);
            organisation.MustTakeMandates();
            await throttle.CountAsync("identity.throttled.invitations", organisation.Id.ToString(), 20, TimeSpan.FromDays(1), ct);
            var invitation = await invitations.WriteAsync(organisation, user.Id, null, command.Input.Email!, command.Input.Role!, claims.Now + Invitation.Life, ct);
            db.Record(user, claims.Now, "invitation.sent", organisation.Id, note: invitation.Role);
            await db.SaveChangesAsync(ct);
            invitations.Wake();
            return true;
        }
    }

    /// <summary>Makes the invitation and its letter. Whoever asked never to be written to gets none, and the sender cannot tell.</summary>
    public sealed class Sender(IdentityDb db, Keyed keyed, Letters letters, LetterSender letterSender, Links links, Throttle throttle, TimeProvider clock)
    {
        public async Task<Invitation> WriteAsync(Organisation organisation, Guid by, Guid? from, string email, string role, DateTimeOffset until, CancellationToken ct)
        {
            var (address, language, now) = (email.Trim(), Lang.Current, clock.GetUtcNow());
            await throttle.CountAsync("identity.throttled.invitations", $"{Person.Normal(address)} {organisation.Id}", 3, TimeSpan.FromDays(1), ct);
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            var inviter = await db.Users.Where(p => p.Id == by).Select(p => p.DisplayName).SingleAsync(ct);
            var hash = keyed.OfAddress(address);
            var reaches = !await db.Suppressed.AnyAsync(s => s.Address == hash, ct);
            var invitation = new Invitation
            {
                Id = Guid.CreateVersion7(), Organisation = organisation.Id, InvitedBy = by, ForwardedFrom = from, TokenHash = HashOf(token), Address = keyed.Seal("invitation", new Addressee(address, language)), Role = role, ExpiresAt = until,
            };
            db.Add(invitation);
            letters.Write("invitation", reaches ? address : null, null, language, until - now, links.To(Places.Invitation(token)), organisation.Name.Here(), inviter);
            return invitation;
        }

        public void Wake() => letterSender.Wake();
    }

    public static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));
}
