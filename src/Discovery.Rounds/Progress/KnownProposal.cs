using Discovery.Contracts;

namespace Discovery.Rounds.Progress;

/// <summary>What the home page says about a proposal. Proposals owns it; this is a copy from its facts.</summary>
internal sealed class KnownProposal
{
    public required Guid Round { get; init; }
    public required int Number { get; init; }
    public required Text Title { get; set; }
    public required string Sector { get; set; }
    public Guid? Organisation { get; set; }
    public string? Municipality { get; set; }

    /// <summary>What the author's organisation is; null where Proposals did not say.</summary>
    public string? Kind { get; set; }

    /// <summary>It stands on the frozen ballot list, and its title is the one of that list.</summary>
    public bool IsListed { get; set; }

    /// <summary>Of the last publication heard; 0 when only the list has named it so far.</summary>
    public long Sequence { get; set; }

    /// <summary>Of the last time that it was taken away; it is shown while <see cref="Sequence"/> is higher.</summary>
    public long HiddenSequence { get; set; }
}
