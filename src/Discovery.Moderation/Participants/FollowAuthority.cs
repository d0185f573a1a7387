using Discovery.Contracts.Identity;
using Discovery.Moderation.Data;
using Discovery.Platform;
using MassTransit;

namespace Discovery.Moderation.Participants;

internal sealed class FollowAuthority(ModerationDb db) : IConsumer<AuthorityChanged>
{
    public async Task Consume(ConsumeContext<AuthorityChanged> context)
    {
        var fact = context.Message;
        var known = await db.Moderators.FindAsync([fact.Person], context.CancellationToken);
        if (known is null) db.Add(known = new() { Person = fact.Person, Regions = [] });
        if (fact.Sequence <= known.Sequence) return;
        known.Regions = [.. fact.Roles.Select(r => r.Split(':')).Where(r => r is [_, Roles.Official or Roles.Moderator]).Select(r => r[0]).Distinct().Order(StringComparer.Ordinal)];
        known.Sequence = fact.Sequence;
    }
}
