namespace Discovery.Moderation.Cases;

/// <summary>What a moderator has decided on a case. One for several cases takes effect a little later, and can be undone until then.</summary>
internal sealed class Decision
{
    /// <summary>Time to see that one has clicked on the wrong thing.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromSeconds(30);

    /// <summary>On an appeal: the decision before falls, or stands.</summary>
    public const string Grant = "grant", Refuse = "refuse";

    public required Guid Id { get; init; }
    public required Guid Round { get; init; }
    public required Guid Case { get; init; }
    public required Guid Content { get; init; }

    /// <summary>Which words were read.</summary>
    public required long Of { get; init; }

    /// <summary>One of <see cref="Discovery.Contracts.Moderation.Decisions"/>, <see cref="Grant"/> or <see cref="Refuse"/>.</summary>
    public required string What { get; init; }

    public required string Reason { get; init; }
    public required string Text { get; init; }
    public int? Other { get; init; }
    public required Guid Moderator { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Those that were made, and can be undone, together.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Of the fact that told it; null until it takes effect.</summary>
    public long? Sequence { get; set; }
}
