namespace Discovery.Aggregation.Ledger;

/// <summary>The frozen ballot list of a round, as it was announced.</summary>
internal sealed class BallotList
{
    public required Guid Round { get; init; }
    public required string List { get; init; }
    public required string ListHash { get; init; }
}

/// <summary>A piece of the ledger as Voting sent it. Pieces may overlap and come in any order; the count takes them in sequence.</summary>
internal sealed class Batch
{
    public required Guid Round { get; init; }
    public required long First { get; init; }
    public required long Last { get; init; }

    /// <summary>The chain's hash after <see cref="Last"/>, as Voting claims it.</summary>
    public required byte[] Head { get; init; }

    /// <summary>JSON array of <see cref="Contracts.Voting.LedgerRecord"/>.</summary>
    public required string Entries { get; init; }
}

/// <summary>The sealed end of a round's ledger.</summary>
internal sealed class Closing
{
    public required Guid Round { get; init; }
    public required long Count { get; init; }
    public required string Head { get; init; }
    public required string MerkleRoot { get; init; }
    public required string R { get; init; }
    public required string BallotHash { get; init; }
}
