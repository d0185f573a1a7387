using System.Security.Cryptography;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Reviews;

internal static class DrawReviewers
{
    /// <summary>
    /// Draws as many as are missing, by lot, one person per owner: of other groups than the author's, of no author's family, and nobody who was drawn before.
    /// In the transaction that publishes; saves nothing. A small round may have fewer than three: then the proposal stays "not checked".
    /// </summary>
    public static async Task DrawReviewersAsync(this ProposalsDb db, RoundCopy round, Proposal proposal, DateTimeOffset now, CancellationToken ct)
    {
        var drawn = await db.Reviews.Where(r => r.Proposal == proposal.Id).ToListAsync(ct);
        drawn.AddRange(db.ChangeTracker.Entries<Review>().Where(e => e.State == EntityState.Added && e.Entity.Proposal == proposal.Id).Select(e => e.Entity));
        var missing = Growth.Reviewers - drawn.Count(r => !r.HasInterest);
        if (missing <= 0 || proposal.Organisation is not { } author) return;

        Guid[] authors = [author, .. proposal.CoAuthors];
        var ownFamilies = await db.Organisations.Where(o => authors.Contains(o.Id)).Select(o => o.Family).ToListAsync(ct);
        var ownKind = await db.Organisations.Where(o => o.Id == author).Select(o => o.Kind).SingleOrDefaultAsync(ct);
        var kinds = round.Charter.Groups.Where(g => !g.Kinds.Contains(ownKind ?? "")).SelectMany(g => g.Kinds).ToList();
        var people = drawn.Select(r => r.Person).Append(proposal.AuthorPerson).ToHashSet();
        var candidates = await db.Mandates.Where(m => m.RevokedAt == null && (m.Until == null || m.Until > now))
            .Join(db.Organisations.Where(o => o.MayAct && kinds.Contains(o.Kind) && !ownFamilies.Contains(o.Family)), m => m.Organisation, o => o.Id, (m, o) => new { m.Person, o.Id, o.Family })
            .ToListAsync(ct);
        var lots = candidates.ToArray();
        RandomNumberGenerator.Shuffle(lots.AsSpan());
        foreach (var lot in lots.Where(l => !people.Contains(l.Person)).DistinctBy(l => l.Family).DistinctBy(l => l.Person).Take(missing))
            db.Add(new Review { Proposal = proposal.Id, Person = lot.Person, Round = round.Id, Organisation = lot.Id, DrawnAt = now });
    }
}
