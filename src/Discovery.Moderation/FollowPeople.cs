using Discovery.Moderation.Data;
using Discovery.Platform.People;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation;

/// <summary>What a person wrote here in their own name goes with the account: reports, appeals, declared interests. Decisions stay, they were made in office.</summary>
internal sealed class FollowPeople(ModerationDb db, TimeProvider clock) : PeopleFollower(db, clock)
{
    protected override async Task ForgetAsync(Guid person, CancellationToken ct)
    {
        await db.Interests.Where(i => i.Person == person).ExecuteDeleteAsync(ct);
        await db.Reports.Where(r => r.Person == person).ExecuteUpdateAsync(r => r.SetProperty(x => x.Text, ""), ct);
        await db.Appeals.Where(a => a.Person == person).ExecuteUpdateAsync(a => a.SetProperty(x => x.Text, ""), ct);
    }
}
