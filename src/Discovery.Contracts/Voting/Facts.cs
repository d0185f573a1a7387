namespace Discovery.Contracts.Voting;

/// <summary>SHA-256 of the secret number r of a round, before the round is published (ranking.md 2.9).</summary>
public sealed record SeedCommitted(Guid Round, long Sequence, DateTimeOffset At, string Commitment);

/// <param name="BallotHash"><c>c</c> = SHA-256(rulesHash ‖ listHash): every ballot carries it.</param>
public sealed record VotingOpened(Guid Round, long Sequence, DateTimeOffset At, string BallotHash, DateTimeOffset ClosesAt);

/// <summary>The vote ends at another time than was said when it opened.</summary>
/// <param name="Sequence">Of the request that it answers.</param>
public sealed record VotingDatesChanged(Guid Round, long Sequence, DateTimeOffset At, DateTimeOffset ClosesAt);

/// <summary>The vote was closed already when another end was asked for.</summary>
/// <param name="Sequence">Of the request that it answers.</param>
public sealed record VotingDatesRefused(Guid Round, long Sequence, DateTimeOffset At, DateTimeOffset ClosedAt);

/// <summary>One committed batch of the ledger, without gaps from <paramref name="First"/> to <paramref name="Last"/>; it may come twice or out of order.</summary>
/// <param name="Head">Hash of the chain after <paramref name="Last"/>, 32 bytes.</param>
public sealed record BallotsRecorded(Guid Round, long First, long Last, byte[] Head, IReadOnlyList<LedgerRecord> Entries);

/// <summary>One entry as it may leave Voting: without its salt, so that nobody outside can link a leaf to a ballot.</summary>
/// <param name="Kind">One of <see cref="EntryKinds"/>.</param>
/// <param name="Leaf">SHA-256("ballot/v1" ‖ salt ‖ payload), 32 bytes.</param>
/// <param name="Payload">Canonical JSON, UTF-8.</param>
public sealed record LedgerRecord(long Sequence, string Kind, byte[] Leaf, byte[] Payload);

public static class EntryKinds
{
    public const string Ballot = "ballot", Withdraw = "withdraw", WithdrawProposal = "withdraw-proposal", Void = "void", Paper = "paper", Close = "close", Seal = "seal";
}

/// <summary>Aggregation misses entries; Voting answers with <see cref="LedgerRange"/>.</summary>
public sealed record LedgerRangeRequested(Guid Round, long First, DateTimeOffset At);

/// <summary>The answer to <see cref="LedgerRangeRequested"/>: the same content as <see cref="BallotsRecorded"/>.</summary>
public sealed record LedgerRange(Guid Round, long First, long Last, byte[] Head, IReadOnlyList<LedgerRecord> Entries);

/// <summary>Who took part: written once, at the seal, in the order of ids, without times. Communities are counted, their members are not named.</summary>
public sealed record VotersRecorded(Guid Round, long Sequence, DateTimeOffset At, IReadOnlyList<Guid> Organisations, IReadOnlyDictionary<string, int> Persons);

/// <summary>The ledger is sealed: nothing follows.</summary>
/// <param name="Count">Number of entries, the seal included.</param>
/// <param name="Head">Hash of the chain, lower-case hex.</param>
/// <param name="MerkleRoot">RFC 6962 root over the leaves, lower-case hex.</param>
/// <param name="R">The revealed r, lower-case hex.</param>
public sealed record VotingClosed(Guid Round, long Sequence, DateTimeOffset At, long Count, string Head, string MerkleRoot, string R, string BallotHash);
