using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>
/// Who could take part in a round, by voting group: organisations on the books, and those of them in whose name somebody may act.
/// The books are no frame of all organisations: whoever has never come here is not among them.
/// </summary>
internal static class GetParticipation
{
    public sealed record Query(string Round) : IRequest<Answer>;

    public sealed record Answer(RoundCopy Round, IReadOnlyList<Row> Groups);

    /// <param name="Represented">With a verified mandate that holds.</param>
    /// <param name="Known">On the books and not liquidated.</param>
    public sealed record Row(string Group, int Represented, int Known);

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            user.MustRun(round.Region.Slug, round.Charter.Origin);
            var holding = db.Mandates.Holding(clock.GetUtcNow());
            var known = await Count(db.Organisations.Where(o => o.LiquidatedAt == null));
            var represented = await Count(db.Organisations.ThatMayAct().Where(o => holding.Any(m => m.Organisation == o.Id)));
            return new(round, [.. round.Charter.Groups.Where(g => g.Kinds.Count > 0).Select(g => new Row(g.Id, g.Kinds.Sum(represented.GetValueOrDefault), g.Kinds.Sum(known.GetValueOrDefault)))]);

            Task<Dictionary<string, int>> Count(IQueryable<Organisation> organisations) =>
                organisations.GroupBy(o => o.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        }
    }
}
