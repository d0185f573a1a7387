using System.Numerics;

namespace Discovery.Ranking;

/// <summary>The capture indicator (ranking.md 2.6): what ranking and shortlist would be without each group in turn.</summary>
internal static class LeaveOneOut
{
    public static LeftOut[] Run(
        Tally tally, CountRules rules, GroupBalance balance, ApprovalCounts approvals, Margins margins, int[] tie, int[] consensus, bool[] exposed)
    {
        if (balance.Active.Length < 2) return [];

        // The other groups keep c_g: a smaller L would scale all of them alike and change no comparison.
        return [.. balance.Active.AsParallel().AsOrdered().Select(left =>
        {
            int[] order = [.. RankedPairs.Order(margins.Without(tally, left), tie).Select(i => margins.Members[i])];
            var c = balance.C.Select((weight, g) => g == left ? BigInteger.Zero : weight).ToArray();
            var total = balance.Total - balance.C[left] * tally.Units(left);
            var standings = Shortlist.Standings(tally, rules, approvals, c, total, exposed);
            var seats = Shortlist.Fill(tally, rules, approvals, c, order, standings);

            var shift = new int[tally.Proposals.Count];
            for (var i = 0; i < order.Length; i++)
            {
                shift[order[i]] += i;
                shift[consensus[i]] -= i;
            }

            return new LeftOut(left, order, shift, [.. seats.Select(s => s.Proposal)]);
        })];
    }
}
