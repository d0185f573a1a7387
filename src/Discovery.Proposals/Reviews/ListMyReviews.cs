using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Reviews;

/// <summary>What the person has been drawn to review, open ones first.</summary>
internal static class ListMyReviews
{
    public sealed record Query(string Round, CurrentUser Person) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(int Number, Text Title, string Sector, DateTimeOffset DrawnAt, bool IsOpen, bool HasInterest);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/reviews", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, user), ct))).RequireAuthorization();

    public sealed class Handler(ProposalsDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var (round, person) = ((await db.GetRound(query.Round, ct)).Id, query.Person.Id);
            if (person == Guid.Empty || query.Person.IsMachine) return [];
            return await (from r in db.Reviews
                          where r.Round == round && r.Person == person
                          join p in db.Proposals.Where(p => p.PublishedAt != null) on r.Proposal equals p.Id
                          orderby r.AnsweredAt != null, p.Number
                          select new Row(p.Number, p.Content.Title, p.Content.Sector, r.DrawnAt, r.AnsweredAt == null, r.HasInterest)).ToListAsync(ct);
        }
    }
}
