namespace Discovery.Proposals.Endorsements;

/// <summary>An organisation's public support of a proposal. It is no vote: it decides whether the proposal may stand on the ballot list, not its place.</summary>
internal sealed class Endorsement
{
    public required Guid Proposal { get; init; }
    public required Guid Organisation { get; init; }
    public required Guid Round { get; init; }

    /// <summary>Who acted; not shown.</summary>
    public required Guid Person { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It was given to a text that has been merged into this one, and its giver has said to keep it.</summary>
    public Guid? Merge { get; init; }
}
