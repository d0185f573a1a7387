using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Discovery.Ranking;

/// <summary>How a proposal fared over the draws.</summary>
/// <param name="Proposal">Index of the proposal.</param>
/// <param name="Low">5th percentile of its rank by nearest rank (the 10th of 200 sorted ranks), ranks from 1.</param>
/// <param name="High">95th percentile (the 191st of 200).</param>
/// <param name="Shortlisted">Share of draws in which it is on the shortlist; null when shortlists were not drawn.</param>
public sealed record StabilityInterval(int Proposal, int Low, int High, Fraction? Shortlisted);

/// <summary>
/// Sensitivity of the result (ranking.md 2.6, rules 12): a bucketed bootstrap of the ballots (Efron 1979), and draws of the
/// group weights. Reproducible: draw t has its own SplitMix64 stream, started with the first 8 bytes (big endian) of
/// SHA-256(seed, label, uint32be(t)). The result does not depend on the number of threads.
/// </summary>
public static class Stability
{
    /// <summary>At most so many buckets in a group.</summary>
    public const int Buckets = 32;

    /// <summary>
    /// Draws, for each group in turn, as many of its buckets as it has, with replacement, and counts again.
    /// </summary>
    /// <param name="buckets">Tallies of the buckets: tally j holds the ballots of every group whose index in that group's
    /// order is j modulo min(32, ballots of the group).</param>
    /// <param name="counted">The tally of all ballots: decides which proposals take part.</param>
    /// <param name="rules">As in the count.</param>
    /// <param name="shortlist">Whether to draw shortlists, too, which takes far longer.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="cancel">Stops between draws.</param>
    public static IReadOnlyList<StabilityInterval> Bootstrap(
        IReadOnlyList<Tally> buckets, Tally counted, CountRules rules, bool shortlist = false, int draws = 200, CancellationToken cancel = default)
    {
        var sizes = Enumerable.Range(0, counted.Groups.Count).Select(g => (int)Math.Min(Buckets, counted.Ballots(g))).ToArray();
        if (buckets.Count < sizes.DefaultIfEmpty().Max()) throw new ArgumentException("A group has more buckets than there are.", nameof(buckets));
        return Draw(counted, rules, draws, shortlist, t =>
        {
            var random = Stream(rules.Seed, "boot", t);
            var sum = new Tally(counted.Proposals, counted.Groups);
            for (var g = 0; g < sizes.Length; g++)
            {
                var times = new int[sizes[g]];
                for (var i = 0; i < times.Length; i++) times[random.Next(times.Length)]++;
                for (var j = 0; j < times.Length; j++)
                    if (times[j] > 0) sum.Merge(buckets[j], g, times[j], shortlist);
            }

            return (sum, rules);
        }, cancel);
    }

    /// <summary>Multiplies every group weight by 1/2, 1 or 2 and counts again; shown apart, decides nothing.</summary>
    public static IReadOnlyList<StabilityInterval> Weights(
        Tally counted, CountRules rules, bool shortlist = false, int draws = 200, CancellationToken cancel = default)
    {
        // Damping is fixed first, so that a draw changes weights and nothing else; all weights are doubled to stay whole.
        var damping = new GroupBalance(counted, rules).Damping;
        return Draw(counted, rules, draws, shortlist, t =>
        {
            var random = Stream(rules.Seed, "weight", t);
            var groups = rules.Groups.Select((g, i) => g with { Weight = checked(g.Weight << random.Next(3)), Damping = damping[i] }).ToArray();
            return (counted, rules with { Groups = groups });
        }, cancel);
    }

    internal static SplitMix64 Stream(string seed, string label, int draw)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(seed) + label.Length + 4];
        Encoding.UTF8.GetBytes(seed + label, bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), (uint)draw);
        return new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(bytes)));
    }

    private static StabilityInterval[] Draw(
        Tally counted, CountRules rules, int draws, bool shortlist, Func<int, (Tally, CountRules)> draw, CancellationToken cancel)
    {
        var exposed = Count.Exposed(counted, rules, new GroupBalance(counted, rules));
        var members = Enumerable.Range(0, exposed.Length).Where(p => exposed[p]).ToArray();
        var tie = Count.TieRanks(members, TieOrder.Of(counted.Proposals, rules));
        var (ranks, seated) = (new int[members.Length, draws], new bool[counted.Proposals.Count, draws]);
        Parallel.For(0, draws, new() { CancellationToken = cancel }, t =>
        {
            var (tally, drawn) = draw(t);
            var balance = new GroupBalance(tally, drawn);
            var order = RankedPairs.Order(Margins.Sum(tally, members, balance.C), tie);
            for (var i = 0; i < order.Length; i++) ranks[order[i], t] = i + 1;
            if (!shortlist) return;
            int[] consensus = [.. order.Select(i => members[i])];
            var approvals = new ApprovalCounts(tally);
            var standings = Shortlist.Standings(tally, drawn, approvals, balance.C, balance.Total, exposed);
            foreach (var seat in Shortlist.Fill(tally, drawn, approvals, balance.C, consensus, standings)) seated[seat.Proposal, t] = true;
        });

        return [.. members.Select((p, i) =>
        {
            var sorted = Enumerable.Range(0, draws).Select(t => ranks[i, t]).Order().ToArray();
            var share = new Fraction(Enumerable.Range(0, draws).Count(t => seated[p, t]), draws);
            return new StabilityInterval(p, sorted[(draws + 19) / 20 - 1], sorted[draws - (draws + 19) / 20], shortlist ? share : null);
        })];
    }
}
