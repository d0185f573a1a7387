namespace Discovery.Contracts.Rounds;

/// <summary>A charter is being written. Voting answers with <see cref="Voting.SeedCommitted"/>, which publication needs.</summary>
public sealed record RoundDrafted(Guid Round, long Sequence, DateTimeOffset At);

public sealed record RoundPublished(Guid Round, long Sequence, DateTimeOffset At, Charter Charter);

/// <param name="EndsAt">The planned end, as it stands when the phase starts.</param>
/// <param name="Reason">Why it was started by hand; null when the clock did it.</param>
public sealed record PhaseStarted(Guid Round, long Sequence, DateTimeOffset At, string Phase, DateTimeOffset EndsAt, string? Reason = null);

public sealed record PhaseEnded(Guid Round, long Sequence, DateTimeOffset At, string Phase, string? Reason = null);

public sealed record RoundClosed(Guid Round, long Sequence, DateTimeOffset At);
