using Discovery.Contracts.Identity;
using Discovery.Platform;
using Discovery.Rounds.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Authority;

/// <summary>An official as Identity tells of them: whether a second one exists who can confirm, and whether all have a second factor.</summary>
internal sealed class KnownOfficial
{
    public required Guid Person { get; init; }

    /// <summary>The regions, <c>*</c> for all; empty when the role is gone.</summary>
    public required List<string> Regions { get; set; }

    public bool HasSecondFactor { get; set; }
    public long Sequence { get; set; }
}

internal sealed class FollowAuthority(RoundsDb db) : IConsumer<AuthorityChanged>
{
    public async Task Consume(ConsumeContext<AuthorityChanged> context)
    {
        var fact = context.Message;
        var known = await db.Officials.FindAsync([fact.Person], context.CancellationToken);
        if (known is null) db.Add(known = new() { Person = fact.Person, Regions = [] });
        if (fact.Sequence <= known.Sequence) return;
        known.Regions = [.. fact.Roles.Select(r => r.Split(':')).Where(r => r is [_, Roles.Official]).Select(r => r[0]).Order(StringComparer.Ordinal)];
        (known.HasSecondFactor, known.Sequence) = (fact.HasSecondFactor, fact.Sequence);
    }
}

internal static class KnownOfficials
{
    public static async Task<IReadOnlyList<KnownOfficial>> OfficialsOfAsync(this RoundsDb db, string region, CancellationToken ct) =>
        [.. (await db.Officials.AsNoTracking().ToListAsync(ct)).Where(o => o.Regions.Contains(region) || o.Regions.Contains("*"))];
}
