namespace Discovery.Identity.Subscriptions;

/// <summary>An address that letters about the rounds of a region go to, from its confirmation to its end, which deletes it. No name stands here.</summary>
internal sealed class Subscription
{
    public const string EveryRegion = "*";

    /// <summary>The day from which the text that people agree to (<c>identity.subscribe.consent</c>) reads as it does; a test compares them.</summary>
    public const string ConsentVersion = "2026-11-27";

    public long Id { get; private init; }

    /// <summary>Keyed hash: an address has one subscription to a region.</summary>
    public required byte[] Address { get; init; }

    /// <summary>A region's slug, or <see cref="EveryRegion"/>.</summary>
    public required string Region { get; init; }

    /// <summary>The <see cref="Reader"/>, sealed by the key ring.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>SHA-256 of the secret that ends it.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>ISO 639-1: of its letters.</summary>
    public required string Language { get; set; }

    public required string Version { get; set; }

    /// <summary>When that version was agreed to.</summary>
    public required DateTimeOffset At { get; set; }
}

/// <summary>Who gets the letters.</summary>
/// <param name="Token">Ends the subscription; it stands in every letter.</param>
/// <param name="Site">What links began with when it was made: for installations without <c>Site:Address</c>, which nobody outside this machine uses.</param>
internal sealed record Reader(string Address, string Token, string Site);
