using Discovery.Ranking;

namespace Discovery.Aggregation.Results;

/// <summary>
/// What pages withhold: a number behind which there are fewer than five ballots, and whatever would give it away by difference. It governs display only (rules 11).
/// </summary>
internal sealed class SmallGroups
{
    public const int Fewest = ExportBundle.Fewest;

    readonly Result result;
    readonly HashSet<int> hidden;

    public SmallGroups(Result result)
    {
        this.result = result;
        Ballots = result.Groups.Sum(g => g.Ballots);
        var bySize = Enumerable.Range(0, result.Groups.Count).Where(g => result.Groups[g].Ballots > 0).OrderBy(g => result.Groups[g].Ballots).ToList();
        hidden = [.. bySize.Where(IsSmall)];
        // One gap in a column with a known sum is no gap; nor are several that can be filled in one way only.
        foreach (var next in bySize.Where(g => !IsSmall(g)))
        {
            var sum = hidden.Sum(g => result.Groups[g].Ballots);
            var open = hidden.Count > 1 && (!hidden.All(IsSmall) || (sum > hidden.Count && sum < (Fewest - 1) * hidden.Count));
            if (hidden.Count == 0 || open) break;
            hidden.Add(next);
        }
    }

    /// <summary>Counted ballots in all.</summary>
    public long Ballots { get; }

    /// <summary>Even the sum is too small to be shown.</summary>
    public bool HidesAll => Ballots is > 0 and < Fewest;

    public bool Any => hidden.Count > 0;

    /// <summary>The group has fewer than five ballots.</summary>
    public bool IsSmall(int group) => result.Groups[group].Ballots is > 0 and < Fewest;

    /// <summary>Nothing of this group may be shown by itself.</summary>
    public bool Hides(int group) => hidden.Contains(group);

    public IEnumerable<int> Shown => Enumerable.Range(0, result.Groups.Count).Where(g => !Hides(g));

    public IEnumerable<int> Hidden => hidden;

    /// <summary>Approving ballots of a group, or null where they are too few to be shown.</summary>
    public long? Approving(int group, int proposal) =>
        Hides(group) || result.Groups[group].ApprovalBallots[proposal] is > 0 and < Fewest ? null : result.Groups[group].ApprovalBallots[proposal];

    /// <summary>Whether the sums over all groups would give exactly one withheld approval away.</summary>
    public bool HidesApprovalOf(int proposal) =>
        Enumerable.Range(0, result.Groups.Count).Count(g => result.Groups[g].Active && Approving(g, proposal) is null) == 1;
}
