namespace Discovery.Ranking;

/// <summary>One ballot as a weak order of proposal indices.</summary>
/// <param name="Tiers">Best first; disjoint and not empty. Seen proposals in no tier are tied last.</param>
/// <param name="Approved">The approval set; null takes the default rule of <see cref="ApprovedOf"/>.</param>
/// <param name="Unseen">Proposals in no pair of this ballot (added later, or "no opinion"); null = all were seen.</param>
public sealed record Ballot(IReadOnlyList<int[]> Tiers, int[]? Approved = null, int[]? Unseen = null)
{
    /// <summary>
    /// The approval set of this ballot among so many active proposals: the given one, or the longest prefix of whole
    /// tiers with at most max(1, half of them) proposals; a first tier that is larger counts alone, unless it is all.
    /// </summary>
    public int[] ApprovedOf(int proposals)
    {
        if (Approved is not null) return Approved;
        if (Tiers.Count == 0) return [];

        var most = Math.Max(1, proposals / 2);
        var (tiers, length) = (0, 0);
        while (tiers < Tiers.Count && length + Tiers[tiers].Length <= most) length += Tiers[tiers++].Length;
        if (tiers == 0) return Tiers[0].Length < proposals ? Tiers[0] : [];

        var approved = new int[length];
        for (int tier = 0, at = 0; tier < tiers; at += Tiers[tier++].Length) Tiers[tier].CopyTo(approved, at);
        return approved;
    }

    /// <summary>
    /// This ballot without the withdrawn proposals; empty tiers collapse and indices stay as they are.
    /// Null when no tier is left: the ballot is exhausted and is not counted.
    /// </summary>
    public Ballot? Without(IReadOnlySet<int> withdrawn) => Renumbered(p => withdrawn.Contains(p) ? -1 : p);

    /// <summary>This ballot with every index replaced; -1 removes the proposal. Null when no tier is left.</summary>
    public Ballot? Renumbered(Func<int, int> index)
    {
        var tiers = Tiers.Select(Mapped).Where(tier => tier.Length > 0).ToArray();
        return tiers.Length == 0
            ? null
            : new(tiers, Approved is null ? null : Mapped(Approved), Unseen is null ? null : Mapped(Unseen));

        int[] Mapped(int[] old) => [.. old.Select(index).Where(p => p >= 0)];
    }
}
