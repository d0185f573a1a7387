using System.Text.Json;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Proposals;

namespace Discovery.Proposals.Drafts;

/// <summary>A proposal that is still being written. Nobody but its writer sees it, and it may hold anything: only what is sent is judged.</summary>
internal sealed class Draft
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }
    public required Guid Person { get; init; }

    /// <summary>JSON of a <see cref="SubmitProposal.Form"/>.</summary>
    public required string Json { get; set; }

    /// <summary>Number of the proposal that it corrects; null for a new one.</summary>
    public int? Proposal { get; init; }

    /// <summary>Version of the published proposal that it began from; null where it is not published.</summary>
    public int? BaseVersion { get; init; }

    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>Concurrency token: two windows of one person must not overwrite each other unseen.</summary>
    public int Version { get; set; } = 1;

    public SubmitProposal.Form Form => JsonSerializer.Deserialize<SubmitProposal.Form>(Json, Wire.Json)!;

    public static string Write(SubmitProposal.Form form) => JsonSerializer.Serialize(form, Wire.Json);
}
