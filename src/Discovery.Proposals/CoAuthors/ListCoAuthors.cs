using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.CoAuthors;

/// <summary>The co-authors of a proposal; to its author also who is asked, and whom one could ask; and all invitations that wait for a person's answer.</summary>
internal static class ListCoAuthors
{
    /// <param name="Find">Words of the name of an organisation that could be asked.</param>
    public sealed record Query(string Round, int Number, CurrentUser User, string? Find = null) : IRequest<View>;

    /// <param name="Asked">Invitations that wait or were refused; only the author and whoever is asked see them.</param>
    /// <param name="MayInvite">The asker acts for the author, and the list is not frozen.</param>
    /// <param name="Found">Verified organisations with these words in their name; null when nothing was looked for.</param>
    public sealed record View(int Number, Text Title, OrganisationCard? Author, IReadOnlyList<CoAuthor> CoAuthors, IReadOnlyList<Asked> Asked, bool MayInvite, IReadOnlyList<OrganisationCard>? Found);

    /// <param name="MayEnd">The asker may end it.</param>
    public sealed record CoAuthor(OrganisationCard Organisation, bool MayEnd);

    /// <param name="IsMine">The asker may answer for it.</param>
    public sealed record Asked(OrganisationCard Organisation, DateTimeOffset At, bool IsRefused, bool IsMine);

    /// <summary>The invitations that a person may answer.</summary>
    public sealed record Mine(string Round, CurrentUser Person) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(int Number, Text Title, Guid Organisation, Text Name);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/{number:int}/co-authors", async (string round, int number, string? find, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user, find), ct)));
        round.MapGet("/invitations", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Mine(round, user), ct))).RequireAuthorization();
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>, IRequestHandler<Mine, IReadOnlyList<Row>>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (user, now) = (query.User, clock.GetUtcNow());
            var round = await db.GetRound(query.Round, ct);
            var (proposal, _) = await db.VisibleAsync(round, query.Number, user, now, ct);
            var own = user.IsOfAuthority ? [] : await db.ActsForAsync(user, now, ct);
            var isOpen = proposal.IsAlive && await db.Dockets.AllAsync(d => d.Round != round.Id || d.FrozenAt == null, ct);
            var isAuthor = isOpen && proposal.Organisation is { } author && own.Contains(author);
            var asked = (await db.Invitations.AsNoTracking().Where(i => i.Proposal == proposal.Id).OrderBy(i => i.At).ToListAsync(ct)).FindAll(i => isAuthor || (own.Contains(i.Organisation) && i.RefusedAt == null));
            List<Guid> ids = [.. proposal.Authors, .. asked.Select(i => i.Organisation)];
            var cards = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, OrganisationCard.Of, ct);
            return new(
                proposal.Number, proposal.Content.Title, proposal.Organisation is { } a ? Card(a) : null,
                proposal.CoAuthors.ConvertAll(o => new CoAuthor(Card(o), isOpen && (isAuthor || own.Contains(o)))),
                asked.ConvertAll(i => new Asked(Card(i.Organisation), i.At, i.RefusedAt is not null, isOpen && own.Contains(i.Organisation))), isAuthor,
                isAuthor && query.Find is not null ? await db.FindOrganisationsAsync(query.Find, ids, ct) : null);

            OrganisationCard Card(Guid id) => cards.GetValueOrDefault(id) ?? new(id, [], "", null);
        }

        public async Task<IReadOnlyList<Row>> Handle(Mine query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            if (query.Person.IsOfAuthority) return [];
            var own = await db.ActsForAsync(query.Person, clock.GetUtcNow(), ct);
            return await (from invitation in db.Invitations
                          where invitation.Round == round.Id && own.Contains(invitation.Organisation) && invitation.RefusedAt == null
                          join proposal in db.Proposals on invitation.Proposal equals proposal.Id
                          where proposal.MergedInto == null && proposal.WithdrawnAt == null
                          join organisation in db.Organisations on invitation.Organisation equals organisation.Id
                          orderby proposal.Number
                          select new Row(proposal.Number, proposal.Content.Title, organisation.Id, organisation.Name)).ToListAsync(ct);
        }
    }

    public static Task<bool> IsInvitedAsync(this ProposalsDb db, Guid proposal, IReadOnlyList<Guid> organisations, CancellationToken ct) =>
        organisations.Count == 0 ? Task.FromResult(false) : db.Invitations.AnyAsync(i => i.Proposal == proposal && organisations.Contains(i.Organisation) && i.RefusedAt == null, ct);
}
