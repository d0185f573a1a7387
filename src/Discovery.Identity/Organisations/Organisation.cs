using Discovery.Contracts;
using Discovery.Contracts.Identity;

namespace Discovery.Identity.Organisations;

/// <summary>An organisation on the books. It is entered by an official or a tool, so it is verified from the start.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public required Text Name { get; init; }

    /// <summary>The name for search and order: databases sort Cyrillic each in its own way.</summary>
    public required string SearchName { get; init; }

    public required string Kind { get; init; }

    /// <summary>Taxpayer number (ИНН); unique where it is known.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>Key of a cell of the region's honeycomb.</summary>
    public string? Municipality { get; init; }

    /// <summary>The ultimate owner that it shares with its affiliates: itself where it has none.</summary>
    public required Guid Family { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public static Organisation Register(Guid id, Text name, string kind, string? number, string? municipality, Guid? family, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name,
        SearchName = Names.ForSearch(name, number),
        Kind = kind,
        RegistrationNumber = string.IsNullOrWhiteSpace(number) ? null : number.Trim(),
        Municipality = string.IsNullOrWhiteSpace(municipality) ? null : municipality.Trim(),
        Family = family ?? id,
        RegisteredAt = now,
    };

    public OrganisationRegistered Registered() => new(Id, 1, RegisteredAt, Name, Kind, Family, Municipality);
}

/// <summary>A person may act for an organisation. Revoked ones stay: a successor takes the seat over.</summary>
internal sealed class Mandate
{
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public required Guid Organisation { get; init; }

    /// <summary>The lowest free place among the organisation's representatives, from 0: whoever takes a seat over replaces its ballot.</summary>
    public required int Seat { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The official's account; empty for a tool.</summary>
    public required Guid VerifiedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }

    public bool Revoke(Guid by, DateTimeOffset now)
    {
        if (RevokedAt is not null) return false;
        (RevokedAt, RevokedBy) = (now, by);
        return true;
    }

    public MandateVerified Verified() => new(Id, 1, VerifiedAt, Person, Organisation, Seat);

    public MandateRevoked Revoked() => new(Id, 2, RevokedAt!.Value);
}

/// <summary>A person is a verified member of a consumer community and votes in the own name.</summary>
internal sealed class Member
{
    public required Guid Community { get; init; }
    public required Guid Person { get; init; }
    public required DateTimeOffset VerifiedAt { get; init; }

    public CommunityMemberVerified Verified() => new(Community, Person, 1, VerifiedAt);
}
