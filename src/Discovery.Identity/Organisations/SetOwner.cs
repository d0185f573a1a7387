using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>An official notes the ultimate owner, or that there is none. Affiliates share a limited voice. A whole family moves with its owner.</summary>
internal static class SetOwner
{
    public sealed class Form
    {
        /// <summary>Number of an organisation of the family; empty: it stands alone.</summary>
        public string? Owner { get; set; }
    }

    public sealed record Command(Guid Organisation, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapPut("/{id:guid}/owner", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var it = await claims.OrganisationAsync(command.Organisation, ct);
            var family = await RegisterOrganisation.FamilyOfAsync(db, command.Input.Owner, ct) ?? it.Id;
            if (family == it.Family) return false;
            // The owner itself takes its affiliates along; an affiliate goes alone.
            var moving = it.Family == it.Id ? await db.Organisations.Where(o => o.Family == it.Id).ToListAsync(ct) : [it];
            foreach (var one in moving)
            {
                one.Family = family;
                db.Announce(one.Changed(claims.Now));
                db.Record(user, claims.Now, "organisation.family", one.Id, note: command.Input.Owner?.Trim());
            }
            await db.SaveUniqueAsync("identity.mandate.raced", ct);
            return true;
        }
    }
}
