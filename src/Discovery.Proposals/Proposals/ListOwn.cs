using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>What somebody, or somebody's organisation, has submitted and nobody else sees yet, and the merges that they are asked about.</summary>
internal static class ListOwn
{
    public sealed record Query(string Round, CurrentUser Person) : IRequest<IReadOnlyList<Own>>;

    /// <param name="State">waiting, returned or hidden; merge: the authors are asked; support: those who supported a closed text are.</param>
    public sealed record Own(int Number, Text Title, string State, Guid? Merge = null);

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Own>>
    {
        public async Task<IReadOnlyList<Own>> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var now = await db.ClockAsync(clock, ct);
            var organisations = query.Person.IsOfAuthority ? [] : await db.ActsForAsync(query.Person, now, ct);
            var asked = await db.Merges.AsNoTracking().Where(m => m.Round == round.Id)
                .Where(m => (m.State == MergeStates.Open && m.ExpiresAt > now && db.MergeAnswers.Any(a => a.Merge == m.Id && a.Agrees == null && organisations.Contains(a.Organisation)))
                    || (m.State == MergeStates.Done && db.Dockets.All(d => d.Round != round.Id || d.FrozenAt == null) && db.TouchedSupports.Any(s => s.Merge == m.Id && s.State == TouchedSupport.Asked && organisations.Contains(s.Organisation))))
                .Join(db.Proposals, m => m.Lead, p => p.Id, (m, p) => new { p.Number, p.Content, Merge = m.Id, m.State }).OrderBy(m => m.Number).ToListAsync(ct);
            var own = await db.Proposals.AsNoTracking()
                .Where(p => p.Round == round.Id && p.PublishedAt == null && p.MergedInto == null && p.WithdrawnAt == null && query.Person.Id != Guid.Empty)
                .Where(p => p.AuthorPerson == query.Person.Id || (p.Organisation != null && organisations.Contains(p.Organisation.Value)))
                .OrderBy(p => p.Number)
                .Select(p => new Own(p.Number, p.Content.Title, p.ReturnedAt != null ? "returned" : p.HiddenAt != null ? "hidden" : "waiting", null))
                .ToListAsync(ct);
            return [.. asked.Select(m => new Own(m.Number, m.Content.Title, m.State == MergeStates.Open ? "merge" : "support", m.Merge)), .. own];
        }
    }
}
