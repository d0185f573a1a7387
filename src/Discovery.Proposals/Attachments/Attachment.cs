namespace Discovery.Proposals.Attachments;

/// <summary>A file that supports a claim: a document or a picture, without what cameras and offices write into it. It belongs to a draft until the draft is sent.</summary>
internal sealed class Attachment
{
    public const int Most = 10;

    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>Null once it is part of a proposal.</summary>
    public Guid? Draft { get; set; }
    public Guid? Proposal { get; set; }

    public required Guid Person { get; init; }
    public required string Name { get; init; }

    /// <summary>application/pdf, image/png, image/jpeg.</summary>
    public required string Type { get; init; }

    public required int Size { get; init; }
    public required byte[] Content { get; init; }
    public required DateTimeOffset At { get; init; }
}
