using Discovery.Contracts;

namespace Discovery.Proposals.Participants;

/// <summary>This service's copy of an organisation.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public Text Name { get; set; } = [];
    public string Kind { get; set; } = "";
    public Guid Family { get; set; }
    public string? Municipality { get; set; }

    /// <summary>The names as the search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>Verified, not in dispute, not liquidated: otherwise nobody acts in its name.</summary>
    public bool MayAct { get; set; }

    /// <summary>Of the last fact heard; also the concurrency token.</summary>
    public long Sequence { get; set; }
}

/// <summary>A verified mandate. One revoked before it was announced is kept as a tombstone with a revocation and no person.</summary>
internal sealed class Mandate
{
    public required Guid Id { get; init; }
    public Guid Person { get; set; }
    public Guid Organisation { get; set; }

    /// <summary>Ends by itself then; null: when it is revoked.</summary>
    public DateTimeOffset? Until { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
    public long Sequence { get; set; }
}
