namespace Discovery.Identity.Accounts;

/// <summary>
/// A code of six digits on its way to an address, good for ten minutes, five tries and one use, and only together with its id, which the asking browser holds.
/// Also made where there is nobody to send it to: whoever asks cannot tell.
/// </summary>
internal sealed class OneTimeCode
{
    public const int Tries = 5;
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    /// <summary>One of <see cref="CodePurposes"/>: a code for one thing opens no other.</summary>
    public required string Purpose { get; init; }

    /// <summary>The account; null where there is none (yet), or none that may be written to.</summary>
    public Guid? Person { get; init; }

    /// <summary>Keyed hash of id and code.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What is to be done once the code is right (address, name, organisation …), sealed by the key ring.</summary>
    public required byte[] Payload { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
    public int Tried { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

internal static class CodePurposes
{
    public const string SignIn = "sign-in", SignUp = "sign-up", NewAddress = "address", Domain = "domain", Invitation = "invitation", Erase = "erase", Subscription = "subscription";
}

/// <summary>How often something was tried within a window, by a keyed hash of whom it is about: no address stands here.</summary>
internal sealed class Throttled
{
    public required byte[] Key { get; init; }

    /// <summary>Unix seconds at which the window ends.</summary>
    public required long Until { get; init; }

    public int Count { get; init; }
}

/// <summary>A letter with a secret on its way: sealed by the key ring, sent by this service itself, deleted once sent (rules 17).</summary>
internal sealed class Letter
{
    public required Guid Id { get; init; }

    /// <summary>The whole letter with its address; null is a letter to nobody, written so that an unknown address takes as long as a known one.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>Whose address it is, so that a bounce is noted and an erasure stops it.</summary>
    public Guid? Person { get; init; }

    /// <summary>The subscription that it belongs to, and goes with.</summary>
    public long? Subscription { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Not worth sending afterwards.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public int Attempts { get; set; }
}

/// <summary>An address that no invitation goes to any more: its owner said so, or was erased. A keyed hash; the address itself is nowhere.</summary>
internal sealed class Suppressed
{
    public required byte[] Address { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A person has agreed to a version of a text.</summary>
internal sealed class Consent
{
    public required Guid Person { get; init; }

    /// <summary>Which text: <c>terms</c>.</summary>
    public required string Document { get; init; }

    public required string Version { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Opens the API to a program, for an organisation or for an operator's system. Shown once; here only its hash.</summary>
internal sealed class ApiToken
{
    /// <summary>Also the session id in the token, by which it is revoked.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who made it and answers for it.</summary>
    public required Guid Person { get; init; }

    /// <summary>The organisation that the program works for; null for an operator's system.</summary>
    public Guid? Organisation { get; init; }

    public required string Name { get; init; }

    /// <summary><c>region/service:read</c> or <c>:write</c>, separated by blanks; the region <c>*</c> is every region.</summary>
    public required string Scopes { get; init; }

    /// <summary>SHA-256 of the token: with it a token that was found somewhere can be recognised.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A random value of this installation, sealed by the key ring: the key of all keyed hashes here.</summary>
internal sealed class Pepper
{
    public required int Id { get; init; }
    public required byte[] Sealed { get; init; }
}
