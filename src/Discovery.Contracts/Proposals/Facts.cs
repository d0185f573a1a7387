namespace Discovery.Contracts.Proposals;

/// <param name="Person">Who submitted it, and for which organisation; null where a tool did.</param>
public sealed record ProposalSubmitted(Guid Round, Guid Proposal, long Sequence, DateTimeOffset At, int Number, Guid? Person = null, Guid? Organisation = null);

/// <param name="Kind">What the author's organisation is (<see cref="Identity.OrganisationKinds"/>); null where that is not known.</param>
public sealed record ProposalPublished(
    Guid Round, Guid Proposal, long Sequence, DateTimeOffset At, int Number, Text Title, string Sector, Guid Organisation, string? Municipality = null, string? Kind = null);

/// <summary>What was published is not shown any more: a moderator has hidden it or given it back to its author. It may be published again.</summary>
public sealed record ProposalHidden(Guid Round, Guid Proposal, long Sequence, DateTimeOffset At, int Number);

/// <summary>What was published is called otherwise, or belongs to another sector or place: the same members, as they are now.</summary>
public sealed record ProposalRevised(
    Guid Round, Guid Proposal, long Sequence, DateTimeOffset At, int Number, Text Title, string Sector, Guid Organisation, string? Municipality = null, string? Kind = null);

/// <summary>All authors have agreed: the lead holds the text of the others, and these are closed. Or that is undone.</summary>
/// <param name="Sequence">Counts the facts about this merge.</param>
/// <param name="Undone">All is as before; each of the closed ones is also published anew.</param>
public sealed record ProposalsMerged(Guid Round, Guid Merge, long Sequence, DateTimeOffset At, Guid Lead, int LeadNumber, IReadOnlyList<MergedProposal> Closed, bool Undone = false);

/// <param name="Sequence">Of the facts about this proposal.</param>
public sealed record MergedProposal(Guid Proposal, int Number, long Sequence);

/// <summary>Its author has taken back what was published, before the ballot list was frozen.</summary>
public sealed record ProposalWithdrawn(Guid Round, Guid Proposal, long Sequence, DateTimeOffset At, int Number);

/// <summary>The list that ballots are cast on, fixed once and for all.</summary>
/// <param name="List">Exact JSON text of the <see cref="ListedProposal"/> array in the order of numbers.</param>
/// <param name="ListHash">SHA-256 of its UTF-8 bytes, lower-case hex.</param>
public sealed record BallotListFrozen(Guid Round, long Sequence, DateTimeOffset At, string List, string ListHash);

/// <param name="Organisations">Author and co-authors: their own ballots do not see this proposal.</param>
/// <param name="Families">Owner families of these organisations, as they stood at the freeze.</param>
public sealed record ListedProposal(int Number, Guid Proposal, Text Title, string Sector, IReadOnlyList<Guid> Organisations, IReadOnlyList<Guid> Families);
