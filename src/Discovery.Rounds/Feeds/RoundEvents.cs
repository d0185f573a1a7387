using Discovery.Contracts;
using Discovery.Rounds.Charters;

namespace Discovery.Rounds.Feeds;

/// <summary>One thing that has happened to a round and that the public is told.</summary>
/// <param name="Key">Stable within the round, for the id of a feed entry: <c>published</c>, <c>voting-started</c>.</param>
/// <param name="Kind"><c>published</c>, <c>started</c>, <c>ended</c>, <c>listed</c>, <c>amended</c>, <c>paused</c>, <c>resumed</c>, <c>closed</c>: part of a text's key.</param>
/// <param name="Reason">What an official gave as the reason of an act by hand.</param>
internal sealed record RoundEvent(Round Round, Text Title, string Key, string Kind, DateTimeOffset At, string? Phase = null, string? Reason = null, int? Number = null)
{
    /// <summary>Latest first. Only what the round itself keeps: it is told as often as somebody asks, and always the same.</summary>
    public static IReadOnlyList<RoundEvent> Of(Round round)
    {
        if (round.PublishedAt is not { } published) return [];
        var (title, all) = (round.Plan.Title, new List<RoundEvent>());
        all.Add(new(round, title, "published", "published", published));
        foreach (var phase in round.Phases)
        {
            if (phase.StartedAt is { } started) all.Add(new(round, title, phase.Kind + "-started", "started", started, phase.Kind, phase.StartReason));
            if (phase.EndedAt is { } ended) all.Add(new(round, title, phase.Kind + "-ended", "ended", ended, phase.Kind, phase.EndReason));
        }
        foreach (var amendment in round.Amendments.Where(a => a.State == Amendment.Applied))
            all.Add(new(round, title, $"amended-{amendment.Number}", "amended", amendment.At, Reason: amendment.Reason, Number: amendment.Number));
        foreach (var pause in round.Pauses)
        {
            all.Add(new(round, title, $"paused-{pause.Number}", "paused", pause.From, Reason: pause.Reason));
            if (pause.Until is { } until) all.Add(new(round, title, $"resumed-{pause.Number}", "resumed", until, Reason: pause.EndReason));
        }
        if (round.ListedAt is { } listed) all.Add(new(round, title, "listed", "listed", listed, Number: round.Listed));
        if (round.ClosedAt is { } closed) all.Add(new(round, title, "closed", "closed", closed, Number: round.Shortlist.Count));
        // At one moment an end comes before the start that follows it.
        return [.. all.OrderByDescending(e => e.At).ThenByDescending(e => e.Kind switch { "closed" => 3, "started" => 2, "ended" => 1, _ => 0 })];
    }
}
