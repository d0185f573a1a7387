namespace Discovery.Voting.Electorate;

/// <summary>This service's copy of an organisation: what decides its group and its owner family.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Kind { get; set; }
    public required Guid Family { get; set; }

    /// <summary>Verified and not liquidated: it belongs on the roll.</summary>
    public bool IsOnRoll { get; set; }

    /// <summary>Two people claim it: until an official has decided nobody votes for it.</summary>
    public bool IsDisputed { get; set; }

    public long Sequence { get; set; }
}

/// <summary>A verified mandate. One revoked before it was announced is kept as a tombstone with a revocation and no person.</summary>
internal sealed class Mandate
{
    public required Guid Id { get; init; }
    public Guid Person { get; set; }
    public Guid Organisation { get; set; }
    public int Seat { get; set; }

    /// <summary>Whether its role includes the vote (<see cref="Contracts.Identity.MandateRoles"/>).</summary>
    public bool Votes { get; set; }

    /// <summary>Ends by itself then; null: when it is revoked.</summary>
    public DateTimeOffset? Until { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
    public long Sequence { get; set; }
}

/// <summary>A verified member of a consumer community.</summary>
internal sealed class Member
{
    public required Guid Community { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Of the last fact heard, who has left stays as a tombstone.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset? LeftAt { get; set; }
}

/// <summary>
/// May vote in this round, in this group: an organisation, or a person as a member of a community. Group and family are fixed when voting opens;
/// who is verified later is added. That a row is here says nothing about whether a ballot was cast.
/// </summary>
internal sealed class Elector
{
    public required Guid Round { get; init; }

    /// <summary>An organisation's or a person's id.</summary>
    public required Guid Subject { get; init; }

    public required string Group { get; init; }
    public required bool IsPerson { get; init; }

    /// <summary>Owner family of an organisation; the person's own id for a person.</summary>
    public required Guid Family { get; init; }
}
