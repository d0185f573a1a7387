namespace Discovery.Contracts.Moderation;

/// <summary>
/// What people have written and others will see, as it stands now. Any service publishes it: when something is handed in, when it changes, and when it is shown without having waited.
/// </summary>
/// <param name="Content">Id of the thing; <paramref name="Sequence"/> grows with every change of it.</param>
/// <param name="Kind">One of <see cref="ContentKinds"/>.</param>
/// <param name="Number">Short number within the round, where it has one.</param>
/// <param name="Place">Path of its page without the language: <c>/rounds/{round}/proposals/7</c>.</param>
/// <param name="Body">All of its words, per language, paragraphs parted by an empty line.</param>
/// <param name="Author">The account that wrote it; empty where a tool did.</param>
/// <param name="Organisations">In whose name: the author's and the co-authors'.</param>
/// <param name="Waits">It is not shown before somebody decides; otherwise it is shown already and can only be reported.</param>
/// <param name="Why">One of <see cref="Reasons"/>.</param>
public sealed record ContentSubmitted(
    Guid Round, Guid Content, long Sequence, DateTimeOffset At, string Kind, int? Number, string Place, Text Title, Text Body,
    Guid Author, IReadOnlyList<Guid> Organisations, bool Waits, string Why = ContentSubmitted.Reasons.New)
{
    /// <summary>Why it comes: it is new, its author has changed it, or its author has taken it away (nothing waits any more).</summary>
    public static class Reasons
    {
        public const string New = "new", Edited = "edited", Gone = "gone";
    }
}

public static class ContentKinds
{
    public const string Proposal = "proposal";
}

/// <summary>A moderator has decided on what was handed in or reported.</summary>
/// <param name="Sequence">Counts the decisions and appeals on this content, from 1.</param>
/// <param name="Of">Sequence of the <see cref="ContentSubmitted"/> that was read: what has changed since is not decided.</param>
/// <param name="Decision">One of <see cref="Decisions"/>.</param>
/// <param name="Reason">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Text">What the moderator writes to the author.</param>
/// <param name="Moderator">The account.</param>
/// <param name="Other">Number of the thing that it should be merged with; null but for <see cref="Decisions.SuggestMerge"/>.</param>
public sealed record ModerationDecided(
    Guid Round, Guid Content, long Sequence, DateTimeOffset At, string Kind, long Of, string Decision, string Reason, string Text, Guid Moderator, int? Other = null);

/// <summary>The author objects to a decision: until it is answered, nothing that rests on it is final.</summary>
public sealed record AppealFiled(Guid Round, Guid Content, long Sequence, DateTimeOffset At, string Kind);

/// <summary>Another moderator than the first has decided on the objection.</summary>
/// <param name="Granted">The decision falls: the content is shown.</param>
public sealed record AppealDecided(Guid Round, Guid Content, long Sequence, DateTimeOffset At, string Kind, bool Granted, string Text, Guid Moderator);

public static class Decisions
{
    /// <summary>Shown; given back to the author to mend; not shown (any more); shown, with the advice to merge it.</summary>
    public const string Publish = "publish", Return = "return", Hide = "hide", SuggestMerge = "suggest-merge";

    public static readonly IReadOnlyList<string> All = [Publish, Return, Hide, SuggestMerge];
}

/// <summary>Why something was decided as it was; the texts are <c>moderation.reason.*</c> of Site, because every service may show them.</summary>
public static class ReasonCodes
{
    public const string
        InOrder = "in-order", Incomplete = "incomplete", Unclear = "unclear", Duplicate = "duplicate", OffTopic = "off-topic", Advertising = "advertising",
        PersonalData = "personal-data", Abuse = "abuse", Unlawful = "unlawful", Manipulation = "manipulation", Other = "other";

    public static readonly IReadOnlyList<string> All = [InOrder, Incomplete, Unclear, Duplicate, OffTopic, Advertising, PersonalData, Abuse, Unlawful, Manipulation, Other];
}
