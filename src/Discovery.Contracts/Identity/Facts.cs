namespace Discovery.Contracts.Identity;

/// <summary>What an organisation is; a round's charter maps kinds to voting groups.</summary>
public static class OrganisationKinds
{
    public const string Firm = "firm", University = "university", Community = "community", Finance = "finance", PublicBody = "public", Ngo = "ngo";

    public static readonly IReadOnlyList<string> All = [Firm, University, Community, Finance, PublicBody, Ngo];
}

/// <summary>An organisation is on the books and verified. <paramref name="Family"/> is the ultimate owner that it shares with affiliates: the organisation itself where it has none.</summary>
public sealed record OrganisationRegistered(Guid Organisation, long Sequence, DateTimeOffset At, Text Name, string Kind, Guid Family, string? Municipality = null);

/// <summary><paramref name="Person"/> may act for <paramref name="Organisation"/>. A seat is the place among the organisation's representatives, from 0.</summary>
public sealed record MandateVerified(Guid Mandate, long Sequence, DateTimeOffset At, Guid Person, Guid Organisation, int Seat = 0);

public sealed record MandateRevoked(Guid Mandate, long Sequence, DateTimeOffset At);

/// <summary>A person is a verified member of a consumer community and votes in its group in the own name.</summary>
public sealed record CommunityMemberVerified(Guid Community, Guid Person, long Sequence, DateTimeOffset At);
