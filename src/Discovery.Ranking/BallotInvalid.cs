using System.Diagnostics.CodeAnalysis;

namespace Discovery.Ranking;

/// <summary>Why a ballot is refused.</summary>
public enum BallotFault
{
    /// <summary>A proposal stands on the ballot twice.</summary>
    Duplicate,

    /// <summary>A proposal is not on the list.</summary>
    Unknown,

    /// <summary>Points or votes below 0.</summary>
    Negative,

    /// <summary>More points, or a larger sum of squares, than the ballot has.</summary>
    OverBudget,

    /// <summary>A score or an acceptance line outside its range.</summary>
    OutOfRange,

    /// <summary>A tier without proposals, or a ballot without tiers (an exhausted ballot is not counted).</summary>
    Empty,

    /// <summary>A proposal is ranked and also marked as not seen.</summary>
    RankedButUnseen,
}

/// <summary>A ballot that the rules of casting refuse (ranking.md 2.1).</summary>
/// <param name="reason">What is wrong.</param>
/// <param name="proposal">Index of the offending proposal, or -1 when the ballot as a whole is at fault.</param>
[SuppressMessage("Naming", "CA1710", Justification = "Reads as what it says: throw new BallotInvalid.")]
public sealed class BallotInvalid(BallotFault reason, int proposal = -1)
    : Exception(proposal < 0 ? $"{reason}" : $"{reason}: proposal {proposal}")
{
    public BallotFault Reason { get; } = reason;

    public int Proposal { get; } = proposal;
}
