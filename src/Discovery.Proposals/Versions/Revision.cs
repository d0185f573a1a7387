using System.Text.Json;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Versions;

/// <summary>The whole content of a proposal as it stood from a moment on. Never changed: the next one stands beside it.</summary>
internal sealed class Revision
{
    public required Guid Proposal { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>JSON of a <see cref="Proposals.Content"/>.</summary>
    public required string Json { get; init; }

    /// <summary>Who wrote it, or accepted what others had suggested.</summary>
    public required Guid Person { get; init; }

    /// <summary>Whose words these are, where others than the authors suggested them.</summary>
    public Guid? SuggestedBy { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="Changes"/>.</summary>
    public required string Why { get; init; }

    public Content Content => Read(Json);

    public static Revision Of(Proposal proposal, string why, Guid person, DateTimeOffset at, Guid? suggestedBy = null) =>
        new() { Proposal = proposal.Id, Number = proposal.Revision, Json = Write(proposal.Content), Person = person, At = at, Why = why, SuggestedBy = suggestedBy };

    public static string Write(Content content) => JsonSerializer.Serialize(content, Wire.Json);

    public static Content Read(string json) => JsonSerializer.Deserialize<Content>(json, Wire.Json)!;
}

/// <summary>Why a proposal has other words than before; these also stand in its record.</summary>
internal static class Changes
{
    public const string Submitted = "submitted", Corrected = "corrected", Edited = "edited", Amended = "amended", Merged = "merged", Parted = "parted";
}

internal static class Revisions
{
    /// <summary>All that are kept, oldest first. What was submitted before there were versions has none yet: then the content is the first.</summary>
    public static async Task<IReadOnlyList<Revision>> RevisionsAsync(this ProposalsDb db, Proposal proposal, CancellationToken ct)
    {
        var kept = await db.Revisions.AsNoTracking().Where(r => r.Proposal == proposal.Id).OrderBy(r => r.Number).ToListAsync(ct);
        return kept.Count > 0 ? kept : [First(proposal)];
    }

    /// <summary>Before the content changes: what was submitted before there were versions is kept now.</summary>
    public static async Task KeepCurrentAsync(this ProposalsDb db, Proposal proposal, CancellationToken ct)
    {
        if (!await db.Revisions.AnyAsync(r => r.Proposal == proposal.Id, ct)) db.Add(First(proposal));
    }

    static Revision First(Proposal proposal) => Revision.Of(proposal, Changes.Submitted, proposal.AuthorPerson, proposal.SubmittedAt);
}
