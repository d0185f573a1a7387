namespace Discovery.Voting.Ledger;

/// <summary>
/// One line of the append-only ledger. It has no time: who has voted when must not be joined to what was voted (security check 32).
/// </summary>
internal sealed class LedgerEntry
{
    public required Guid Round { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required string Kind { get; init; }

    /// <summary>SHA-256("ballot/v1" ‖ salt ‖ payload).</summary>
    public required byte[] Leaf { get; init; }

    /// <summary>16 random bytes; leaves this service in the auditor's bundle only.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Canonical JSON (ranking.md 2.9).</summary>
    public required string Payload { get; init; }
}

/// <summary>The end of a round's ledger, locked by whoever appends; a close is a fact in this row, never a check before an insert.</summary>
internal sealed class LedgerHead
{
    public required Guid Round { get; init; }
    public long Sequence { get; set; }
    public byte[] Hash { get; set; } = new byte[32];

    /// <summary>c = SHA-256(rulesHash ‖ listHash), lower-case hex.</summary>
    public required string BallotHash { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset ClosesAt { get; set; }

    /// <summary>Since when an official has stopped the round: no ballot is taken, and the clock neither closes nor seals (rules 7).</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>How long the round was paused after the close: the seal comes later by it.</summary>
    public TimeSpan SealDelay { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
    public DateTimeOffset? SealedAt { get; set; }

    /// <summary>Numbers of proposals withdrawn after the freeze, in the order of withdrawal.</summary>
    public List<int> Withdrawn { get; set; } = [];

    /// <summary>Known only after the seal, lower-case hex.</summary>
    public string? MerkleRoot { get; set; }

    /// <summary>Revealed at the seal, lower-case hex.</summary>
    public string? R { get; set; }
}

/// <summary>Another end of the vote that officials have asked for. It outlives the moment in which the vote is not open yet.</summary>
internal sealed class RequestedEnd
{
    public required Guid Round { get; init; }
    public DateTimeOffset Ends { get; set; }

    /// <summary>Sequence of the request: an older one that comes late changes nothing.</summary>
    public long Request { get; set; }
}

/// <summary>The ballot that counts for a key: an index into the ledger that can be rebuilt from it.</summary>
internal sealed class CurrentBallot
{
    public required Guid Round { get; init; }
    public required string Key { get; init; }
    public required string Group { get; init; }
    public string? Family { get; init; }
    public long Sequence { get; set; }
    public int Revision { get; set; }

    /// <summary>The voter has taken the ballot back; the key and its revisions stay.</summary>
    public bool Withdrawn { get; set; }
}

/// <summary>How far the ledger of a round has been sent on: somebody else is durably responsible for everything up to here.</summary>
internal sealed class FeedMark
{
    public required Guid Round { get; init; }
    public long Sequence { get; set; }

    /// <summary>The chain's hash after that entry.</summary>
    public byte[] Hash { get; set; } = new byte[32];
}

/// <summary>Who took part. Written at the seal, in one go and in the order of ids: while voting runs no table says who has voted.</summary>
internal sealed class RollEntry
{
    public required Guid Round { get; init; }
    public required Guid Voter { get; init; }
    public required string Group { get; init; }
}
