using System.Security.Claims;
using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>A person with mandates chooses for whom to act. It is a default and a line in the header; what it is worth each service decides on its own copy of the mandates.</summary>
internal static class ActFor
{
    public sealed class Form
    {
        /// <summary>Null: for no organisation, in the own name.</summary>
        public Guid? Organisation { get; set; }
    }

    public sealed record Query : IRequest<Choices>;

    /// <param name="Chosen">Null: none.</param>
    /// <param name="IsOpen">Nothing has been chosen yet, also not "none".</param>
    public sealed record Choices(IReadOnlyList<Choice> Organisations, Guid? Chosen, bool IsOpen);

    public sealed record Choice(Guid Organisation, Text Name, string Kind, string Role);

    /// <param name="Scheme">What the caller was signed in with: the session comes back as the same.</param>
    public sealed record Command(string Scheme, Form Input) : IRequest<Session>;

    public sealed record Session(ClaimsPrincipal Principal, AuthenticationProperties Properties);

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity.MapGet("/account/act-for", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct))).RequireAuthorization();
        identity.MapPost("/account/act-for", async (Form form, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            var scheme = http.User.Identity?.AuthenticationType == Sessions.Bearer ? Sessions.Bearer : Sessions.Cookie;
            var session = await mediator.Send(new Command(scheme, form), ct);
            return TypedResults.SignIn(session.Principal, session.Properties, scheme);
        }).RequireAuthorization();
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Doorkeeper doorkeeper, TimeProvider clock) : IRequestHandler<Query, Choices>, IRequestHandler<Command, Session>
    {
        public async Task<Choices> Handle(Query query, CancellationToken ct)
        {
            var organisations = await Mine().OrderBy(x => x.Organisation.SearchName).Select(x => new Choice(x.Organisation.Id, x.Organisation.Name, x.Organisation.Kind, x.Mandate.Role)).ToListAsync(ct);
            var chosen = organisations.Any(o => o.Organisation == user.ActsFor) ? user.ActsFor : null;
            return new(organisations, chosen, chosen is null && !user.ActsForNobody);
        }

        public async Task<Session> Handle(Command command, CancellationToken ct)
        {
            if (command.Input.Organisation is { } organisation && !await Mine().AnyAsync(x => x.Organisation.Id == organisation, ct)) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
            var (principal, properties) = await doorkeeper.MakeAnewAsync(command.Scheme, null, command.Input.Organisation ?? Doorkeeper.Nobody, ct);
            return new(principal, properties);
        }

        IQueryable<Own> Mine() => db.Mandates.Holding(clock.GetUtcNow()).Where(m => m.Person == user.Id)
            .Join(db.Organisations.ThatMayAct(), m => m.Organisation, o => o.Id, (m, o) => new Own { Mandate = m, Organisation = o });

        sealed class Own
        {
            public required Mandate Mandate { get; init; }
            public required Organisation Organisation { get; init; }
        }
    }
}
