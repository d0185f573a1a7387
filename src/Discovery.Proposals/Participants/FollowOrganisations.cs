using Discovery.Contracts.Identity;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using MassTransit;

namespace Discovery.Proposals.Participants;

internal sealed class FollowOrganisations(ProposalsDb db) : IConsumer<OrganisationRegistered>
{
    public async Task Consume(ConsumeContext<OrganisationRegistered> context)
    {
        var fact = context.Message;
        var organisation = await db.Organisations.FindAsync([fact.Organisation], context.CancellationToken);
        if (organisation is null) db.Add(organisation = new() { Id = fact.Organisation });
        else if (organisation.Sequence >= fact.Sequence) return;

        (organisation.Name, organisation.Kind, organisation.Family, organisation.Municipality) = (fact.Name, fact.Kind, fact.Family, fact.Municipality);
        organisation.Search = PlainText.Searchable(string.Join(' ', fact.Name.Values));
        organisation.Sequence = fact.Sequence;
    }
}
