namespace Discovery.Proposals.Annexes;

/// <summary>
/// What authors show only to organisations that they name: prices, recipes, drawings (requirement R40). Sealed with the key ring, so that neither the database nor a backup tells it;
/// officials and moderators read it only where the authors say so, and nothing of it goes into searches, files or facts.
/// </summary>
internal sealed class Annex
{
    public const int Longest = 10_000, MostReaders = 30;

    /// <summary>The proposal that it belongs to.</summary>
    public required Guid Id { get; init; }

    public required Guid Round { get; init; }
    public required byte[] Sealed { get; set; }

    /// <summary>Organisations whose people may read it.</summary>
    public required List<Guid> Readers { get; set; }

    /// <summary>Whether officials and moderators of the region may.</summary>
    public required bool ForOfficials { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>Somebody has opened an annex: its authors see who and when.</summary>
internal sealed class AnnexReading
{
    public required Guid Id { get; init; }
    public required Guid Annex { get; init; }
    public required Guid Person { get; init; }

    /// <summary>For whom they read; null for an official or a moderator.</summary>
    public required Guid? Organisation { get; init; }

    public required DateTimeOffset At { get; init; }
}
