namespace Discovery.Proposals.Catalogue;

/// <summary>A priority of another region, as a public catalogue names it (in the shape of Eye@RIS3). Officials choose the regions before the round.</summary>
internal sealed class PeerPriority
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }
    public required string Region { get; init; }

    /// <summary>In whatever language the catalogue has it.</summary>
    public required string Text { get; init; }

    /// <summary>Economic, scientific and policy domains, separated by "; ".</summary>
    public required string Domains { get; init; }

    public string? Source { get; init; }

    /// <summary>When the other region decided on it.</summary>
    public DateOnly? Date { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}
