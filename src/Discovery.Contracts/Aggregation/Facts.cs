namespace Discovery.Contracts.Aggregation;

/// <summary>The count is done; officials may now publish it.</summary>
public sealed record ShortlistProposed(Guid Round, long Sequence, DateTimeOffset At, string ResultHash, IReadOnlyList<int> Shortlist);

/// <param name="Result">The exact JSON text of the result; <paramref name="ResultHash"/> is the SHA-256 of its UTF-8 bytes.</param>
/// <param name="Shortlist">Proposal numbers in the order of seats.</param>
/// <param name="Consensus">All counted proposals, best first.</param>
public sealed record ShortlistPublished(
    Guid Round, long Sequence, DateTimeOffset At, string ResultHash, string Result, IReadOnlyList<int> Shortlist, IReadOnlyList<int> Consensus);
