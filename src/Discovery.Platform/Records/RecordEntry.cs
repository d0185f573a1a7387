namespace Discovery.Platform.Records;

/// <summary>
/// One entry of an append-only record: nobody can change, remove or move one without breaking every hash after it (Haber and Stornetta 1991).
/// It holds a hash of what happened and an opaque account id; the words lie beside it and can be erased without breaking the chain (rules 18).
/// </summary>
public sealed class RecordEntry
{
    /// <summary>Of what: a proposal, or a round's log.</summary>
    public required Guid Record { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A short code of what happened, for example <c>published</c>.</summary>
    public required string What { get; init; }

    /// <summary>The account; <see cref="Guid.Empty"/> for a tool or the program itself.</summary>
    public required Guid Person { get; init; }

    /// <summary>SHA-256(salt ‖ details), 32 bytes.</summary>
    public required byte[] DetailsHash { get; init; }

    /// <summary>Hash of the chain up to here, 32 bytes: see <see cref="RecordChain"/>.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>What an entry says, apart from the chain.</summary>
public sealed class RecordDetails
{
    public required Guid Record { get; init; }
    public required long Sequence { get; init; }

    /// <summary>32 random bytes, so that short details cannot be guessed from their hash once they are erased.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>JSON text; its UTF-8 bytes are hashed.</summary>
    public required string Json { get; init; }
}

/// <summary>The end of a record: its row is the lock that puts appends into an order.</summary>
public sealed class RecordHead
{
    public required Guid Record { get; init; }
    public required long Sequence { get; init; }
    public required byte[] Hash { get; init; }
}
