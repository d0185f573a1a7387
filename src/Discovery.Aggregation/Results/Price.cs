using System.Numerics;
using Discovery.Ranking;

namespace Discovery.Aggregation.Results;

/// <summary>What a place would cost the voters of a proposal at one step (ranking.md 2.4), recounted from the approval rows: the reason why it took the place, or did not.</summary>
/// <param name="Cost">s(p): the lowest takes the place.</param>
/// <param name="Own">How many proposals of theirs its voters had on the list by then, on the average of their weight.</param>
internal sealed record Price(Fraction Cost, Fraction Own)
{
    /// <param name="place">From 1.</param>
    public static IReadOnlyDictionary<int, Price> At(Result result, Tally tally, int place)
    {
        var seatOf = result.Seats.Select((s, i) => (s.Proposal, i)).ToDictionary(s => s.Proposal, s => s.i);
        bool Seated(int p) => seatOf.TryGetValue(p, out var seat) && seat < place - 1;
        var sums = result.Consensus.Where(p => !Seated(p) && !result.Approval[p].IsZero).ToDictionary(p => p, _ => (Own: BigInteger.Zero, ByLast: new BigInteger[place]));
        foreach (var row in tally.ApprovalRows())
        {
            var weight = result.Groups[row.Group].C * row.Units * row.Ballots;
            if (weight.IsZero) continue;
            var earlier = row.Proposals.Where(Seated).Select(p => seatOf[p] + 1).ToList();
            var last = earlier.Count == 0 ? 0 : earlier.Max();
            foreach (var p in row.Proposals)
            {
                if (!sums.TryGetValue(p, out var sum)) continue;
                sum.ByLast[last] += weight;
                sums[p] = (sum.Own + weight * earlier.Count, sum.ByLast);
            }
        }
        return sums.ToDictionary(s => s.Key, s =>
        {
            // A ballot's load is the load of the last place it paid for.
            var paid = Enumerable.Range(1, place - 1).Aggregate((Fraction)1, (load, last) => load + new Fraction(s.Value.ByLast[last], 1) * result.Seats[last - 1].Load);
            return new Price(paid / new Fraction(result.Approval[s.Key], 1), new Fraction(s.Value.Own, result.Approval[s.Key]));
        });
    }
}
