namespace Discovery.Rounds.Wheel;

/// <summary>What an official has confirmed about one factor. Rows are only added: the last one counts, the others are its history.</summary>
internal sealed class WheelScore
{
    public required Guid Round { get; init; }
    public required string Factor { get; init; }

    /// <summary>From 1. With round and factor the key: two officials at the same moment are not both the last.</summary>
    public required int Revision { get; init; }

    public required int Score { get; init; }

    /// <summary>Why: everybody reads it.</summary>
    public required string Comment { get; init; }

    /// <summary>What the data of the round said then; null where they said nothing.</summary>
    public int? Suggested { get; init; }

    public required Guid By { get; init; }
    public required DateTimeOffset At { get; init; }
}
