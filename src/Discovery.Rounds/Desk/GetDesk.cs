using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Rounds.Progress;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Desk;

/// <summary>What an official must know of a published round today: what is wrong or nearly due, what comes next, and who has proposed so far. What waits elsewhere, other services say themselves.</summary>
internal static class GetDesk
{
    /// <summary>An official who looks in every other day still has one day for it.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromHours(48);

    // The clock ticks every second; after this long it has not merely been slow.
    static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public sealed record Query(string Slug) : IRequest<View>;

    /// <param name="Authors">Organisations with a published proposal, by group; null where it is not known what some of them are.</param>
    /// <param name="Confirmed">Factors of the wheel that are confirmed.</param>
    public sealed record View(RoundCopy Round, IReadOnlyList<Alert> Alerts, IReadOnlyList<Deadline> Deadlines, IReadOnlyDictionary<string, int>? Authors, int Proposals, int Confirmed);

    /// <param name="Level"><c>bad</c> or <c>warn</c>.</param>
    /// <param name="Key">Part of a text's key: <c>due</c>, <c>starts</c>, <c>late-start</c>, <c>late-end</c>, <c>no-list</c>, <c>list-due</c>, <c>list-late</c>, <c>no-proposals</c>, <c>silent</c>.</param>
    public sealed record Alert(string Level, string Key, string? Phase = null, DateTimeOffset? At = null, string? Group = null);

    /// <param name="Key"><c>starts</c>, <c>ends</c> or <c>seals</c>.</param>
    public sealed record Deadline(string Key, string Phase, DateTimeOffset At);

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var copy = await db.GetRound(query.Slug, ct);
            user.MustRun(copy.Region.Slug, copy.Charter.Origin);
            var round = await db.Rounds.AsNoTracking().Include(r => r.Phases).SingleAsync(r => r.Id == copy.Id, ct);
            var proposals = await db.Proposals.AsNoTracking().Where(p => p.Round == copy.Id && p.Sequence > p.HiddenSequence).ToListAsync(ct);
            var authors = Authors(round, proposals);
            return new(copy, AlertsOf(round, proposals.Count, authors, clock.GetUtcNow()), DeadlinesOf(round, clock.GetUtcNow()), authors, proposals.Count,
                await db.Wheel.Where(s => s.Round == copy.Id).Select(s => s.Factor).Distinct().CountAsync(ct));
        }
    }

    static Dictionary<string, int>? Authors(Round round, List<KnownProposal> proposals) =>
        proposals.Any(p => p.Kind is null) ? null
        : round.Plan.Groups.Where(g => g.Kinds.Count > 0).ToDictionary(g => g.Id, g => proposals.Where(p => g.Kinds.Contains(p.Kind!)).Select(p => p.Organisation).Distinct().Count());

    public static IReadOnlyList<Alert> AlertsOf(Round round, int proposals, IReadOnlyDictionary<string, int>? authors, DateTimeOffset now)
    {
        var alerts = new List<Alert>();
        if (round.ClosedAt is not null) return alerts;
        var (running, next) = (round.Running, round.Next);
        var voting = round.Phases.Find(p => p.Kind == PhaseKinds.Voting);

        if (round.Listed is null)
        {
            if (running?.Kind == PhaseKinds.Voting) alerts.Add(new("bad", "no-list", PhaseKinds.Voting));
            else if (running?.Kind == PhaseKinds.Admission && voting is not null)
                alerts.Add(voting.Starts - now <= Soon ? new("bad", "list-late", PhaseKinds.Voting, voting.Starts) : new("warn", "list-due", PhaseKinds.Voting, voting.Starts));
        }
        // Nothing is late while the clock stands.
        if (round.PausedAt is not null) return alerts;
        // A vote that is closed runs on until its paper ballots are in and the ledger is sealed.
        var due = running is { Kind: PhaseKinds.Voting } ? running.Ends.AddHours(round.Plan.ReconciliationHours) : running?.Ends;
        if (running is not null && now - due > Late) alerts.Add(new("bad", "late-end", running.Kind, running.Ends));
        else if (running is not null && running.Ends > now && running.Ends - now <= Soon) alerts.Add(new("warn", "due", running.Kind, running.Ends));
        if (running is null && next is not null)
        {
            if (now - next.Starts > Late) alerts.Add(new("bad", "late-start", next.Kind, next.Starts));
            else if (next.Starts - now <= Soon) alerts.Add(new("warn", "starts", next.Kind, next.Starts));
        }
        // In its second half, so that nobody is alarmed on the first morning.
        if (running is { Kind: PhaseKinds.Proposals } && running.Ends > now && now - running.Starts > running.Ends - now)
        {
            if (proposals == 0) alerts.Add(new("warn", "no-proposals", running.Kind, running.Ends));
            else if (authors is not null)
                alerts.AddRange(authors.Where(g => g.Value == 0).Select(g => new Alert("warn", "silent", running.Kind, running.Ends, g.Key)));
        }
        return [.. alerts.OrderBy(a => a.Level == "bad" ? 0 : 1)];
    }

    public static IReadOnlyList<Deadline> DeadlinesOf(Round round, DateTimeOffset now)
    {
        if (round.ClosedAt is not null) return [];
        var all = new List<Deadline>();
        foreach (var phase in round.Phases)
        {
            if (phase.StartedAt is null) all.Add(new("starts", phase.Kind, phase.Starts));
            if (phase.EndedAt is null) all.Add(new("ends", phase.Kind, phase.Ends));
            if (phase.Kind == PhaseKinds.Voting && round.LedgerEntries is null && round.Plan.ReconciliationHours > 0) all.Add(new("seals", phase.Kind, (phase.EndedAt ?? phase.Ends).AddHours(round.Plan.ReconciliationHours)));
        }
        // The end of one phase and the start of the next are usually the same moment: the end is the deadline.
        return [.. all.Where(d => d.At > now && !(d.Key == "starts" && all.Exists(e => e.Key == "ends" && e.At == d.At))).OrderBy(d => d.At)];
    }
}
