namespace Discovery.Contracts.Rounds;

/// <summary>A charter is being written. Voting answers with <see cref="Voting.SeedCommitted"/>, which publication needs.</summary>
public sealed record RoundDrafted(Guid Round, long Sequence, DateTimeOffset At);

public sealed record RoundPublished(Guid Round, long Sequence, DateTimeOffset At, Charter Charter);

/// <param name="EndsAt">The planned end, as it stands when the phase starts.</param>
/// <param name="Reason">Why it was started by hand; null when the clock did it.</param>
public sealed record PhaseStarted(Guid Round, long Sequence, DateTimeOffset At, string Phase, DateTimeOffset EndsAt, string? Reason = null);

public sealed record PhaseEnded(Guid Round, long Sequence, DateTimeOffset At, string Phase, string? Reason = null);

public sealed record RoundClosed(Guid Round, long Sequence, DateTimeOffset At);

/// <summary>Dates or texts of a published charter have changed; what the count uses never does.</summary>
/// <param name="Charter">The whole charter as it stands now, its dates with all that officials have moved.</param>
public sealed record CharterAmended(Guid Round, long Sequence, DateTimeOffset At, Charter Charter, string Reason);

/// <summary>The round stands still: nothing may be handed in or cast, and no phase starts or ends by the clock.</summary>
public sealed record RoundPaused(Guid Round, long Sequence, DateTimeOffset At, string Reason);

/// <param name="VotingEnds">When voting, if it was running, is to end now; Voting answers with <see cref="Voting.VotingDatesChanged"/>.</param>
public sealed record RoundResumed(Guid Round, long Sequence, DateTimeOffset At, string Reason, DateTimeOffset? VotingEnds = null);

/// <summary>Officials want another end of the running vote. Only Voting can say whether it is still possible (rules 7).</summary>
public sealed record VotingDatesRequested(Guid Round, long Sequence, DateTimeOffset At, DateTimeOffset Ends);
