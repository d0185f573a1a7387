using Discovery.Platform;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;

namespace Discovery.Proposals.Merges;

/// <summary>
/// A merge with consent of 2 to 5 published proposals (features.md): one text leads, all authors are asked, and it happens only when every one of them has agreed in time. For two
/// weeks each of them may undo it.
/// </summary>
internal sealed class Merge
{
    public static readonly TimeSpan ToAnswer = TimeSpan.FromDays(7), ToUndo = TimeSpan.FromDays(14);
    public const int Least = 2, Most = 5;

    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>The proposal whose text goes on.</summary>
    public required Guid Lead { get; init; }

    /// <summary>JSON of the content that the lead shall have.</summary>
    public required string Json { get; init; }

    public required string Reason { get; init; }
    public required Guid Person { get; init; }

    /// <summary>In whose name it is proposed; null: an official or a moderator suggests it.</summary>
    public Guid? Organisation { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>One of <see cref="MergeStates"/>.</summary>
    public string State { get; private set; } = MergeStates.Open;

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Until then every author may undo it.</summary>
    public DateTimeOffset? UndoUntil { get; private set; }

    /// <summary>The version that the lead has by it.</summary>
    public int? LeadVersion { get; private set; }

    /// <summary>Organisations that have become co-authors of the lead by it.</summary>
    public List<Guid> Joined { get; private set; } = [];

    public Guid? UndoneBy { get; private set; }
    public string? UndoReason { get; private set; }

    public Content Content => Revision.Read(Json);

    public void Do(int leadVersion, List<Guid> joined, DateTimeOffset now)
    {
        (LeadVersion, Joined, UndoUntil) = (leadVersion, joined, now + ToUndo);
        End(MergeStates.Done, now);
    }

    /// <summary>It will not happen.</summary>
    public void End(string state, DateTimeOffset now)
    {
        if (State != MergeStates.Open) throw new RuleBroken("proposals.merge.ended");
        (State, EndedAt) = (state, now);
    }

    public bool MayBeUndone(DateTimeOffset now) => State == MergeStates.Done && UndoUntil > now;

    public void Undo(Guid person, string reason, DateTimeOffset now)
    {
        if (!MayBeUndone(now)) throw new RuleBroken("proposals.merge.undo-late");
        (State, UndoneBy, UndoReason, EndedAt) = (MergeStates.Undone, person, reason, now);
    }

    /// <summary>The list is frozen: what was merged stays so.</summary>
    public void CloseUndo(DateTimeOffset now) => UndoUntil = now;
}

internal static class MergeStates
{
    /// <summary>Lapsed: not all have answered in time. Overtaken: a text or its authors changed while they were asked. Settled: the ballot list was frozen meanwhile.</summary>
    public const string Open = "open", Done = "done", Refused = "refused", Lapsed = "lapsed", Overtaken = "overtaken", Settled = "settled", Withdrawn = "withdrawn", Undone = "undone";
}

/// <summary>A proposal that takes part in a merge.</summary>
internal sealed class MergePart
{
    public required Guid Merge { get; init; }
    public required Guid Proposal { get; init; }

    /// <summary>Its authors are being asked: a proposal is in one open merge at most, and an index keeps that promise.</summary>
    public bool IsOpen { get; set; } = true;
}

/// <summary>What an organisation that is an author of one of the proposals says.</summary>
internal sealed class MergeAnswer
{
    public required Guid Merge { get; init; }
    public required Guid Organisation { get; init; }
    public bool? Agrees { get; set; }
    public Guid? Person { get; set; }
    public DateTimeOffset? At { get; set; }

    /// <summary>Why it does not agree.</summary>
    public string? Reason { get; set; }
}

/// <summary>Support that a merge has touched: of a closed text, whose supporter is asked, or of the lead, by an organisation that became its co-author. It holds what an undo restores.</summary>
internal sealed class TouchedSupport
{
    public required Guid Merge { get; init; }
    public required Guid Proposal { get; init; }
    public required Guid Organisation { get; init; }
    public required Guid Person { get; init; }
    public required DateTimeOffset EndorsedAt { get; init; }

    /// <summary>asked (and as long as nobody answers, the support stays with the closed text), kept, returned; or dropped.</summary>
    public required string State { get; set; }

    public Guid? AnsweredBy { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    public const string Asked = "asked", Kept = "kept", Returned = "returned", Dropped = "dropped";
}
