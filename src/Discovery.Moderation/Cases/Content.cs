using Discovery.Contracts;
using Discovery.Contracts.Moderation;
using Discovery.Moderation.Hints;

namespace Discovery.Moderation.Cases;

/// <summary>What people have written, as the service that keeps it told last: a copy.</summary>
internal sealed class Content
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>One of <see cref="ContentKinds"/>.</summary>
    public required string Kind { get; init; }

    public int? Number { get; private set; }

    /// <summary>Path of its page without the language.</summary>
    public string Place { get; private set; } = "";

    public Text Title { get; private set; } = [];
    public Text Body { get; private set; } = [];

    /// <summary>The account; empty where a tool wrote it.</summary>
    public Guid Author { get; private set; }

    public List<Guid> Organisations { get; private set; } = [];

    /// <summary>Of the last <see cref="ContentSubmitted"/>: a decision is about one of them.</summary>
    public long Sequence { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    /// <summary>Everybody can read it, as far as this service knows.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Its author has taken it away.</summary>
    public bool IsGone { get; private set; }

    public List<Hint> Hints { get; set; } = [];

    /// <summary>How many decisions and appeals were told.</summary>
    public long Facts { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <returns>False when this or a later one has been heard.</returns>
    public bool Take(ContentSubmitted fact)
    {
        if (fact.Sequence <= Sequence) return false;
        (Number, Place, Title, Body, Author, Organisations, Sequence, SubmittedAt) = (fact.Number, fact.Place, fact.Title, fact.Body, fact.Author, [.. fact.Organisations], fact.Sequence, fact.At);
        (IsGone, IsShown) = (fact.Why == ContentSubmitted.Reasons.Gone, !fact.Waits && fact.Why != ContentSubmitted.Reasons.Gone);
        Version++;
        return true;
    }

    /// <returns>The sequence of the fact about it.</returns>
    public long Decided(bool? isShown)
    {
        (IsShown, Version) = (isShown ?? IsShown, Version + 1);
        return ++Facts;
    }
}

/// <summary>Its words as they were handed in one time: what has changed since a decision can be shown.</summary>
internal sealed class Wording
{
    public required Guid Content { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Text Title { get; init; }
    public required Text Body { get; init; }
}
