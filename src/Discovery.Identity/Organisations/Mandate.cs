using Discovery.Contracts.Identity;

namespace Discovery.Identity.Organisations;

/// <summary>A person may act for an organisation. Revoked ones stay: a successor takes the seat over.</summary>
internal sealed class Mandate
{
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public required Guid Organisation { get; init; }

    /// <summary>The lowest free place among the organisation's representatives, from 0: whoever takes a seat over replaces its ballot.</summary>
    public required int Seat { get; init; }

    /// <summary>One of <see cref="MandateRoles"/>.</summary>
    public string Role { get; set; } = MandateRoles.Representative;

    /// <summary>Ends by itself then; null: when it is revoked.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How it was proved: one of <see cref="ClaimRoutes"/>, or <c>import</c>.</summary>
    public string Route { get; init; } = ClaimRoutes.Official;

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The account of the official or of the representative who confirmed it; empty for a tool, the person's own for a code.</summary>
    public required Guid VerifiedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }

    public bool HoldsAt(DateTimeOffset now) => RevokedAt is null && (Until is null || Until > now);

    public bool Revoke(Guid by, DateTimeOffset now)
    {
        if (RevokedAt is not null) return false;
        (RevokedAt, RevokedBy) = (now, by);
        return true;
    }

    public MandateVerified Verified() => new(Id, 1, VerifiedAt, Person, Organisation, Seat, Role, Until);

    public MandateRevoked Revoked() => new(Id, 2, RevokedAt!.Value);
}

/// <summary>How somebody proves to speak for an organisation.</summary>
internal static class ClaimRoutes
{
    /// <summary>By an address in the organisation's verified domain.</summary>
    public const string Domain = "domain";

    /// <summary>By a code that was sent to the address, or by post, as the frame has them.</summary>
    public const string Letter = "letter";

    /// <summary>By a signed document that an official checks.</summary>
    public const string Document = "document";

    /// <summary>An existing representative confirms it.</summary>
    public const string Representative = "representative";

    /// <summary>An official enters it by hand.</summary>
    public const string Official = "official";
}

internal enum ClaimState { Open, Verified, Declined, Withdrawn }

/// <summary>Somebody asks to act for an organisation.</summary>
internal sealed class MandateClaim
{
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public required Guid Organisation { get; init; }

    /// <summary>One of <see cref="ClaimRoutes"/>.</summary>
    public required string Route { get; init; }

    /// <summary>What was asked for; whoever decides may give another.</summary>
    public required string Role { get; init; }

    /// <summary>«Директор», as the person writes it.</summary>
    public string? Position { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The proof is in: the code was right, or the document is there. Without it nothing is decided.</summary>
    public DateTimeOffset? ProvedAt { get; set; }

    /// <summary>Wrong codes so far: five, and the claim is over.</summary>
    public int Tried { get; set; }

    public ClaimState State { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public Guid? DecidedBy { get; set; }

    /// <summary>What the person is told.</summary>
    public string? Reason { get; set; }
}

/// <summary>A signed document that proves a claim. Private, sealed by the key ring, and deleted thirty days after the decision.</summary>
internal sealed class Evidence
{
    public required Guid Id { get; init; }
    public required Guid Claim { get; init; }
    public required string FileName { get; init; }

    /// <summary>By its content, never by what the browser says: application/pdf, image/png, image/jpeg.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes before sealing.</summary>
    public required int Size { get; init; }

    public required byte[] Sealed { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }
}

/// <summary>Two people claim one organisation. While it is open neither acts for it.</summary>
internal sealed class Dispute
{
    public required Guid Id { get; init; }
    public required Guid Organisation { get; init; }

    /// <summary>The claim that met another claim or a mandate.</summary>
    public required Guid Claim { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; set; }
    public Guid? ResolvedBy { get; set; }
    public string? Reason { get; set; }
}

/// <summary>A code of ten characters that goes to an organisation's address by letter or mail; whoever types it holds the letter.</summary>
internal sealed class LetterCode
{
    public required Guid Id { get; init; }
    public required Guid Organisation { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public Guid? UsedBy { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A representative invites a colleague. The link opens a page and no session: who goes on gets a fresh code at the invited address.</summary>
internal sealed class Invitation
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required Guid Organisation { get; init; }
    public required Guid InvitedBy { get; init; }

    /// <summary>The one that it was forwarded from.</summary>
    public Guid? ForwardedFrom { get; init; }

    /// <summary>SHA-256 of the token of 256 bits in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Address and language, sealed by the key ring.</summary>
    public byte[]? Address { get; set; }

    public required string Role { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public Guid? AcceptedBy { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>It opens nothing any more, and nobody needs to know where it went.</summary>
    public void Revoke(DateTimeOffset now) => (RevokedAt, Address) = (RevokedAt ?? now, null);
}
