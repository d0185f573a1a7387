namespace Discovery.Ranking;

/// <summary>What is published of a tally, and a tally from what is published.</summary>
public sealed partial class Tally
{
    /// <summary>The approval multiset, sorted by the rows' own bytes.</summary>
    public IReadOnlyList<ApprovalRow> ApprovalRows()
    {
        var rows = new List<ApprovalRow>();
        foreach (ref readonly var e in _approvals.Entries)
            if (e.Ballots > 0) rows.Add(new(e.Group, Array.ConvertAll(_approvals.Set(e).ToArray(), p => (int)p), e.Units, e.Ballots));
        rows.Sort(ApprovalRow.Compare);
        return rows;
    }

    /// <summary>A tally from what is published: matrices, counts and approval rows (the rows may be incomplete).</summary>
    public static Tally FromPublished(IReadOnlyList<string> proposals, IReadOnlyList<GroupMatrix> matrices, IEnumerable<ApprovalRow> rows)
    {
        var tally = new Tally(proposals, [.. matrices.Select(x => x.Group)]);
        var m = proposals.Count;
        for (var g = 0; g < matrices.Count; g++)
        {
            var published = matrices[g];
            (tally._ballots[g], tally._units[g]) = (published.Ballots, published.Units);
            for (var a = 0; a < m; a++)
            {
                tally._unseen[g][a] = published.Units - published.Seen[a];
                for (var b = 0; b < m; b++) tally._notAbove[g][a * m + b] = -published.Above[a][b];
            }
        }

        foreach (var row in rows)
            tally._approvals.Add(row.Group, Array.ConvertAll(row.Proposals, p => checked((ushort)p)), row.Units, row.Ballots);
        return tally;
    }

    /// <summary>The matrix and counts of one group as they are published.</summary>
    public GroupMatrix Matrix(int group)
    {
        var all = Enumerable.Range(0, Proposals.Count).ToArray();
        return new(Groups[group], Ballots(group), Units(group),
            [.. all.Select(p => Seen(group, p))],
            [.. all.Select(a => all.Select(b => N(group, a, b)).ToArray())]);
    }
}

/// <summary>One group of the public bundle. Arrays are indexed by proposal.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="Ballots">Counted ballots.</param>
/// <param name="Units">n_g.</param>
/// <param name="Seen">Units of ballots whose voters saw the proposal.</param>
/// <param name="Above">N_g, as rows: units that place the row's proposal strictly above the column's.</param>
public sealed record GroupMatrix(string Group, long Ballots, long Units, long[] Seen, long[][] Above);
