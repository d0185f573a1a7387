using Discovery.Contracts.Identity;

namespace Discovery.Identity.Communities;

/// <summary>A person is a verified member of a consumer community and votes in the own name. The speaker's word verifies and gives no extra vote.</summary>
internal sealed class Member
{
    public required Guid Community { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Of the time when last verified.</summary>
    public required DateTimeOffset VerifiedAt { get; set; }

    /// <summary><c>list</c>, <c>code</c>, <c>speaker</c>, <c>import</c>.</summary>
    public string Route { get; set; } = "import";

    public DateTimeOffset? LeftAt { get; set; }
    public long Sequence { get; set; } = 1;

    public CommunityMemberVerified Verified() => new(Community, Person, Sequence, VerifiedAt);

    public CommunityMemberLeft Left() => new(Community, Person, Sequence, LeftAt!.Value);
}

/// <summary>An address on the speaker's list, as a keyed hash: who joins with it is a member at once.</summary>
internal sealed class ListedMember
{
    public required Guid Community { get; init; }
    public required byte[] Address { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A one-time code of ten characters that the speaker hands to a member.</summary>
internal sealed class MemberCode
{
    public required Guid Id { get; init; }
    public required Guid Community { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A person asks the speaker to be let in.</summary>
internal sealed class MemberRequest
{
    public required Guid Community { get; init; }
    public required Guid Person { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
}
