using System.Collections.Concurrent;
using System.Text.Json;
using Discovery.Aggregation.Counting;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Ranking;
using Discovery.Ranking.Ledger;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>A final count as pages read it.</summary>
/// <param name="ByNumber">The frozen list.</param>
internal sealed record FinalCount(Result Result, Tally Tally, IReadOnlyDictionary<int, ListedProposal> ByNumber, string ResultHash)
{
    readonly ConcurrentDictionary<int, IReadOnlyDictionary<int, Price>> prices = new();

    public SmallGroups Small { get; } = new(Result);

    /// <summary>What the place would have cost the voters of everybody who had none yet, when this place was given out.</summary>
    public IReadOnlyDictionary<int, Price> PricesAt(int place) => prices.GetOrAdd(place, p => Price.At(Result, Tally, p));

    /// <summary>Index of a listed number; null when it was withdrawn.</summary>
    public int? IndexOf(int number) =>
        Result.Proposals.ToList().IndexOf(number.ToString(System.Globalization.CultureInfo.InvariantCulture)) is var index and >= 0 ? index : null;

    public ListedProposal Of(int index) => ByNumber[int.Parse(Result.Proposals[index], System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>Place on the shortlist from 1, or null.</summary>
    public int? SeatOf(int index) => Result.Seats.Select((s, i) => (s.Proposal, Place: i + 1)).FirstOrDefault(s => s.Proposal == index && s.Place > 0) is { Place: > 0 } seat ? seat.Place : null;

    /// <summary>Rank in the consensus from 1, or null for who does not take part.</summary>
    public int? RankOf(int index) => Result.Consensus.ToList().IndexOf(index) is var rank and >= 0 ? rank + 1 : null;
}

/// <summary>
/// The final counts of rounds, counted again from what is stored and compared with the stored hash: a page never shows a result that its own bundle would not give.
/// They never change, so each is read once.
/// </summary>
internal sealed class FinalCounts
{
    readonly ConcurrentDictionary<Guid, FinalCount> known = new();

    public async ValueTask<FinalCount> OfAsync(RoundCopy round, Outcome outcome, AggregationDb db, CancellationToken ct)
    {
        if (known.TryGetValue(round.Id, out var final)) return final;
        var list = await db.Lists.AsNoTracking().SingleAsync(l => l.Round == round.Id, ct);
        var closing = await db.Closings.AsNoTracking().SingleAsync(c => c.Round == round.Id, ct);
        var counted = JsonSerializer.Deserialize<CountedBallots>(outcome.Counted, Wire.Json)!;
        var rules = new LedgerRules(round.Charter.Rules);
        var tally = Tally.FromPublished(counted.Proposals, counted.Groups, counted.Rows);
        var result = Count.Run(tally, rules.For(rules.Groups.Where(g => tally.Groups.Contains(g.Id)), tally.Proposals.Count, RoundCount.Seed(closing)));
        if (result.ResultHash() != outcome.ResultHash) throw new InvalidOperationException($"The stored count of round {round.Slug} gives another result than its hash.");
        return known[round.Id] = new(result, tally, JsonSerializer.Deserialize<List<ListedProposal>>(list.List, Wire.Json)!.ToDictionary(p => p.Number), outcome.ResultHash);
    }
}

/// <summary>Finds the outcome that the asker may see: everybody once it is published, officials and auditors of the region from the count on.</summary>
internal static class Outcomes
{
    public static bool MaySee(this Outcome outcome, RoundCopy round, CurrentUser user) =>
        outcome.PublishedAt is not null || user.Is(Roles.Official, round.Region.Slug) || user.Is(Roles.Auditor, round.Region.Slug);

    /// <exception cref="RuleBroken">404: there is nothing that this person may see.</exception>
    public static async Task<Outcome> GetOutcome(this AggregationDb db, RoundCopy round, CurrentUser user, CancellationToken ct) =>
        await db.Outcomes.AsNoTracking().SingleOrDefaultAsync(o => o.Round == round.Id, ct) is { } outcome && outcome.MaySee(round, user)
            ? outcome
            : throw new RuleBroken("results.none") { Status = 404 };
}
