namespace Discovery.Proposals.CoAuthors;

/// <summary>An organisation is asked to be a co-author: it is one only when it has said yes. Then the row goes, and it stands with the proposal.</summary>
internal sealed class Invitation
{
    public required Guid Proposal { get; init; }
    public required Guid Organisation { get; init; }
    public required Guid Round { get; init; }

    /// <summary>Who asked.</summary>
    public required Guid Person { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It said no; it is not asked again.</summary>
    public DateTimeOffset? RefusedAt { get; set; }
}
