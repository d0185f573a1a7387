namespace Discovery.Identity.Accounts;

/// <summary>A session of a browser that its owner sees in a list and can end. Services read the cookie; this row is only the list.</summary>
internal sealed class UserSession
{
    /// <summary>The <c>sid</c> of the cookie.</summary>
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The latest end, however busy the session is.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Browser and system in a few words, «Firefox, Linux»; nothing that tells two machines apart.</summary>
    public required string Device { get; init; }

    /// <summary>code, password, passkey, or <c>oidc:</c> and the provider.</summary>
    public required string Method { get; init; }

    public required bool HasSecondFactor { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}
