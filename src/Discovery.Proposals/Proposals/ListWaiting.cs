using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>What officials still have to decide on, oldest first.</summary>
internal static class ListWaiting
{
    public sealed record Query(string Round, CurrentUser Official) : IRequest<IReadOnlyList<Waiting>>;

    public sealed record Waiting(int Number, Content Content, OrganisationCard? Organisation, string? Author, DateTimeOffset SubmittedAt, int Version);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/waiting", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, user), ct)))
            .RequireAuthorization();

    public sealed class Handler(ProposalsDb db) : IRequestHandler<Query, IReadOnlyList<Waiting>>
    {
        public async Task<IReadOnlyList<Waiting>> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            query.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            var rows = await db.Proposals.AsNoTracking()
                .Where(p => p.Round == round.Id && p.PublishedAt == null && p.ReturnedAt == null && p.MergedInto == null && p.WithdrawnAt == null)
                .OrderBy(p => p.SubmittedAt).ThenBy(p => p.Number)
                .Select(p => new
                {
                    Proposal = p,
                    Organisation = db.Organisations.FirstOrDefault(o => o.Id == p.Organisation),
                    Author = db.People.Where(x => x.Id == p.AuthorPerson).Select(x => x.Name).FirstOrDefault(),
                })
                .ToListAsync(ct);
            return rows.ConvertAll(r => new Waiting(
                r.Proposal.Number, r.Proposal.Content, r.Organisation is null ? null : OrganisationCard.Of(r.Organisation), r.Author, r.Proposal.SubmittedAt, r.Proposal.Version));
        }
    }
}
