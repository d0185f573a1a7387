using Discovery.Contracts.Rounds;

namespace Discovery.Rounds.Phases;

/// <summary>One phase of one round: what was planned and what really happened.</summary>
internal sealed class RoundPhase
{
    public required Guid Round { get; init; }
    public required string Kind { get; init; }
    public int Position { get; set; }
    public DateTimeOffset Starts { get; set; }

    /// <summary>The end as it stands; a phase that an official starts after its planned end keeps its planned length, and so does a vote that the clock could not start in time.</summary>
    public DateTimeOffset Ends { get; set; }

    public DateTimeOffset? StartedAt { get; private set; }
    public string? StartReason { get; private set; }

    /// <summary>The official's account; null when the clock did it.</summary>
    public Guid? StartedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndReason { get; private set; }
    public Guid? EndedBy { get; private set; }

    public bool IsRunning => StartedAt is not null && EndedAt is null;

    public void Start(DateTimeOffset now, string? reason, Guid? by)
    {
        if ((by is not null || Kind == PhaseKinds.Voting) && Ends <= now) Ends = now + (Ends - Starts);
        (StartedAt, StartReason, StartedBy) = (now, reason, by);
    }

    public void End(DateTimeOffset now, string? reason, Guid? by) => (EndedAt, EndReason, EndedBy) = (now, reason, by);
}
