using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Proposals.Data;
using Discovery.Site;
using MassTransit;

namespace Discovery.Proposals.Participants;

internal sealed class FollowOrganisations(ProposalsDb db) : IConsumer<OrganisationRegistered>, IConsumer<OrganisationVerified>, IConsumer<OrganisationChanged>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context)
    {
        var fact = context.Message;
        return Keep(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, fact.Municipality, fact.Verified, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<OrganisationVerified> context)
    {
        var fact = context.Message;
        return Keep(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, fact.Municipality, true, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var fact = context.Message;
        return Keep(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, fact.Municipality, fact is { Verified: true, Disputed: false, Liquidated: false }, context.CancellationToken);
    }

    async Task Keep(Guid id, long sequence, Text name, string kind, Guid family, string? municipality, bool mayAct, CancellationToken ct)
    {
        var organisation = await db.Organisations.FindAsync([id], ct);
        if (organisation is null) db.Add(organisation = new() { Id = id });
        else if (organisation.Sequence >= sequence) return;

        (organisation.Name, organisation.Kind, organisation.Family, organisation.Municipality, organisation.MayAct) = (name, kind, family, municipality, mayAct);
        organisation.Search = PlainText.Searchable(string.Join(' ', name.Values));
        organisation.Sequence = sequence;
    }
}
