namespace Discovery.Ranking;

/// <summary>The canonical form of a result: ids instead of indices.</summary>
internal static class ResultJson
{
    public static byte[] Of(Result r)
    {
        var ids = r.Proposals;
        return CanonicalJson.Bytes(new Dictionary<string, object?>
        {
            ["L"] = r.L,
            ["P"] = ByProposal(a => Pairs(a)),
            ["approval"] = ByProposal(p => r.Approval[p]),
            ["borda"] = ByProposal(p => r.Borda[p]),
            ["bridging"] = ByProposal(p => r.Bridging[p]),
            ["consensus"] = Ids(r.Consensus),
            ["copeland"] = ByProposal(p => r.Copeland[p]),
            ["excludedTwins"] = Ids(r.ExcludedTwins),
            ["groups"] = CanonicalJson.Map(r.Groups, g => g.Id, Group),
            ["minimax"] = Ids(r.Minimax),
            ["neighbours"] = r.Neighbours.Select(Neighbour),
            ["noData"] = r.NoData,
            ["overridden"] = r.Overridden.Select(o => new Dictionary<string, object?>
            {
                ["winner"] = ids[o.Winner],
                ["loser"] = ids[o.Loser],
                ["margin"] = o.Margin,
                ["path"] = Ids(o.Path),
            }),
            ["plain"] = new Dictionary<string, object?>
            {
                ["borda"] = Ids(r.Plain.Borda),
                ["rankedPairs"] = Ids(r.Plain.RankedPairs),
            },
            ["schulze"] = r.SchulzeClasses.Select(Ids),
            ["seats"] = r.Seats.Select(Seat),
            ["splitCycle"] = Ids(r.SplitCycleUndefeated),
            ["standings"] = ByProposal(p => r.Standings[p].ToString()),
            ["tieDecided"] = r.TieDecided,
            ["tieOrder"] = Ids(r.TieOrder),
            ["total"] = r.Total,
            ["underExposed"] = Ids(r.UnderExposed),
            ["withoutGroup"] = CanonicalJson.Map(r.WithoutGroup, w => r.Groups[w.Group].Id, w => new Dictionary<string, object?>
            {
                ["consensus"] = Ids(w.Consensus),
                ["seats"] = Ids(w.Seats),
            }),
            ["worstDefeat"] = ByProposal(p => r.WorstDefeat[p]),
        });

        IEnumerable<string> Ids(IEnumerable<int> list) => list.Select(p => ids[p]);

        Dictionary<string, object?> ByProposal(Func<int, object?> value) =>
            CanonicalJson.Map(Enumerable.Range(0, ids.Count), p => ids[p], value);

        Dictionary<string, object?> Pairs(int a) =>
            CanonicalJson.Map(Enumerable.Range(0, ids.Count).Where(b => b != a), b => ids[b], b => r.P[a][b]);

        Dictionary<string, object?> Group(GroupResult g) => new()
        {
            ["approval"] = ByProposal(p => g.Approval[p]),
            ["approvalBallots"] = ByProposal(p => g.ApprovalBallots[p]),
            ["ballots"] = g.Ballots,
            ["c"] = g.C,
            ["damping"] = g.Damping,
            ["units"] = g.Units,
            ["weight"] = g.Weight,
        };

        Dictionary<string, object?> Neighbour(Neighbours n) => new()
        {
            ["above"] = ids[n.Above],
            ["below"] = ids[n.Below],
            ["flipBallots"] = n.FlipBallots,
            ["flipGroup"] = n.FlipGroup is { } g ? r.Groups[g].Id : null,
            ["margin"] = n.Margin,
        };

        Dictionary<string, object?> Seat(Seat s) => new()
        {
            ["forced"] = s.Forced,
            ["load"] = s.Load,
            ["narrow"] = s.Narrow,
            ["paid"] = CanonicalJson.Map(Enumerable.Range(0, s.Paid.Count), g => r.Groups[g].Id, g => s.Paid[g]),
            ["proposal"] = ids[s.Proposal],
            ["tied"] = Ids(s.Tied),
        };
    }
}
