using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>
/// What the link of an invitation opens: who invites whom to what, and three answers. The link itself gives nothing: who takes part types a fresh
/// code that goes to the invited address; who forwards it hands on a wish that a head still has to confirm.
/// </summary>
internal static class AnswerInvitation
{
    public sealed record Query(string Token) : IRequest<Landing>;

    /// <param name="State">valid, used, expired, revoked; names are there only in a valid one.</param>
    public sealed record Landing(string State, Text? Organisation, string? InvitedBy, string? Role, DateTimeOffset? ExpiresAt, bool IsForwarded);

    public sealed record SendCode(string Token) : IRequest<ProveByDomain.Sent>;

    public sealed class Form
    {
        public Guid Id { get; set; }
        public string? Code { get; set; }

        /// <summary>For a new account; one that exists keeps its name.</summary>
        public string? DisplayName { get; set; }

        /// <summary>Has read how the portal treats data (<see cref="Site.Terms"/>).</summary>
        public bool Agrees { get; set; }
    }

    public sealed record Accept(string Token, Form Input) : IRequest<Accepted>;

    /// <param name="Mandate">Null: a head has to confirm it first.</param>
    public sealed record Accepted(Person Person, Guid Organisation, Guid? Mandate);

    public sealed class Colleague
    {
        public string? Email { get; set; }
    }

    public sealed record Forward(string Token, Colleague Input) : IRequest<bool>;

    /// <summary>No invitation ever again.</summary>
    public sealed record Never(string Token) : IRequest<bool>;

    sealed record Payload(Guid Invitation);

