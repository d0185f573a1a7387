using Discovery.Contracts;

namespace Discovery.Moderation.Participants;

/// <summary>This service's copy of an organisation: what it is called, and which owner stands behind it.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public Text Name { get; set; } = [];
    public Guid Family { get; set; }

    /// <summary>The names as the search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>Of the last fact heard; also the concurrency token.</summary>
    public long Sequence { get; set; }
}

/// <summary>Who acts for whom. A mandate revoked before it was announced is kept as a tombstone without a person.</summary>
internal sealed class Mandate
{
    public required Guid Id { get; init; }
    public Guid Person { get; set; }
    public Guid Organisation { get; set; }
    public DateTimeOffset? Until { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public long Sequence { get; set; }
}

/// <summary>Somebody who may decide here: a moderator or an official.</summary>
internal sealed class KnownModerator
{
    public required Guid Person { get; init; }

    /// <summary>The regions, <c>*</c> for all; empty when the role is gone.</summary>
    public required List<string> Regions { get; set; }

    public long Sequence { get; set; }
}
