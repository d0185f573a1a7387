namespace Discovery.Moderation.Appeals;

/// <summary>The author objects to a decision, once. It is a case of its own in the queue, with the same id.</summary>
internal sealed class Appeal
{
    public required Guid Id { get; init; }
    public required Guid Content { get; init; }

    /// <summary>The one that it is against.</summary>
    public required Guid Decision { get; init; }

    public required Guid Person { get; init; }
    public required string Text { get; set; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public bool? Granted { get; set; }
    public string? Answer { get; set; }
}
