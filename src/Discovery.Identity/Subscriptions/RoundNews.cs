using Discovery.Contracts.Rounds;

namespace Discovery.Identity.Subscriptions;

/// <summary>Something that happened to a round and that its subscribers are told. The row stays: a fact that comes again is known by it.</summary>
internal sealed class RoundNews
{
    public required Guid Round { get; init; }

    /// <summary>Unique within the round.</summary>
    public required string Key { get; init; }

    /// <summary><c>published</c>, <c>started</c>, <c>ended</c>, <c>ending</c>, <c>amended</c>, <c>paused</c>, <c>resumed</c>, <c>closed</c>: part of a text's key.</summary>
    public required string Kind { get; init; }

    /// <summary>Of the fact, or the last one known when the clock noticed it.</summary>
    public required long Sequence { get; init; }

    public string? Phase { get; init; }

    /// <summary>The planned end of the phase.</summary>
    public DateTimeOffset? Ends { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>The number of the <see cref="NewsIssue"/> that it goes out with.</summary>
    public int? Issue { get; init; }

    /// <summary>Null for a fact that is no news.</summary>
    public static RoundNews? Of(object fact, DateTimeOffset now) => fact switch
    {
        RoundPublished f => New(f.Round, "published", f.Sequence, now),
        PhaseStarted f => New(f.Round, "started", f.Sequence, now, f.Phase, f.EndsAt, f.Reason),
        // Results end with the round, which is told.
        PhaseEnded f when f.Phase != PhaseKinds.Results => New(f.Round, "ended", f.Sequence, now, f.Phase, reason: f.Reason),
        CharterAmended f => New(f.Round, "amended", f.Sequence, now, reason: f.Reason),
        RoundPaused f => New(f.Round, "paused", f.Sequence, now, reason: f.Reason),
        RoundResumed f => New(f.Round, "resumed", f.Sequence, now, reason: f.Reason),
        RoundClosed f => New(f.Round, "closed", f.Sequence, now),
        _ => null,
    };

    /// <summary>A phase that ends soon; another end is other news.</summary>
    public static RoundNews Ending(Guid round, string phase, DateTimeOffset ends, long sequence, DateTimeOffset now) =>
        new() { Round = round, Key = $"ending-{ends.ToUnixTimeSeconds()}", Kind = "ending", Sequence = sequence, Phase = phase, Ends = ends, HeardAt = now };

    static RoundNews New(Guid round, string kind, long sequence, DateTimeOffset now, string? phase = null, DateTimeOffset? ends = null, string? reason = null) =>
        new() { Round = round, Key = $"{kind}-{sequence}", Kind = kind, Sequence = sequence, Phase = phase, Ends = ends, Reason = reason, HeardAt = now };
}

/// <summary>News of a round that go out together, one letter to each subscription.</summary>
internal sealed class NewsIssue
{
    public required Guid Round { get; init; }

    /// <summary>From 1; of two replicas that gather at once the key refuses one.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Subscriptions up to this one have their letter. Concurrency token: letters and it are saved together.</summary>
    public long Through { get; set; }

    /// <summary>All letters are written.</summary>
    public DateTimeOffset? WrittenAt { get; set; }
}
