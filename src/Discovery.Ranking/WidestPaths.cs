namespace Discovery.Ranking;

/// <summary>
/// Methods on the strength of the widest path of positive margins: Schulze (2011, "A new monotonic, clone-independent,
/// reversal symmetric, and Condorcet-consistent single-winner election method") and Split Cycle (Holliday and Pacuit 2023).
/// </summary>
internal static class WidestPaths
{
    /// <summary>Level of the widest path between every two members, by row; 0 where there is none (Floyd-Warshall).</summary>
    public static int[] Strengths(Margins margins)
    {
        var m = margins.Members.Length;
        var strength = new int[m * m];
        for (var i = 0; i < strength.Length; i++) strength[i] = Math.Max(0, margins.Level[i]);
        for (var via = 0; via < m; via++)
        {
            var onward = strength.AsSpan(via * m, m);
            for (var a = 0; a < m; a++)
            {
                var toVia = strength[a * m + via];
                if (a == via || toVia == 0) continue;
                var row = strength.AsSpan(a * m, m);
                for (var b = 0; b < row.Length; b++) row[b] = Math.Max(row[b], Math.Min(toVia, onward[b]));
            }
        }

        return strength;
    }

    /// <summary>Schulze: the unbeaten are the first class, then the unbeaten of the rest, and so on.</summary>
    public static int[][] SchulzeClasses(int[] strength, int m)
    {
        var classes = new List<int[]>();
        var left = Enumerable.Range(0, m).ToList();
        while (left.Count > 0)
        {
            var winners = left.Where(a => left.All(b => strength[b * m + a] <= strength[a * m + b] || a == b)).ToArray();
            classes.Add(winners);
            left = [.. left.Except(winners)];
        }

        return [.. classes];
    }

    /// <summary>Split Cycle: those that nobody beats by more than the widest way back.</summary>
    public static int[] SplitCycleUndefeated(Margins margins, int[] strength)
    {
        var m = margins.Members.Length;
        return [.. Enumerable.Range(0, m).Where(b => !Enumerable.Range(0, m).Any(a =>
            margins.Level[a * m + b] > 0 && margins.Level[a * m + b] > strength[b * m + a]))];
    }
}
