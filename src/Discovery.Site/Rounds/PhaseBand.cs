
namespace Discovery.Site;

/// <summary>Where a round stands, as the header and the timeline show it.</summary>
internal sealed record PhaseBand(string Title, string Left, string Until, string ZoneNote, IReadOnlyList<PhaseStep> Steps)
{
    public static PhaseBand Of(RoundCopy round, Words<SiteTexts> text, When when)
    {
        var phases = round.Charter.Phases;
        var steps = phases.Select(p => new PhaseStep(p.Kind, text["phase." + p.Kind], when.Span(p.Starts, p.Ends, round),
            round.IsClosed || round.HasEnded(p.Kind) ? PhaseState.Done : round.IsIn(p.Kind) ? PhaseState.Now : PhaseState.Next)).ToList();

        if (round.ClosedAt is { } closed)
            return new(text["phase.over"], "", text["phase.over.at", when.Date(closed, round)], "", steps);

        if (round.PausedAt is { } paused)
            return new(text["phase.paused"], "", text["phase.paused.since", when.Date(paused, round)], "", steps);

        if (round.Phase is { } now && round.PhaseEndsAt is { } ends)
            return new(text[$"phase.{now}.now"], when.Left(ends), text["phase.until", when.Day(ends, round)], $", {when.Time(ends, round)} ({when.Zone(ends, round)})", steps);

        // Between phases, or before the first one.
        var next = phases.FirstOrDefault(p => !round.HasStarted(p.Kind));
        return next is null || next.Starts < when.Now
            ? new(text["phase.waiting"], "", "", "", steps)
            : new(text["phase.soon", text["phase." + next.Kind]], "", text["phase.next", when.Day(next.Starts, round)], $", {when.Time(next.Starts, round)} ({when.Zone(next.Starts, round)})", steps);
    }
}

internal enum PhaseState { Done, Now, Next }

internal sealed record PhaseStep(string Kind, string Name, string Dates, PhaseState State);
