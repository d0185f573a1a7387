namespace Discovery.Contracts.Identity;

/// <summary>What an organisation is; a round's charter maps kinds to voting groups.</summary>
public static class OrganisationKinds
{
    public const string Firm = "firm", University = "university", Community = "community", Finance = "finance", PublicBody = "public", Ngo = "ngo";

    public static readonly IReadOnlyList<string> All = [Firm, University, Community, Finance, PublicBody, Ngo];
}

/// <summary>What a mandate lets its holder do in the organisation's name.</summary>
public static class MandateRoles
{
    /// <summary>Proposes, votes, and confirms other representatives.</summary>
    public const string Head = "head";

    /// <summary>Proposes and votes.</summary>
    public const string Representative = "representative";

    /// <summary>Proposes and discusses, and does not vote.</summary>
    public const string Author = "author";

    public static readonly IReadOnlyList<string> All = [Head, Representative, Author];
}

/// <summary>
/// An organisation is on the books. <paramref name="Family"/> is the ultimate owner that it shares with affiliates: the organisation itself where it has none.
/// <paramref name="Verified"/>: an official or a tool entered it; one that a person registered is verified later (<see cref="OrganisationVerified"/>) and takes part in nothing before.
/// </summary>
public sealed record OrganisationRegistered(Guid Organisation, long Sequence, DateTimeOffset At, Text Name, string Kind, Guid Family, string? Municipality = null, bool Verified = true);

/// <summary>The first mandate of an organisation that a person had registered is verified. Carries the whole state, as facts come in any order.</summary>
public sealed record OrganisationVerified(Guid Organisation, long Sequence, DateTimeOffset At, Text Name, string Kind, Guid Family, string? Municipality = null);

/// <summary>
/// The whole state of an organisation after a change. While it is <paramref name="Disputed"/> (two people claim it) nobody acts for it;
/// one that is <paramref name="Liquidated"/> takes part in nothing any more.
/// </summary>
public sealed record OrganisationChanged(
    Guid Organisation, long Sequence, DateTimeOffset At, Text Name, string Kind, Guid Family, string? Municipality = null, bool Verified = true, bool Disputed = false, bool Liquidated = false);

/// <summary><paramref name="Person"/> may act for <paramref name="Organisation"/>. A seat is the place among the organisation's representatives, from 0.</summary>
/// <param name="Role">One of <see cref="MandateRoles"/>.</param>
/// <param name="Until">The mandate ends by itself at this time; null: when it is revoked.</param>
public sealed record MandateVerified(
    Guid Mandate, long Sequence, DateTimeOffset At, Guid Person, Guid Organisation, int Seat = 0, string Role = MandateRoles.Representative, DateTimeOffset? Until = null);

public sealed record MandateRevoked(Guid Mandate, long Sequence, DateTimeOffset At);

/// <summary>A person is a verified member of a consumer community and votes in its group in the own name.</summary>
public sealed record CommunityMemberVerified(Guid Community, Guid Person, long Sequence, DateTimeOffset At);

/// <summary>A person is no member of the community any more.</summary>
public sealed record CommunityMemberLeft(Guid Community, Guid Person, long Sequence, DateTimeOffset At);

/// <summary>
/// What was given before <paramref name="At"/> opens nothing any more: one session or API token where <paramref name="Session"/> names it, else all of the person's.
/// </summary>
public sealed record AccessRevoked(Guid Person, DateTimeOffset At, Guid? Session = null);

/// <summary>The account is gone for good: every service forgets the name and keeps the id as a tombstone, so that no replay brings it back (rules 16).</summary>
public sealed record AccountErased(Guid Person, DateTimeOffset At);

/// <summary>The roles of a person, or the means to prove that it is them, have changed. The whole state as it is now; no names and addresses.</summary>
/// <param name="Sequence">Grows with time, with gaps.</param>
/// <param name="Roles"><c>region:official</c>; the region <c>*</c> is every region. Empty for who is blocked or gone.</param>
/// <param name="HasSecondFactor">An authenticator app or a passkey.</param>
public sealed record AuthorityChanged(Guid Person, long Sequence, DateTimeOffset At, IReadOnlyList<string> Roles, bool HasSecondFactor);
