using Discovery.Contracts.Rounds;
using Discovery.Identity.Data;
using Discovery.Identity.Subscriptions;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity;

/// <summary>For the names of regions and their municipalities, and for what subscribers are told.</summary>
internal sealed class FollowRounds(IdentityDb db, TimeProvider clock) : RoundFollower(db)
{
    protected override async Task After(RoundCopy round, object fact, CancellationToken ct)
    {
        // Where the charter is still on its way, whoever gathers the news decides.
        if (round.IsKnown && round.Charter.Origin != Origins.Live) return;
        if (RoundNews.Of(fact, clock.GetUtcNow()) is { } news && !await db.News.AnyAsync(n => n.Round == news.Round && n.Key == news.Key, ct)) db.Add(news);
    }
}
