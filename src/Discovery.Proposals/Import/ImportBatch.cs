namespace Discovery.Proposals.Import;

/// <summary>A file of proposals that officials bring: first looked at, then entered as a whole, and taken back as a whole while nothing of it was decided on.</summary>
internal sealed class ImportBatch
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>The official; never the author of what is in it.</summary>
    public required Guid Person { get; init; }

    /// <summary>Where it comes from: shown beside every proposal of it.</summary>
    public required string Reason { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex: what was looked at is what is entered.</summary>
    public required string Hash { get; init; }

    /// <summary>Gone when it is entered.</summary>
    public byte[]? File { get; private set; }

    public required DateTimeOffset UploadedAt { get; init; }
    public DateTimeOffset? EnteredAt { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>How many proposals were entered.</summary>
    public int Count { get; private set; }

    ImportBatch() { }

    public static ImportBatch Of(Guid round, Guid person, string reason, byte[] file, string hash, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(), Round = round, Person = person, Reason = reason, Hash = hash, File = file, UploadedAt = now };

    public void Enter(int count, DateTimeOffset now) => (Count, EnteredAt, File) = (count, now, null);

    public void Undo(DateTimeOffset now) => UndoneAt ??= now;
}
