using Discovery.Identity.Accounts;
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

/// <summary>A code goes to an address in the organisation's verified domain; who types it reads mail there.</summary>
internal static class ProveByDomain
{
    public sealed class Form
    {
        public string? Address { get; set; }
    }

    public sealed record Send(Guid Claim, Form Input) : IRequest<Sent>;

    /// <param name="Code">Id of the code: without it the code opens nothing.</param>
    public sealed record Sent(Guid Code);

    public sealed class Typed
    {
        public Guid Id { get; set; }
        public string? Code { get; set; }
    }

    public sealed record Redeem(Guid Claim, Typed Input) : IRequest<bool>;

    sealed record Payload(Guid Claim, string Domain);

    public static void Map(IEndpointRouteBuilder claims)
    {
        claims.MapPost("/{id:guid}/domain", async (Guid id, Form form, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Send(id, form), ct)));
        claims.MapPost("/{id:guid}/domain/code", async (Guid id, Typed typed, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Redeem(id, typed), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Validator : AbstractValidator<Send>
    {
        public Validator() => RuleFor(c => c.Input.Address).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("identity.email.missing").MaximumLength(200).WithMessage("identity.email.wrong").EmailAddress().WithMessage("identity.email.wrong");
    }

    public sealed class Handler(IdentityDb db, Claims claims, Codes codes) : IRequestHandler<Send, Sent>, IRequestHandler<Redeem, bool>
    {
        public async Task<Sent> Handle(Send command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, ClaimRoutes.Domain, ct);
            var organisation = await claims.OrganisationAsync(claim.Organisation, ct);
            var address = command.Input.Address!.Trim();
            // The domain counts as it is written down now, and only exactly: below it anybody might have been given a name.
            if (organisation.Domain is not { } domain || MailDomains.IsFree(domain) || MailDomains.Of(address) != domain) throw new RuleBroken("identity.claim.domain.other", organisation.Domain ?? "");
            return new(await codes.SendAsync(CodePurposes.Domain, new(address, true, null, Lang.Current, "domain", organisation.Name.Here()), new Payload(claim.Id, domain), ct));
        }

        public async Task<bool> Handle(Redeem command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, ClaimRoutes.Domain, ct);
            var (_, proved) = await codes.RedeemAsync<Payload>(CodePurposes.Domain, command.Input.Id, command.Input.Code, ct);
            if (proved.Claim != claim.Id || !await db.Organisations.AnyAsync(o => o.Id == claim.Organisation && o.Domain == proved.Domain, ct)) throw new RuleBroken("identity.code.over");
            await claims.ProvedAsync(claim, ct);
            return claim.State == ClaimState.Verified;
        }
    }
}
