namespace Discovery.Rounds.Phases;

/// <summary>A time in which a round stood still. It stays on record when it is over.</summary>
internal sealed class Pause
{
    public required Guid Round { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset From { get; init; }
    public required string Reason { get; init; }

    /// <summary>The official's account.</summary>
    public required Guid By { get; init; }

    public DateTimeOffset? Until { get; private set; }
    public string? EndReason { get; private set; }
    public Guid? EndedBy { get; private set; }

    public void End(DateTimeOffset now, string reason, Guid by) => (Until, EndReason, EndedBy) = (now, reason, by);
}
