using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Moderation.Data;
using Discovery.Site;
using MassTransit;

namespace Discovery.Moderation.Participants;

internal sealed class FollowOrganisations(ModerationDb db) : IConsumer<OrganisationRegistered>, IConsumer<OrganisationVerified>, IConsumer<OrganisationChanged>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context) =>
        Keep(context.Message.Organisation, context.Message.Sequence, context.Message.Name, context.Message.Family, context.CancellationToken);

    public Task Consume(ConsumeContext<OrganisationVerified> context) =>
        Keep(context.Message.Organisation, context.Message.Sequence, context.Message.Name, context.Message.Family, context.CancellationToken);

    public Task Consume(ConsumeContext<OrganisationChanged> context) =>
        Keep(context.Message.Organisation, context.Message.Sequence, context.Message.Name, context.Message.Family, context.CancellationToken);

    async Task Keep(Guid id, long sequence, Text name, Guid family, CancellationToken ct)
    {
        var organisation = await db.Organisations.FindAsync([id], ct);
        if (organisation is null) db.Add(organisation = new() { Id = id });
        else if (organisation.Sequence >= sequence) return;
        (organisation.Name, organisation.Family, organisation.Search, organisation.Sequence) = (name, family, PlainText.Searchable(string.Join(' ', name.Values)), sequence);
    }
}
