using Discovery.Platform;

namespace Discovery.Moderation.Cases;

/// <summary>One thing in the queue: a content that waits or was reported, or an appeal. A content has one case, which is opened again when there is a new reason.</summary>
internal sealed class Case
{
    /// <summary>How long a case may wait; the charter has no clock of its own for it (the scenario's goal: a first decision within 24 hours).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24), AppealPatience = TimeSpan.FromHours(48);

    /// <summary>A moderator who went to lunch must not hold up the queue.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(10);

    public const string New = "new", Edited = "edited", Reported = "reported", Hinted = "hint", Appealed = "appeal";

    public static readonly IReadOnlyList<string> Whys = [Appealed, New, Edited, Reported, Hinted];

    /// <summary>That of the content; an appeal has its own.</summary>
    public required Guid Id { get; init; }

    public required Guid Round { get; init; }
    public required Guid Content { get; init; }

    public required string Why { get; set; }
    public required DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>A moderator leaves it to the officials.</summary>
    public bool IsEscalated { get; private set; }

    public Guid? ClaimedBy { get; private set; }
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public Guid? AssignedTo { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public bool IsAppeal => Id != Content;

    public DateTimeOffset Due => OpenedAt + (IsAppeal ? AppealPatience : Patience);

    public Guid? HeldBy(DateTimeOffset now) => ClaimedUntil > now ? ClaimedBy : null;

    public void Open(string why, DateTimeOffset now)
    {
        if (ClosedAt is not null) (OpenedAt, ClosedAt, IsEscalated, AssignedTo) = (now, null, false, null);
        Why = why;
        Version++;
    }

    public void MustBeOpen()
    {
        if (ClosedAt is not null) throw new RuleBroken("moderation.decided");
    }

    /// <summary>Somebody else may be reading it just now.</summary>
    public void MustBeFreeFor(Guid person, DateTimeOffset now)
    {
        if (HeldBy(now) is { } by && by != person) throw new RuleBroken("moderation.claimed");
    }

    /// <summary>Again by the same person renews the lock.</summary>
    public void Claim(Guid person, DateTimeOffset now)
    {
        MustBeOpen();
        MustBeFreeFor(person, now);
        (ClaimedBy, ClaimedUntil, Version) = (person, now + Lock, Version + 1);
    }

    public void Release(Guid person)
    {
        if (ClaimedBy == person) (ClaimedBy, ClaimedUntil, Version) = (null, null, Version + 1);
    }

    /// <summary>Whoever hands a case over lets it go.</summary>
    public void Assign(Guid? person)
    {
        MustBeOpen();
        (AssignedTo, ClaimedBy, ClaimedUntil, Version) = (person, null, null, Version + 1);
    }

    public void Escalate()
    {
        MustBeOpen();
        (IsEscalated, AssignedTo, ClaimedBy, ClaimedUntil, Version) = (true, null, null, null, Version + 1);
    }

    public void Close(DateTimeOffset now) => (ClosedAt, ClaimedBy, ClaimedUntil, Version) = (now, null, null, Version + 1);
}
