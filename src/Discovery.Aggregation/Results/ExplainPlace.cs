using System.Numerics;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using MediatR;

namespace Discovery.Aggregation.Results;

/// <summary>Why a proposal stands where it stands (ranking.md 2.6): every number follows from the published matrices.</summary>
internal static class ExplainPlace
{
    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    /// <param name="Index">Null when the proposal was withdrawn before the seal.</param>
    /// <param name="Place">Place on the shortlist.</param>
    /// <param name="Rank">Place in the consensus ranking.</param>
    public sealed record View(RoundCopy Round, FinalCount Final, bool IsPublished, ListedProposal Proposal, int? Index, int? Place, int? Rank, IReadOnlyList<Method> Methods, IReadOnlyList<Duel> Duels)
    {
        public Duel? Above => Rank is > 1 ? Duels[Rank.Value - 2] : null;

        // Duels leave the proposal itself out, so the next one stands where it would stand.
        public Duel? Below => Rank is { } rank && rank <= Duels.Count ? Duels[rank - 1] : null;

        /// <summary>All ways to count with the same weights put it at most one place away.</summary>
        public bool Agree => Methods.Where(m => m.Name != "plain").All(m => m.From - 1 <= Rank && Rank <= m.To + 1);
    }

    /// <summary>Where another way to count puts it; a span where several share the place.</summary>
    public sealed record Method(string Name, int From, int To);

    /// <summary>The proposal against another one, as it sees it.</summary>
    /// <param name="For">Weight of ballots that place it above.</param>
    /// <param name="Splits">c_g (N_g[a,b] - N_g[b,a]), by group.</param>
    /// <param name="IsAbove">It stands above the other in the consensus.</param>
    /// <param name="Path">Where the direct majority was overridden: the stronger pairs, from the upper to the lower of the two.</param>
    /// <param name="Flip">Only between neighbours: how many ballots of which group would turn the pair.</param>
    public sealed record Duel(int Other, int Rank, BigInteger For, BigInteger Against, IReadOnlyList<BigInteger> Splits, bool IsAbove, IReadOnlyList<int>? Path, (BigInteger Ballots, int Group)? Flip)
    {
        public BigInteger Margin => For - Against;
    }

    public sealed class Handler(AggregationDb db, FinalCounts counts) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var outcome = await db.GetOutcome(round, query.User, ct);
            var final = await counts.OfAsync(round, outcome, db, ct);
            if (!final.ByNumber.TryGetValue(query.Number, out var proposal)) throw new RuleBroken("results.unknown") { Status = 404 };
            var index = final.IndexOf(query.Number);
            var rank = index is { } i ? final.RankOf(i) : null;
            return new(round, final, outcome.PublishedAt is not null, proposal, index, index is { } p ? final.SeatOf(p) : null, rank,
                rank is null ? [] : Methods(final.Result, index!.Value), rank is null ? [] : Duels(final, index!.Value));
        }
    }

    static Method[] Methods(Result result, int p)
    {
        var before = result.SchulzeClasses.TakeWhile(c => !c.Contains(p)).Sum(c => c.Count);
        var plain = result.Plain.Borda.ToList().IndexOf(p) + 1;
        return
        [
            new("schulze", before + 1, before + result.SchulzeClasses.First(c => c.Contains(p)).Count),
            By("copeland", q => result.Copeland[q]!.Value),
            By("borda", q => result.Borda[q]!.Value),
            By("approval", q => result.Approval[q]),
            new("plain", plain, plain),
        ];

        Method By(string name, Func<int, BigInteger> score) =>
            new(name, result.Consensus.Count(q => score(q) > score(p)) + 1, result.Consensus.Count(q => score(q) >= score(p)));
    }

    static Duel[] Duels(FinalCount final, int p)
    {
        var (result, tally) = (final.Result, final.Tally);
        var rank = final.RankOf(p)!.Value;
        return [.. result.Consensus.Select((q, i) => (q, Rank: i + 1)).Where(o => o.q != p).Select(o =>
        {
            var (upper, lower) = o.Rank > rank ? (p, o.q) : (o.q, p);
            var overridden = result.Overridden.FirstOrDefault(x => x.Winner == lower && x.Loser == upper);
            var near = result.Neighbours.FirstOrDefault(n => n.Above == upper && n.Below == lower);
            return new Duel(o.q, o.Rank, result.P[p][o.q], result.P[o.q][p],
                [.. result.Groups.Select((g, at) => g.C * (tally.N(at, p, o.q) - tally.N(at, o.q, p)))],
                o.Rank > rank, overridden?.Path, near?.FlipBallots is { } ballots ? (ballots, near.FlipGroup!.Value) : null);
        })];
    }
}
