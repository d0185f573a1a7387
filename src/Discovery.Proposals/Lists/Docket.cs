using Discovery.Platform;
using Discovery.Proposals.Endorsements;
using Discovery.Site;

namespace Discovery.Proposals.Lists;

/// <summary>
/// One row per round, locked by whoever gives a number, publishes or freezes: numbers have no gaps to race for,
/// and nothing slips onto a list while it is being frozen.
/// </summary>
internal sealed class Docket
{
    public required Guid Round { get; init; }
    public int LastNumber { get; set; }

    /// <summary>The official who has asked for the freeze; a second one confirms.</summary>
    public Guid? FreezeAskedBy { get; private set; }

    public DateTimeOffset? FreezeAskedAt { get; private set; }
    public DateTimeOffset? FrozenAt { get; private set; }

    /// <summary>Of the last published result.</summary>
    public long ResultSequence { get; set; }

    public void MustBeOpen()
    {
        if (FrozenAt is not null) throw new RuleBroken("proposals.list.is-frozen");
    }

    /// <summary>What is published may still become another: proposals are collected or the list is made, and nobody has asked to freeze it.</summary>
    public bool IsChangeable(RoundCopy round) => EndorseProposal.IsTime(round) && FrozenAt is null && FreezeAskedBy is null;

    public void MustBeChangeable(RoundCopy round)
    {
        MustBeOpen();
        if (FreezeAskedBy is not null) throw new RuleBroken("proposals.list.is-asked");
        if (round.IsPaused) throw new RuleBroken("round.paused");
        if (!EndorseProposal.IsTime(round)) throw new RuleBroken("proposals.change.time");
    }

    public void AskFreeze(Guid official, DateTimeOffset now) => (FreezeAskedBy, FreezeAskedAt) = (official, now);

    public void WithdrawFreeze() => (FreezeAskedBy, FreezeAskedAt) = (null, null);

    public void ConfirmFreeze(Guid official, DateTimeOffset now)
    {
        if (FreezeAskedBy == official) throw new RuleBroken("proposals.list.same-official");
        FrozenAt = now;
    }

    /// <summary>Demonstrations and replays need no second person.</summary>
    public void FreezeAtOnce(DateTimeOffset now) => FrozenAt = now;
}

/// <summary>The list that ballots are cast on, as it was announced. One per round: the key is the promise.</summary>
internal sealed class BallotList
{
    public required Guid Round { get; init; }

    /// <summary>Exact JSON text.</summary>
    public required string List { get; init; }

    public required string ListHash { get; init; }
    public required int Count { get; init; }

    /// <summary>JSON of the published proposals that stayed off it (<see cref="Lists.LeftOut"/>).</summary>
    public string LeftOut { get; init; } = "[]";

    public required DateTimeOffset FrozenAt { get; init; }
    public Guid? AskedBy { get; init; }
    public required Guid ConfirmedBy { get; init; }
}
