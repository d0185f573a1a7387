using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>What somebody, or somebody's organisation, has submitted and nobody else sees yet.</summary>
internal static class ListOwn
{
    public sealed record Query(string Round, CurrentUser Person) : IRequest<IReadOnlyList<Own>>;

    /// <param name="State">waiting, returned or hidden.</param>
    public sealed record Own(int Number, Text Title, string State);

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Own>>
    {
        public async Task<IReadOnlyList<Own>> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var organisations = await db.ActsForAsync(query.Person, clock.GetUtcNow(), ct);
            return await db.Proposals.AsNoTracking()
                .Where(p => p.Round == round.Id && p.PublishedAt == null && p.MergedInto == null && p.WithdrawnAt == null && query.Person.Id != Guid.Empty)
                .Where(p => p.AuthorPerson == query.Person.Id || (p.Organisation != null && organisations.Contains(p.Organisation.Value)))
                .OrderBy(p => p.Number)
                .Select(p => new Own(p.Number, p.Content.Title, p.ReturnedAt != null ? "returned" : p.HiddenAt != null ? "hidden" : "waiting"))
                .ToListAsync(ct);
        }
    }
}
