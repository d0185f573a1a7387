using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals;

/// <summary>What was never sent belongs to its writer alone and goes with the account.</summary>
internal sealed class FollowPeople(ProposalsDb db, TimeProvider clock) : PeopleFollower(db, clock)
{
    protected override Task ForgetAsync(Guid person, CancellationToken ct) => db.Drafts.Where(d => d.Person == person).ExecuteDeleteAsync(ct);
}
