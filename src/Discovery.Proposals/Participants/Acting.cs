using Discovery.Contracts;

namespace Discovery.Proposals.Participants;

/// <summary>An organisation as pages and the API show it; one that Identity has not told about yet has an empty name.</summary>
internal sealed record OrganisationCard(Guid Id, Text Name, string Kind, string? Municipality)
{
    public static OrganisationCard Of(Organisation o) => new(o.Id, o.Name, o.Kind, o.Municipality);
}