    public static void Map(IEndpointRouteBuilder identity)
    {
        var invitations = identity.MapGroup("/invitations/{token}").AddEndpointFilter(async (context, next) =>
        {
            Seal(context.HttpContext.Response);
            return await next(context);
        });
        invitations.MapGet("", async (string token, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(token), ct)));
        invitations.MapPost("/code", async (string token, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new SendCode(token), ct)));
        invitations.MapPost("/accept", async (string token, Form form, IMediator mediator, Doorkeeper doorkeeper, CancellationToken ct) =>
        {
            var accepted = await mediator.Send(new Accept(token, form), ct);
            var (principal, properties) = await doorkeeper.MakeAsync(accepted.Person, Sessions.Bearer, "code", second: false, accepted.Mandate is null ? null : accepted.Organisation, ct: ct);
            return TypedResults.SignIn(principal, properties, Sessions.Bearer);
        });
        invitations.MapPost("/forward", async (string token, Colleague form, IMediator mediator, CancellationToken ct) => { await mediator.Send(new Forward(token, form), ct); return TypedResults.NoContent(); });
        invitations.MapPost("/never", async (string token, IMediator mediator, CancellationToken ct) => { await mediator.Send(new Never(token), ct); return TypedResults.NoContent(); });
    }

    /// <summary>The address of the page is a secret: no other site and no store learns it.</summary>
    public static void Seal(HttpResponse response)
    {
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
    }

    public sealed class AcceptValidator : AbstractValidator<Accept>
    {
        public AcceptValidator()
        {
            RuleFor(c => c.Input.DisplayName).IsOwnName();
            RuleFor(c => c.Input.Agrees).Equal(true).WithMessage("identity.agrees.missing");
        }
    }

    public sealed class ForwardValidator : AbstractValidator<Forward>
    {
        public ForwardValidator() => RuleFor(c => c.Input.Email).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
    }

    public sealed class Handler(IdentityDb db, Claims claims, Keyed keyed, Codes codes, InviteColleague.Sender invitations, Newcomers newcomers, Throttle throttle)
        : IRequestHandler<Query, Landing>, IRequestHandler<SendCode, ProveByDomain.Sent>, IRequestHandler<Accept, Accepted>, IRequestHandler<Forward, bool>, IRequestHandler<Never, bool>
    {
        public async Task<Landing> Handle(Query query, CancellationToken ct)
        {
            var (invitation, state) = await FindAsync(query.Token, ct);
            if (state != "valid") return new(state, null, null, null, null, false);
            var organisation = await claims.OrganisationAsync(invitation.Organisation, ct);
            var by = await db.Users.Where(p => p.Id == invitation.InvitedBy).Select(p => p.DisplayName).SingleAsync(ct);
            return new(state, organisation.Name, by, invitation.Role, invitation.ExpiresAt, invitation.ForwardedFrom is not null);
        }

        public async Task<ProveByDomain.Sent> Handle(SendCode command, CancellationToken ct)
        {
            var invitation = await ValidAsync(command.Token, ct);
            var (address, language) = keyed.Open<InviteColleague.Addressee>("invitation", invitation.Address!);
            var organisation = await claims.OrganisationAsync(invitation.Organisation, ct);
            return new(await codes.SendAsync(CodePurposes.Invitation, new(address, true, null, language, "invitation-code", organisation.Name.In(language)), new Payload(invitation.Id), ct));
        }

        public async Task<Accepted> Handle(Accept command, CancellationToken ct)
        {
            await ValidAsync(command.Token, ct);
            var (_, proved) = await codes.RedeemAsync<Payload>(CodePurposes.Invitation, command.Input.Id, command.Input.Code, ct);
            // Asked again: it may have ended while the code was on its way.
            var invitation = await ValidAsync(command.Token, ct);
            if (proved.Invitation != invitation.Id) throw new RuleBroken("identity.code.over");
            var (address, language) = keyed.Open<InviteColleague.Addressee>("invitation", invitation.Address!);
            var organisation = await claims.OrganisationAsync(invitation.Organisation, ct);
            var email = Person.Normal(address);
            var person = await db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            if (person?.IsShut == true) throw new RuleBroken("identity.invitation.revoked") { Status = 410 };
            var isNew = person is null;
            person ??= newcomers.Make(address, command.Input.DisplayName!, language);
            var mandate = invitation.ForwardedFrom is null
                ? await claims.GrantAsync(organisation, person.Id, invitation.Role, null, ClaimRoutes.Representative, invitation.InvitedBy, ct)
                : await AskAsync(invitation, person, isNew, ct);
            (invitation.AcceptedAt, invitation.AcceptedBy, invitation.Address) = (claims.Now, person.Id, null);
            db.Record(person.Id, claims.Now, "invitation.accepted", organisation.Id, person.Id, note: invitation.Role);
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return new(person, organisation.Id, mandate?.Id);
        }

        // The head never named this address, and a link may have gone astray.
        async Task<Mandate?> AskAsync(Invitation invitation, Person person, bool isNew, CancellationToken ct)
        {
            if (await db.Roles.AnyAsync(r => r.Person == person.Id, ct)) throw new RuleBroken("identity.mandate.authority");
            if (!isNew && await claims.Holding(invitation.Organisation).SingleOrDefaultAsync(m => m.Person == person.Id, ct) is { } already) return already;
            if (isNew || !await db.Claims.AnyAsync(c => c.Organisation == invitation.Organisation && c.Person == person.Id && c.State == ClaimState.Open, ct))
                db.Add(new MandateClaim { Id = Guid.CreateVersion7(), Person = person.Id, Organisation = invitation.Organisation, Route = ClaimRoutes.Representative, Role = invitation.Role, AskedAt = claims.Now });
            return null;
        }

        public async Task<bool> Handle(Forward command, CancellationToken ct)
        {
            var invitation = await ValidAsync(command.Token, ct);
            await throttle.CountAsync("identity.throttled.invitations", throttle.Network, 20, TimeSpan.FromHours(1), ct);
            var organisation = await claims.OrganisationAsync(invitation.Organisation, ct);
            // No longer than the first one: handing it on does not keep it alive.
            await invitations.WriteAsync(organisation, invitation.InvitedBy, invitation.Id, command.Input.Email!, invitation.Role == MandateRoles.Head ? MandateRoles.Representative : invitation.Role, invitation.ExpiresAt, ct);
            invitation.Revoke(claims.Now);
            db.Record(Guid.Empty, claims.Now, "invitation.forwarded", organisation.Id);
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            invitations.Wake();
            return true;
        }

        public async Task<bool> Handle(Never command, CancellationToken ct)
        {
            var (invitation, _) = await FindAsync(command.Token, ct);
            // Pressed twice, or after it was used or ended: the address may be gone, the wish was heard or has nobody to be kept for.
            if (invitation.Address is { } kept)
            {
                var address = keyed.OfAddress(keyed.Open<InviteColleague.Addressee>("invitation", kept).Address);
                if (!await db.Suppressed.AnyAsync(s => s.Address == address, ct)) db.Add(new Suppressed { Address = address, At = claims.Now });
                invitation.Revoke(claims.Now);
                db.Record(Guid.Empty, claims.Now, "invitation.refused", invitation.Organisation);
                await db.SaveUniqueAsync("identity.mandate.raced", ct);
            }
            return true;
        }

        async Task<Invitation> ValidAsync(string token, CancellationToken ct)
        {
            var (invitation, state) = await FindAsync(token, ct);
            return state == "valid" ? invitation : throw new RuleBroken("identity.invitation." + state) { Status = 410 };
        }

        /// <exception cref="RuleBroken">404: there never was such an invitation.</exception>
        async Task<(Invitation Invitation, string State)> FindAsync(string token, CancellationToken ct)
        {
            var hash = InviteColleague.HashOf(token);
            var invitation = token.Length > 64 ? null : await db.Invitations.SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
            if (invitation is null) throw new RuleBroken("identity.invitation.unknown") { Status = 404 };
            if (invitation.AcceptedAt is not null) return (invitation, "used");
            if (invitation.RevokedAt is not null) return (invitation, "revoked");
            if (invitation.ExpiresAt <= claims.Now || invitation.Address is null) return (invitation, "expired");
            var address = keyed.OfAddress(keyed.Open<InviteColleague.Addressee>("invitation", invitation.Address).Address);
            // It stands and falls with whoever sent it, with the organisation, and with the wish of whoever gets it.
            var stands = await db.Leading(claims.Now).AnyAsync(m => m.Organisation == invitation.Organisation && m.Person == invitation.InvitedBy, ct)
                && await db.Organisations.AnyAsync(o => o.Id == invitation.Organisation && o.VerifiedAt != null && o.DisputedAt == null && o.LiquidatedAt == null, ct)
                && !await db.Suppressed.AnyAsync(s => s.Address == address, ct);
            return (invitation, stands ? "valid" : "revoked");
        }
    }
}
