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
    public required string Slug { get; init; }
    public required string Region { get; init; }
    public required string Origin { get; init; }

    /// <summary>What was asked for, as JSON of <see cref="DraftRound.Form"/>; the charter is made from it when the round is published.</summary>
    public required string PlanJson { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }
    public required Guid DraftedBy { get; init; }

    /// <summary>Voting's answer to the draft: without it the order of ties would not be fixed beforehand.</summary>
    public string? SeedCommitment { get; private set; }

    /// <summary>The exact text that <see cref="RulesHash"/> is the hash of.</summary>
    public string? Rules { get; private set; }

    public string? RulesHash { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public Guid? PublishedBy { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public List<RoundPhase> Phases { get; init; } = [];

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
        round.Phases.AddRange(plan.Phases.Select((p, i) => new RoundPhase { Round = round.Id, Kind = p.Kind, Position = i, Starts = p.Starts, Ends = p.Ends }));
        round.Tell(n => new RoundDrafted(round.Id, n, now));
        return round;
    }

    public void Commit(SeedCommitted fact)
    {
        if (SeedCommitment is not null || PublishedAt is not null) return;
        SeedCommitment = fact.Commitment;
        Version++;
    }

    /// <summary>From here on the charter cannot change.</summary>
    public void Publish(Guid by, DateTimeOffset now)
    {
        if (PublishedAt is not null) throw new RuleBroken("rounds.publish.frozen");
        if (SeedCommitment is null) throw new RuleBroken("rounds.publish.seed");
        var plan = Plan;
        // The clock would run through all phases at once.
        if (Origin == Origins.Live && Phases.Single(p => p.Kind == PhaseKinds.Voting).Ends <= now) throw new RuleBroken("rounds.publish.late");
        Rules = JsonSerializer.Serialize(plan.ToRules(SeedCommitment), RulesJson);
        RulesHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rules)));
        (PublishedAt, PublishedBy) = (now, by);
        Tell(n => new RoundPublished(Id, n, now, plan.ToCharter(Rules, RulesHash)));
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
        if (PublishedAt is null || ClosedAt is not null) return;
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
        return Phases.Find(p => p.Kind == kind) ?? throw new RuleBroken("rounds.phase.unknown") { Status = 404 };
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
