using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Contracts.Aggregation;
using Discovery.Contracts.Rounds;
using Discovery.Contracts.Voting;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Rounds.Phases;

namespace Discovery.Rounds.Charters;

/// <summary>A round from its draft to its close. Everything that happens to it is one of these methods, and each leaves the facts to be told.</summary>
internal sealed class Round
{
    static readonly JsonSerializerOptions RulesJson = new(JsonSerializerDefaults.Web);

    readonly List<object> facts = [];

    public required Guid Id { get; init; }
    public required string Slug { get; set; }
    public required string Region { get; set; }
    public required string Origin { get; init; }

    /// <summary>What was asked for, as JSON of <see cref="DraftRound.Form"/>, with all amendments; the charter is made from it.</summary>
    public required string PlanJson { get; set; }

    public required DateTimeOffset DraftedAt { get; init; }
    public required Guid DraftedBy { get; init; }

    /// <summary>Voting's answer to the draft: without it the order of ties would not be fixed beforehand.</summary>
    public string? SeedCommitment { get; private set; }

    /// <summary>The exact text that <see cref="RulesHash"/> is the hash of.</summary>
    public string? Rules { get; private set; }

    public string? RulesHash { get; private set; }
    /// <summary>The official who asked for publication; another one confirms it. Any change of the draft takes it back.</summary>
    public Guid? ProposedBy { get; private set; }

    public DateTimeOffset? ProposedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The official who confirmed it.</summary>
    public Guid? PublishedBy { get; private set; }

    public DateTimeOffset? PausedAt { get; private set; }
    public string? PauseReason { get; private set; }

    /// <summary>All of them, also the one that lasts.</summary>
    public List<Pause> Pauses { get; init; } = [];
    public DateTimeOffset? ClosedAt { get; private set; }
    public List<RoundPhase> Phases { get; init; } = [];

    /// <summary>All changes since publication, also those that Voting has refused or not yet answered.</summary>
    public List<Amendment> Amendments { get; init; } = [];

    /// <summary>Of the published charter.</summary>
    public int CharterVersion => 1 + Amendments.Count(a => a.State == Amendment.Applied);

    /// <summary>How many proposals stand on the frozen ballot list.</summary>
    public int? Listed { get; private set; }

    public string? ListHash { get; private set; }

    /// <summary>Null before, and where the list was frozen before this was kept.</summary>
    public DateTimeOffset? ListedAt { get; private set; }

    /// <summary>Organisations and persons who voted; known after the seal.</summary>
    public int? Voters { get; private set; }

    public long? LedgerEntries { get; private set; }

    /// <summary>Proposal numbers in the order of seats; empty until it is published.</summary>
    public List<int> Shortlist { get; private set; } = [];

    public string? ResultHash { get; private set; }

    /// <summary>Of the last fact about this round.</summary>
    public long Sequence { get; private set; }

    /// <summary>Concurrency token: an official and the clocks of all replicas may act in the same second.</summary>
    public int Version { get; private set; }

    public DraftRound.Form Plan => JsonSerializer.Deserialize<DraftRound.Form>(PlanJson, Wire.Json)!;

    public RoundPhase? Running => Phases.Find(p => p.IsRunning);

    public RoundPhase? Next => Phases.OrderBy(p => p.Position).FirstOrDefault(p => p.StartedAt is null);

    public static Round Draft(DraftRound.Form plan, Guid by, DateTimeOffset now)
    {
        var round = new Round
        {
            Id = Guid.CreateVersion7(),
            Slug = plan.Slug,
            Region = plan.Region!.Slug,
            Origin = plan.Origin,
            PlanJson = JsonSerializer.Serialize(plan, Wire.Json),
            DraftedAt = now,
            DraftedBy = by,
        };
        round.TakePhases(plan.Phases);
        round.Tell(n => new RoundDrafted(round.Id, n, now));
        return round;
    }

    /// <summary>The draft as it shall be from now on.</summary>
    public void Rewrite(DraftRound.Form plan)
    {
        if (PublishedAt is not null) throw new RuleBroken("rounds.publish.frozen");
        (Slug, Region, PlanJson) = (plan.Slug, plan.Region!.Slug, JsonSerializer.Serialize(plan with { Origin = Origin }, Wire.Json));
        (ProposedBy, ProposedAt) = (null, null);
        TakePhases(plan.Phases);
        Version++;
    }

    public void Commit(SeedCommitted fact)
    {
        // No new version: it must not stand in the way of an official who writes at this moment.
        if (SeedCommitment is null && PublishedAt is null) SeedCommitment = fact.Commitment;
    }

