using Discovery.Moderation.Cases;
using Discovery.Moderation.Data;
using Discovery.Platform.Records;

namespace Discovery.Moderation.Log;

/// <summary>What moderation does in a round, for everybody: without personal data and without what was written (decision 18).</summary>
internal static class TransparencyLog
{
    public const string Appealed = "appeal", Reported = "reported", Conflict = "conflict", Escalated = "escalate";

    /// <summary>All that an entry can be about: the log is filtered by it.</summary>
    public static readonly IReadOnlyList<string> Whats = [.. Contracts.Moderation.Decisions.All, Appealed, Decision.Grant, Decision.Refuse, Reported, Conflict, Escalated];

    /// <param name="Kind">One of <see cref="Contracts.Moderation.ContentKinds"/>.</param>
    /// <param name="Reason">A code of the reason, or the kind of a conflict.</param>
    /// <param name="Reports">How many.</param>
    public sealed record Details(string Kind, int? Number, string? Reason = null, int? Other = null, int? Reports = null);

    /// <param name="moderator">Null where none acted.</param>
    public static async Task LogAsync(this ModerationDb db, Content content, string what, Guid? moderator, DateTimeOffset at, CancellationToken ct, string? reason = null, int? other = null, int? reports = null) =>
        await db.AppendAsync(content.Round, what, moderator is { } person ? (await db.AliasAsync(content.Round, person, ct)).Pseudonym : Guid.Empty, new Details(content.Kind, content.Number, reason, other, reports), at, ct);
}
