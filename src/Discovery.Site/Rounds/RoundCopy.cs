using System.Text.Json;
using Discovery.Contracts.Rounds;

namespace Discovery.Site;

/// <summary>
/// A round as this service knows it: every service keeps its own copy, from the facts that Rounds publishes.
/// Facts come in any order; a row without a charter is a round of which only later facts have come so far.
/// </summary>
public sealed class RoundCopy
{
    private Charter? charter;
    private CountingRules? rules;
    private List<PhaseTimes>? times;

    public Guid Id { get; private set; }

    /// <summary>Part of every address; the id stands in until the charter is here.</summary>
    public string Slug { get; private set; } = "";

    public string? CharterJson { get; private set; }

    /// <summary>Kind of the phase that runs now (<see cref="PhaseKinds"/>); null before, between and after.</summary>
    public string? Phase { get; private set; }

    public DateTimeOffset? PhaseStartedAt { get; private set; }

    /// <summary>The planned end of the running phase.</summary>
    public DateTimeOffset? PhaseEndsAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Since when the round stands still by an official's hand; null while it goes on.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    public string? PauseReason { get; private set; }

    /// <summary>The highest sequence of the round seen.</summary>
    public long Sequence { get; private set; }

    internal long CharterSequence { get; private set; }
    internal long PauseSequence { get; private set; }
    internal string PhaseLog { get; private set; } = "[]";

    /// <summary>Concurrency token: facts of one round are consumed side by side, and a lost update would lose a phase.</summary>
    public int Version { get; private set; }

    private RoundCopy() { }

    internal RoundCopy(Guid id) => (Id, Slug) = (id, id.ToString());

    /// <summary>Whether the charter has come: without it there is nothing to show.</summary>
    public bool IsKnown => CharterJson is not null;

    public Charter Charter => charter ??= JsonSerializer.Deserialize<Charter>(CharterJson ?? throw new InvalidOperationException($"Round {Id} has no charter yet."))!;

    /// <summary>What the count uses.</summary>
    public CountingRules Rules => rules ??= JsonSerializer.Deserialize<CountingRules>(Charter.Rules, JsonSerializerOptions.Web)!;

    public Region Region => Charter.Region;

    public TimeZoneInfo Zone => IsKnown && TimeZoneInfo.TryFindSystemTimeZoneById(Region.Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    public bool IsClosed => ClosedAt is not null;

    public bool IsPaused => PausedAt is not null;

    public bool IsIn(string phase) => Phase == phase;

    /// <summary>The phase runs and the round is not paused: what belongs to the phase may be done.</summary>
    public bool IsOpenFor(string phase) => IsIn(phase) && !IsPaused;

    public bool HasStarted(string phase) => TimesOf(phase)?.StartedAt is not null;

    public bool HasEnded(string phase) => TimesOf(phase) is { EndedAt: not null } t && t.EndSequence > t.StartSequence;

    /// <summary>When a phase really started and ended; null where neither is known. The plan is in the charter.</summary>
    public PhaseTimes? TimesOf(string phase) => Times.Find(t => t.Kind == phase);

    private List<PhaseTimes> Times => times ??= JsonSerializer.Deserialize<List<PhaseTimes>>(PhaseLog)!;

    internal void Apply(RoundPublished fact) => Take(fact.Charter, fact.Sequence);

    internal void Apply(CharterAmended fact) => Take(fact.Charter, fact.Sequence);

    internal void Apply(RoundPaused fact) => Pause(fact.At, fact.Reason, fact.Sequence);

    internal void Apply(RoundResumed fact) => Pause(null, null, fact.Sequence);

    internal void Apply(PhaseStarted fact) =>
        Change(fact.Phase, fact.Sequence, t => fact.Sequence <= t.StartSequence ? t : t with { StartedAt = fact.At, EndsAt = fact.EndsAt, StartSequence = fact.Sequence });

    internal void Apply(PhaseEnded fact) =>
        Change(fact.Phase, fact.Sequence, t => fact.Sequence <= t.EndSequence ? t : t with { EndedAt = fact.At, EndSequence = fact.Sequence });

    internal void Apply(RoundClosed fact)
    {
        if (ClosedAt is not null) return;
        ClosedAt = fact.At;
        Seen(fact.Sequence);
    }

    private void Take(Charter newer, long sequence)
    {
        if (CharterJson is not null && sequence <= CharterSequence) return;
        (CharterJson, CharterSequence, Slug) = (JsonSerializer.Serialize(newer), sequence, newer.Slug);
        (charter, rules) = (newer, null);
        FindRunning();
        Seen(sequence);
    }

    private void Pause(DateTimeOffset? at, string? reason, long sequence)
    {
        if (sequence <= PauseSequence) return;
        (PausedAt, PauseReason, PauseSequence) = (at, reason, sequence);
        Seen(sequence);
    }

    private void Change(string phase, long sequence, Func<PhaseTimes, PhaseTimes> change)
    {
        var old = TimesOf(phase) ?? new PhaseTimes(phase);
        var changed = change(old);
        if (changed == old) return;
        Times.RemoveAll(t => t.Kind == phase);
        Times.Add(changed);
        PhaseLog = JsonSerializer.Serialize(Times);
        FindRunning();
        Seen(sequence);
    }

    // The phase that started last runs, unless it has ended since: this holds in whatever order the facts come.
    // A charter that was amended after its start says when it ends.
    private void FindRunning()
    {
        var last = Times.Where(t => t.StartSequence > 0).MaxBy(t => t.StartSequence);
        var running = last is null || last.EndSequence > last.StartSequence ? null : last;
        var amended = running is not null && CharterSequence > running.StartSequence ? Charter.Phases.FirstOrDefault(p => p.Kind == running.Kind) : null;
        (Phase, PhaseStartedAt, PhaseEndsAt) = (running?.Kind, running?.StartedAt, amended?.Ends ?? running?.EndsAt);
    }

    private void Seen(long sequence)
    {
        Sequence = Math.Max(Sequence, sequence);
        Version++;
    }
}

/// <summary>What really happened to a phase, with the sequences that decide which fact is the later one.</summary>
public sealed record PhaseTimes(
    string Kind, DateTimeOffset? StartedAt = null, DateTimeOffset? EndsAt = null, DateTimeOffset? EndedAt = null, long StartSequence = 0, long EndSequence = 0);
