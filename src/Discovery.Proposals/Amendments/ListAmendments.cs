using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Amendments;

/// <summary>What was suggested for a proposal, and what became of it; latest first.</summary>
internal static class ListAmendments
{
    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    /// <param name="MayAnswer">The asker acts for an author, and it is the time.</param>
    /// <param name="MaySuggest">The asker acts for somebody else, and it is the time.</param>
    public sealed record View(int Number, Text Title, Content Content, int Version, IReadOnlyList<Row> Amendments, bool MayAnswer, bool MaySuggest);

    /// <param name="Was">The content that it was made for.</param>
    /// <param name="Suggested">The same with its words.</param>
    /// <param name="Organisation">Who suggests it.</param>
    /// <param name="Answer">Why it was refused.</param>
    /// <param name="IsMine">The asker may take it back.</param>
    public sealed record Row(Guid Id, string State, Content Was, Content Suggested, string Reason, Text Organisation, DateTimeOffset At, DateTimeOffset? DecidedAt, string? Answer, int BaseVersion, int? Version, bool IsMine);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/{number:int}/amendments", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct)));

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (user, now) = (query.User, clock.GetUtcNow());
            var round = await db.GetRound(query.Round, ct);
            var (proposal, _) = await db.VisibleAsync(round, query.Number, user, now, ct);
            var own = user.IsOfAuthority ? [] : await db.ActsForAsync(user, now, ct);
            var amendments = await db.Amendments.AsNoTracking().Where(a => a.Proposal == proposal.Id).OrderByDescending(a => a.At).ToListAsync(ct);
            var versions = amendments.Count == 0 ? [] : (await db.RevisionsAsync(proposal, ct)).ToDictionary(r => r.Number, r => r.Content);
            var ids = amendments.ConvertAll(a => a.Organisation);
            var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            var isTime = proposal.PublishedAt is not null && (await db.Dockets.AsNoTracking().SingleOrDefaultAsync(d => d.Round == round.Id, ct))?.IsChangeable(round) == true;
            return new(proposal.Number, proposal.Content.Title, proposal.Content, proposal.Revision,
                amendments.ConvertAll(a => new Row(
                    a.Id, a.State, versions.GetValueOrDefault(a.BaseVersion, proposal.Content), a.On(versions.GetValueOrDefault(a.BaseVersion, proposal.Content)), a.Reason,
                    names.GetValueOrDefault(a.Organisation, []), a.At, a.DecidedAt, a.Answer, a.BaseVersion, a.Version, a.Person == user.Id || own.Contains(a.Organisation))),
                isTime && proposal.IsAuthoredBy(own), isTime && own.Count > 0 && !proposal.IsAuthoredBy(own));
        }
    }
}
