using Discovery.Contracts.Identity;
using Discovery.Moderation.Data;
using MassTransit;

namespace Discovery.Moderation.Participants;

internal sealed class FollowMandates(ModerationDb db) : IConsumer<MandateVerified>, IConsumer<MandateRevoked>
{
    public async Task Consume(ConsumeContext<MandateVerified> context)
    {
        var fact = context.Message;
        if (await Find(fact.Mandate, fact.Sequence, context.CancellationToken) is not { } mandate) return;
        (mandate.Person, mandate.Organisation, mandate.Until, mandate.RevokedAt) = (fact.Person, fact.Organisation, fact.Until, null);
    }

    public async Task Consume(ConsumeContext<MandateRevoked> context)
    {
        var fact = context.Message;
        if (await Find(fact.Mandate, fact.Sequence, context.CancellationToken) is { } mandate) mandate.RevokedAt = fact.At;
    }

    /// <summary>The mandate that the fact is about, or null when a later fact has been heard.</summary>
    async Task<Mandate?> Find(Guid id, long sequence, CancellationToken ct)
    {
        var mandate = await db.Mandates.FindAsync([id], ct);
        if (mandate is null) db.Add(mandate = new() { Id = id });
        else if (mandate.Sequence >= sequence) return null;
        mandate.Sequence = sequence;
        return mandate;
    }
}
