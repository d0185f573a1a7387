using System.Numerics;

namespace Discovery.Ranking;

/// <summary>The count: group-balanced Ranked Pairs and a proportional shortlist, as ranking.md 2 defines them.</summary>
public static class Count
{
    /// <summary>The result for these ballots; the same for any order of ballots and on any machine.</summary>
    /// <exception cref="ArgumentException">The rules name other groups than the tally, or an incomplete tie order.</exception>
    public static Result Run(Tally tally, CountRules rules)
    {
        var m = tally.Proposals.Count;
        var balance = new GroupBalance(tally, rules);
        var approvals = new ApprovalCounts(tally);
        var tie = TieOrder.Of(tally.Proposals, rules);
        var exposed = Exposed(tally, rules, balance);
        var members = Enumerable.Range(0, m).Where(p => exposed[p]).ToArray();

        var margins = Margins.Sum(tally, members, balance.C);
        var rank = TieRanks(members, tie);
        var overridden = new List<RankedPairs.Overridden>();
        var order = RankedPairs.Order(margins, rank, overridden);
        int[] consensus = [.. order.Select(i => members[i])];

        var strength = WidestPaths.Strengths(margins);
        var standings = Shortlist.Standings(tally, rules, approvals, balance.C, balance.Total, exposed);
        var columns = new Companions(margins, rank, m);
        var neighbours = NeighbourPairs(margins, order, balance, rules);
        var reversed = RankedPairs.Order(margins, [.. rank.Select(r => rank.Length - 1 - r)]);

        return new Result
        {
            Proposals = tally.Proposals,
            Groups = [.. rules.Groups.Select((g, i) => new GroupResult(g.Id, g.Weight, balance.Damping[i],
                tally.Ballots(i), tally.Units(i), balance.C[i], approvals.Units[i], approvals.Ballots[i]))],
            L = balance.L,
            Total = balance.Total,
            P = Supports(tally, balance),
            TieOrder = tie,
            UnderExposed = [.. Enumerable.Range(0, m).Where(p => !exposed[p])],
            Consensus = consensus,
            Overridden = [.. overridden.Select(o => new OverriddenPair(members[o.Winner], members[o.Loser],
                margins.Of(o.Winner, o.Loser), [.. o.Path.Select(i => members[i])]))],
            Neighbours = neighbours,
            SchulzeClasses = [.. WidestPaths.SchulzeClasses(strength, members.Length).Select(c => c.Select(i => members[i]).ToArray())],
            Copeland = columns.Copeland,
            Borda = columns.Borda,
            WorstDefeat = columns.WorstDefeat,
            Minimax = columns.Minimax,
            SplitCycleUndefeated = [.. WidestPaths.SplitCycleUndefeated(margins, strength).Select(i => members[i])],
            Approval = approvals.Balanced(balance.C),
            Bridging = [.. Enumerable.Range(0, m).Select(p => Bridge(balance, approvals.Ballots, tally.Ballots, p))],
            BridgingUnits = [.. Enumerable.Range(0, m).Select(p => Bridge(balance, approvals.Units, tally.Units, p))],
            Standings = standings,
            Seats = Shortlist.Fill(tally, rules, approvals, balance.C, consensus, standings),
            WithoutGroup = LeaveOneOut.Run(tally, rules, balance, approvals, margins, rank, consensus, exposed),
            Plain = Plain(tally, members, rank),
            TieDecided = neighbours.Any(n => n.Tied) || !reversed.SequenceEqual(order),
            NoData = balance.Total.IsZero,
        };
    }

    /// <summary>
    /// A recount from what is published. The shortlist can be trusted only when the approval rows are complete.
    /// </summary>
    public static Result FromMatrices(
        IReadOnlyList<string> proposals, IReadOnlyList<GroupMatrix> matrices, IEnumerable<ApprovalRow> rows, CountRules rules) =>
        Run(Tally.FromPublished(proposals, matrices, rows), rules);

    internal static bool[] Exposed(Tally tally, CountRules rules, GroupBalance balance) =>
        [.. Enumerable.Range(0, tally.Proposals.Count).Select(p =>
        {
            if (!rules.Exposure) return true;
            BigInteger seen = 0;
            foreach (var g in balance.Active) seen += balance.C[g] * tally.Seen(g, p);
            return 2 * seen >= balance.Total;
        })];

    /// <summary>Position of each member in the tie order among members.</summary>
    internal static int[] TieRanks(int[] members, int[] tie)
    {
        var rank = new int[members.Length];
        var next = 0;
        foreach (var p in tie)
        {
            var at = Array.BinarySearch(members, p);
            if (at >= 0) rank[at] = next++;
        }

        return rank;
    }

    private static BigInteger[][] Supports(Tally tally, GroupBalance balance)
    {
        var m = tally.Proposals.Count;
        if (balance.Total < BigInteger.One << 126)
        {
            var c = Array.ConvertAll(balance.C, x => (Int128)x);
            return Rows((a, b) =>
            {
                Int128 sum = 0;
                foreach (var g in balance.Active) sum += c[g] * tally.N(g, a, b);
                return sum;
            });
        }

        return Rows((a, b) =>
        {
            BigInteger sum = 0;
            foreach (var g in balance.Active) sum += balance.C[g] * tally.N(g, a, b);
            return sum;
        });

        BigInteger[][] Rows(Func<int, int, BigInteger> cell) =>
            [.. Enumerable.Range(0, m).Select(a => Enumerable.Range(0, m).Select(b => cell(a, b)).ToArray())];
    }

    private static Neighbours[] NeighbourPairs(Margins margins, int[] order, GroupBalance balance, CountRules rules) =>
        [.. order.Skip(1).Select((below, i) =>
        {
            var (above, d) = (order[i], margins.Of(order[i], below));
            var flips = d.Sign <= 0 ? [] : balance.Active
                .Select(g => (Ballots: d / (2 * balance.C[g] * rules.OrdinaryUnits) + 1, Group: g)).ToArray();
            var (members, least) = (margins.Members, flips.Length == 0 ? default : flips.Min());
            return new Neighbours(members[above], members[below], d,
                flips.Length == 0 ? null : least.Ballots, flips.Length == 0 ? null : least.Group);
        })];

    private static Fraction Bridge(GroupBalance balance, long[][] approving, Func<int, long> counted, int p)
    {
        var (numerator, denominator) = (BigInteger.One, BigInteger.One);
        foreach (var g in balance.Active)
        {
            numerator *= approving[g][p] + 1;
            denominator *= counted(g) + 2;
        }

        return new(numerator, denominator);
    }

    private static PlainCount Plain(Tally tally, int[] members, int[] rank)
    {
        var margins = Margins.Sum(tally, members, [.. tally.Groups.Select(_ => BigInteger.One)]);
        var borda = new Companions(margins, rank, tally.Proposals.Count).Borda;
        return new(
            [.. Enumerable.Range(0, members.Length).OrderByDescending(i => borda[members[i]]).ThenBy(i => rank[i]).Select(i => members[i])],
            [.. RankedPairs.Order(margins, rank).Select(i => members[i])]);
    }
}
