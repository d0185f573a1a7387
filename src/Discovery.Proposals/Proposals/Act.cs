using Discovery.Platform;

namespace Discovery.Proposals.Proposals;

/// <summary>What an official did and why. Shown to everybody beside what it was done to.</summary>
internal sealed class Act
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>Null for an act on the whole list.</summary>
    public Guid? Proposal { get; init; }

    /// <summary>One of <see cref="Acts"/>.</summary>
    public required string What { get; init; }

    /// <summary>The account; <see cref="Guid.Empty"/> for a tool.</summary>
    public required Guid Person { get; init; }

    public required DateTimeOffset At { get; init; }
    public string? Reason { get; init; }

    public static Act Of(CurrentUser user, string what, Guid round, Guid? proposal, DateTimeOffset now, string? reason) =>
        new() { Id = Guid.CreateVersion7(), Round = round, Proposal = proposal, What = what, Person = user.Id, At = now, Reason = reason };
}

internal static class Acts
{
    public const string Published = "published", Returned = "returned", Entered = "entered", FreezeAsked = "freeze-asked", FreezeWithdrawn = "freeze-withdrawn", Frozen = "frozen";
}
