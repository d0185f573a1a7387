namespace Discovery.Moderation.Interests;

/// <summary>A moderator says with whom they are tied, so that they do not decide on them.</summary>
internal sealed class Interest
{
    public required Guid Person { get; init; }
    public required Guid Organisation { get; init; }

    /// <summary>competitor or tie.</summary>
    public required string Kind { get; set; }

    public required string Text { get; set; }
    public required DateTimeOffset At { get; set; }

    public static readonly IReadOnlyList<string> Kinds = ["competitor", "tie"];
}