    /// <summary>
    /// Two officials publish together: the first asks for it, the second confirms what the first has seen. A tool, which fills no live round, does it at once.
    /// From then on the charter is frozen.
    /// </summary>
    /// <returns>Whether it is published now.</returns>
    public bool Publish(Guid by, bool isTool, DateTimeOffset now)
    {
        if (PublishedAt is not null) throw new RuleBroken("rounds.publish.frozen");
        if (SeedCommitment is null) throw new RuleBroken("rounds.publish.seed");
        if (!isTool)
        {
            if (ProposedBy == by) throw new RuleBroken("rounds.publish.second");
            if (ProposedBy is null)
            {
                (ProposedBy, ProposedAt) = (by, now);
                Version++;
                return false;
            }
        }
        var plan = Plan;
        Rules = JsonSerializer.Serialize(plan.ToRules(SeedCommitment), RulesJson);
        RulesHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rules)));
        (PublishedAt, PublishedBy) = (now, by);
        Tell(n => new RoundPublished(Id, n, now, plan.ToCharter(Rules, RulesHash, CharterVersion)));
        return true;
    }

    /// <summary>The first official thinks better of it, or the second sends it back.</summary>
    public void TakeBack()
    {
        if (PublishedAt is not null) throw new RuleBroken("rounds.publish.frozen");
        if (ProposedBy is null) return;
        (ProposedBy, ProposedAt) = (null, null);
        Version++;
    }

    /// <summary>Changes texts and dates of a published charter. A new end of the vote that runs waits for Voting's answer (rules 7).</summary>
    /// <param name="to">Texts as they shall be; <see cref="DraftRound.Form.Phases"/> with the dates as they shall be.</param>
    /// <exception cref="RuleBroken">Nothing changes, or a date is not free any more.</exception>
    public void Amend(DraftRound.Form to, string reason, Guid by, DateTimeOffset now)
    {
        if (PublishedAt is null) throw new RuleBroken("rounds.phase.draft");
        if (ClosedAt is not null) throw new RuleBroken("rounds.phase.closed");
        if (PausedAt is not null) throw new RuleBroken("rounds.paused");
        if (Amendments.Any(a => a.State == Amendment.Waiting)) throw new RuleBroken("rounds.amend.waiting");
        var old = Plan;
        var changes = Amendment.Changes(old, to);
        if (changes.Any(c => c.Field == "question") && Phases.Any(p => p.StartedAt is not null)) throw new RuleBroken("rounds.amend.question");
        DateTimeOffset? votingEnds = null;
        foreach (var (phase, wanted) in Phases.OrderBy(p => p.Position).Zip(to.Phases))
        {
            var (starts, ends) = (Same(wanted.Starts, phase.Starts) ? phase.Starts : wanted.Starts, Same(wanted.Ends, phase.Ends) ? phase.Ends : wanted.Ends);
            if (starts != phase.Starts && phase.StartedAt is not null) throw new RuleBroken("rounds.amend.started");
            if (ends != phase.Ends && phase.EndedAt is not null) throw new RuleBroken("rounds.amend.ended");
            if ((starts != phase.Starts && starts <= now) || (ends != phase.Ends && ends <= now)) throw new RuleBroken("rounds.amend.past");
            if (starts != phase.Starts) changes.Add(new($"phase.{phase.Kind}.starts", Was: phase.Starts, Is: starts));
            if (ends == phase.Ends) { phase.Starts = starts; continue; }
            if (phase is { Kind: PhaseKinds.Voting, IsRunning: true }) votingEnds = ends;
            else
            {
                changes.Add(new($"phase.{phase.Kind}.ends", Was: phase.Ends, Is: ends));
                (phase.Starts, phase.Ends) = (starts, ends);
            }
        }
        if (changes.Count == 0 && votingEnds is null) throw new RuleBroken("rounds.amend.nothing");
        // A late start may have pushed a phase into the next one: only who moves dates must put them in order.
        var open = Phases.OrderBy(p => p.Position).Where(p => p.EndedAt is null).ToList();
        DateTimeOffset StartOf(RoundPhase p) => p.StartedAt ?? p.Starts;
        DateTimeOffset EndOf(RoundPhase p) => p is { Kind: PhaseKinds.Voting, IsRunning: true } ? votingEnds ?? p.Ends : p.Ends;
        if ((votingEnds is not null || changes.Exists(c => c.Is is not null)) && (open.Exists(p => EndOf(p) <= StartOf(p)) || open.Zip(open.Skip(1)).Any(p => StartOf(p.Second) < EndOf(p.First))))
            throw new RuleBroken("rounds.amend.order");

        PlanJson = JsonSerializer.Serialize(old with { Title = to.Title, Question = to.Question, Summary = to.Summary, Moderation = to.Moderation, Verification = to.Verification, Appeals = to.Appeals }, Wire.Json);
        if (changes.Count > 0) Apply(changes, reason, by, now);
        if (votingEnds is { } end)
        {
            Tell(n => new VotingDatesRequested(Id, n, now, end));
            Wait(end, reason, by, now);
        }
    }

    /// <summary>Voting's word on another end of the vote.</summary>
    /// <param name="request">The sequence of the request.</param>
    /// <param name="ends">Null: it was closed already.</param>
    public void SettleVotingEnd(long request, DateTimeOffset? ends, DateTimeOffset now)
    {
        if (Amendments.Find(a => a.Request == request) is not { State: Amendment.Waiting } waiting) return;
        waiting.State = ends is null ? Amendment.Refused : Amendment.Applied;
        Version++;
        if (ends is null) return;
        Phases.Single(p => p.Kind == PhaseKinds.Voting).Ends = ends.Value;
        TellCharter(waiting.Reason, now);
    }

    /// <summary>Everything stands still until <see cref="Resume"/>.</summary>
    public void Pause(string reason, Guid by, DateTimeOffset now)
    {
        if (PublishedAt is null) throw new RuleBroken("rounds.phase.draft");
        if (ClosedAt is not null) throw new RuleBroken("rounds.phase.closed");
        if (PausedAt is not null) return;
        (PausedAt, PauseReason) = (now, reason);
        Pauses.Add(new() { Round = Id, Number = Pauses.Count + 1, From = now, Reason = reason, By = by });
        Tell(n => new RoundPaused(Id, n, now, reason));
    }

    /// <summary>Goes on. What was still to come comes later by the length of the pause, so that nobody loses a day.</summary>
    public void Resume(string reason, Guid by, DateTimeOffset now)
    {
        if (PausedAt is not { } since) return;
        var pause = now - since;
        (PausedAt, PauseReason) = (null, null);
        Pauses.MaxBy(p => p.Number)?.End(now, reason, by);
        var changes = new List<Change>();
        DateTimeOffset? votingEnds = null;
        foreach (var phase in Phases.OrderBy(p => p.Position).Where(p => p.EndedAt is null))
        {
            if (phase.StartedAt is null)
            {
                changes.Add(new($"phase.{phase.Kind}.starts", Was: phase.Starts, Is: phase.Starts + pause));
                phase.Starts += pause;
            }
            if (phase is { Kind: PhaseKinds.Voting, IsRunning: true })
            {
                // Closed already: only the seal and the count are to come, and they have no date of ours.
                // An end that Voting has not confirmed yet is meant all the same.
                if (LedgerEntries is null) votingEnds = (Amendments.FindLast(a => a.State == Amendment.Waiting)?.What.LastOrDefault()?.Is ?? phase.Ends) + pause;
                continue;
            }
            changes.Add(new($"phase.{phase.Kind}.ends", Was: phase.Ends, Is: phase.Ends + pause));
            phase.Ends += pause;
        }
        Tell(n => new RoundResumed(Id, n, now, reason, votingEnds));
        if (votingEnds is { } end) Wait(end, reason, by, now);
        if (changes.Count > 0) Apply(changes, reason, by, now);
    }

    /// <summary>Starts a phase by hand; the one that runs ends with it.</summary>
    public void Start(string kind, string reason, Guid by, DateTimeOffset now)
    {
        var phase = OpenPhase(kind);
        if (phase.IsRunning) return;
        if (phase.StartedAt is not null) throw new RuleBroken("rounds.phase.over");
        if (phase != Next) throw new RuleBroken("rounds.phase.order");
        if (Running is { } running)
        {
            if (running.Kind == PhaseKinds.Voting) throw new RuleBroken("rounds.phase.voting");
            End(running, now, reason, by);
        }
        Start(phase, now, reason, by);
    }

    /// <summary>Ends a phase by hand. Not voting: a ledger that takes ballots is closed where it is kept (rules 7).</summary>
    public void End(string kind, string reason, Guid by, DateTimeOffset now)
    {
        var phase = OpenPhase(kind);
        if (phase.EndedAt is not null) return;
        if (kind == PhaseKinds.Voting) throw new RuleBroken("rounds.phase.voting");
        if (!phase.IsRunning) throw new RuleBroken("rounds.phase.idle");
        End(phase, now, reason, by);
    }

    /// <summary>What time itself does: ends and starts all that is due, in order, also after a long stop.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (PublishedAt is null || ClosedAt is not null || PausedAt is not null) return;
        while (true)
        {
            if (Running is { } running)
            {
                // Voting ends when Voting says so, results when the shortlist is published.
                if (running.Kind is PhaseKinds.Voting or PhaseKinds.Results || !IsDue(running.Ends, now)) return;
                End(running, now);
            }
            else if (Next is { } next && IsDue(next.Starts, now)) Start(next, now);
            else return;
        }
    }

    // Numbers for the home page: no new version, so that hearing them never stands in an official's way.
    public void FreezeList(int count, string hash, DateTimeOffset at)
    {
        if (ListHash is not null) return;
        (Listed, ListHash, ListedAt) = (count, hash, at);
    }

    public void CountVoters(int voters)
    {
        if (Voters == voters) return;
        Voters = voters;
    }

    public void CloseVoting(VotingClosed fact)
    {
        if (LedgerEntries is not null) return;
        LedgerEntries = fact.Count;
        Version++;
        if (Running is { Kind: PhaseKinds.Voting } voting) End(voting, fact.At);
    }

    /// <summary>The published shortlist ends what still runs, and the round.</summary>
    public void Close(ShortlistPublished fact)
    {
        if (ClosedAt is not null) return;
        (Shortlist, ResultHash) = ([.. fact.Shortlist], fact.ResultHash);
        if (Running is { } running && running.Kind != PhaseKinds.Results) End(running, fact.At);
        if (Phases.Find(p => p.Kind == PhaseKinds.Results) is { } results)
        {
            if (results.StartedAt is null) Start(results, fact.At);
            if (results.IsRunning) End(results, fact.At);
        }
        ClosedAt = fact.At;
        Tell(n => new RoundClosed(Id, n, fact.At));
    }

    /// <summary>What has happened since the last call, to be announced in the same save.</summary>
    public IReadOnlyList<object> TakeFacts()
    {
        var taken = facts.ToList();
        facts.Clear();
        return taken;
    }

    // What a demonstration or a replay had planned before it was published, its tool does by hand, at its own pace.
    bool IsDue(DateTimeOffset planned, DateTimeOffset now) => planned <= now && (Origin == Origins.Live || planned > PublishedAt);

    RoundPhase OpenPhase(string kind)
    {
        if (PublishedAt is null) throw new RuleBroken("rounds.phase.draft");
        if (ClosedAt is not null) throw new RuleBroken("rounds.phase.closed");
        if (PausedAt is not null) throw new RuleBroken("rounds.paused");
        return Phases.Find(p => p.Kind == kind) ?? throw new RuleBroken("rounds.phase.unknown") { Status = 404 };
    }

    void TakePhases(IReadOnlyList<Phase> planned)
    {
        Phases.RemoveAll(p => planned.All(w => w.Kind != p.Kind));
        foreach (var (position, phase) in planned.Index())
        {
            if (Phases.Find(p => p.Kind == phase.Kind) is not { } known) Phases.Add(known = new() { Round = Id, Kind = phase.Kind });
            (known.Position, known.Starts, known.Ends) = (position, phase.Starts, phase.Ends);
        }
    }

    // Pages know minutes only; a phase that was begun by hand ends at some second.
    static bool Same(DateTimeOffset a, DateTimeOffset b) => a.Ticks / TimeSpan.TicksPerMinute == b.Ticks / TimeSpan.TicksPerMinute;

    void Apply(List<Change> changes, string reason, Guid by, DateTimeOffset now)
    {
        Amendments.Add(new() { Round = Id, Number = Amendments.Count + 1, At = now, By = by, Reason = reason, State = Amendment.Applied, What = changes });
        TellCharter(reason, now);
    }

    // The request is the last fact told.
    void Wait(DateTimeOffset end, string reason, Guid by, DateTimeOffset now)
    {
        Change change = new($"phase.{PhaseKinds.Voting}.ends", Was: Phases.Single(p => p.Kind == PhaseKinds.Voting).Ends, Is: end);
        Amendments.Add(new() { Round = Id, Number = Amendments.Count + 1, At = now, By = by, Reason = reason, State = Amendment.Waiting, Request = Sequence, What = [change] });
    }

    void TellCharter(string reason, DateTimeOffset now)
    {
        var plan = Plan with { Phases = [.. Phases.OrderBy(p => p.Position).Select(p => new Phase(p.Kind, p.Starts, p.Ends))] };
        PlanJson = JsonSerializer.Serialize(plan, Wire.Json);
        Tell(n => new CharterAmended(Id, n, now, plan.ToCharter(Rules!, RulesHash!, CharterVersion), reason));
    }

    void Start(RoundPhase phase, DateTimeOffset now, string? reason = null, Guid? by = null)
    {
        phase.Start(now, reason, by);
        Tell(n => new PhaseStarted(Id, n, now, phase.Kind, phase.Ends, reason));
    }

    void End(RoundPhase phase, DateTimeOffset now, string? reason = null, Guid? by = null)
    {
        phase.End(now, reason, by);
        Tell(n => new PhaseEnded(Id, n, now, phase.Kind, reason));
    }

    void Tell(Func<long, object> fact)
    {
        facts.Add(fact(++Sequence));
        Version++;
    }
}
