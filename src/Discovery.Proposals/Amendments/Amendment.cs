using System.Text.Json;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Amendments;

/// <summary>Other words that somebody suggests for a published proposal of others. Its authors accept or refuse them; whoever suggested them does not become an author.</summary>
internal sealed class Amendment
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }
    public required Guid Proposal { get; init; }

    /// <summary>The version that it changes.</summary>
    public required int BaseVersion { get; init; }

    /// <summary>JSON of the changed texts: by field, only the languages that differ.</summary>
    public required string Json { get; init; }

    public required string Reason { get; init; }
    public required Guid Organisation { get; init; }
    public required Guid Person { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="AmendmentStates"/>.</summary>
    public string State { get; private set; } = AmendmentStates.Open;

    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Answer { get; private set; }

    /// <summary>The version that it has become, or the one that has overtaken it.</summary>
    public int? Version { get; private set; }

    public Dictionary<string, Text> Texts => JsonSerializer.Deserialize<Dictionary<string, Text>>(Json, Wire.Json)!;

    public static string Write(IReadOnlyDictionary<string, Text> texts) => JsonSerializer.Serialize(texts, Wire.Json);

    /// <summary>The content with the suggested words in it.</summary>
    public Content On(Content content) => content.With(Texts);

    /// <summary>Whether the words that it changes are others in the later content than in the one it was made for.</summary>
    public bool IsOvertaken(Content was, Content now)
    {
        var (before, after) = (Comparison.MainTexts(was).ToDictionary(t => t.Field, t => t.Text), Comparison.MainTexts(now).ToDictionary(t => t.Field, t => t.Text));
        return Texts.Any(t => t.Value.Keys.Any(lang => before[t.Key].GetValueOrDefault(lang) != after[t.Key].GetValueOrDefault(lang)));
    }

    public void Decide(string state, Guid person, DateTimeOffset now, string? answer = null, int? version = null)
    {
        if (State != AmendmentStates.Open) throw new RuleBroken("proposals.amendment.decided");
        (State, DecidedBy, DecidedAt, Answer, Version) = (state, person, now, answer, version);
    }
}

internal static class AmendmentStates
{
    public const string Open = "open", Accepted = "accepted", Refused = "refused", Withdrawn = "withdrawn", Superseded = "superseded";
}

internal static class OpenAmendments
{
    /// <summary>After its words have changed: what was suggested for words that are gone can no longer be accepted; the rest still applies.</summary>
    public static async Task SupersedeAsync(this ProposalsDb db, Proposal proposal, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.Amendments.Where(a => a.Proposal == proposal.Id && a.State == AmendmentStates.Open).ToListAsync(ct);
        if (open.Count == 0) return;
        var versions = (await db.Revisions.AsNoTracking().Where(r => r.Proposal == proposal.Id).ToListAsync(ct)).ToDictionary(r => r.Number, r => r.Content);
        foreach (var amendment in open)
            if (versions.TryGetValue(amendment.BaseVersion, out var was) && amendment.IsOvertaken(was, proposal.Content))
                amendment.Decide(AmendmentStates.Superseded, person, now, version: proposal.Revision);
    }
}
