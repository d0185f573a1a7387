namespace Discovery.Proposals.Reviews;

/// <summary>
/// One of three people of other groups and other owners, drawn by lot, says whether a proposal is a growth point (features.md F8): each mark from 0 to 4.
/// Who reviewed is never shown; how it was marked is, as the median of all.
/// </summary>
internal sealed class Review
{
    public const int Highest = 4;

    public required Guid Proposal { get; init; }
    public required Guid Person { get; init; }
    public required Guid Round { get; init; }
    public required Guid Organisation { get; init; }
    public required DateTimeOffset DrawnAt { get; init; }

    public int? Novelty { get; private set; }
    public int? Market { get; private set; }

    /// <summary>What the authors put in themselves.</summary>
    public int? Stake { get; private set; }

    /// <summary>What others gain.</summary>
    public int? SpillOver { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The reviewer has said that there is a tie to the authors or to a competitor; somebody else is drawn.</summary>
    public bool HasInterest { get; private set; }

    public bool IsOpen => AnsweredAt is null;
    public bool IsMarked => AnsweredAt is not null && !HasInterest;

    public void Mark(int novelty, int market, int stake, int spillOver, DateTimeOffset now) =>
        (Novelty, Market, Stake, SpillOver, AnsweredAt) = (novelty, market, stake, spillOver, now);

    public void Decline(DateTimeOffset now) => (HasInterest, AnsweredAt) = (true, now);
}
