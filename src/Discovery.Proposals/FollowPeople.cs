using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals;

/// <summary>What was never sent belongs to its writer alone and goes with the account.</summary>
internal sealed class FollowPeople(ProposalsDb db, TimeProvider clock) : PeopleFollower(db, clock)
{
    protected override async Task ForgetAsync(Guid person, CancellationToken ct)
    {
        await db.Attachments.Where(a => a.Person == person && a.Draft != null).ExecuteDeleteAsync(ct);
        await db.Drafts.Where(d => d.Person == person).ExecuteDeleteAsync(ct);
    }
}
