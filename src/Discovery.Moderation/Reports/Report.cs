namespace Discovery.Moderation.Reports;

/// <summary>Somebody says that a content breaks the rules. The author is never told who.</summary>
internal sealed class Report
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }
    public required Guid Content { get; init; }
    public required Guid Person { get; init; }
    public required string Reason { get; init; }
    public required string Text { get; set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>With the next decision on the content.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
