using System.Text;
using System.Text.Json;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Aggregation;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Ranking;

namespace Discovery.Aggregation.Results;

/// <summary>The one final count of a round, and what officials have done about it. Officials cannot change it: they can only publish it, two of them.</summary>
internal sealed class Outcome
{
    public required Guid Round { get; init; }

    /// <summary>Canonical JSON of the result (ranking.md 2.6).</summary>
    public required string Result { get; init; }

    /// <summary>SHA-256 of the UTF-8 bytes of <see cref="Result"/>.</summary>
    public required string ResultHash { get; init; }

    /// <summary>What was counted, enough to count it again: matrices N_g and approval rows, as JSON of <see cref="CountedBallots"/>.</summary>
    public required string Counted { get; init; }

    public required DateTimeOffset CountedAt { get; init; }
    public Guid? AskedBy { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }
    public Guid? PublishedBy { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public int Version { get; private set; }

    public static Outcome Of(Guid round, Tally tally, Result result, DateTimeOffset now) => new()
    {
        Round = round,
        Result = Encoding.UTF8.GetString(result.CanonicalJson()),
        ResultHash = result.ResultHash(),
        Counted = JsonSerializer.Serialize(CountedBallots.Of(tally), Wire.Json),
        CountedAt = now,
    };

    /// <summary>The first official asks, a second one confirms; then it is published.</summary>
    /// <returns>Whether it is published now.</returns>
    public bool Ask(Guid official, DateTimeOffset now)
    {
        if (PublishedAt is not null) throw new RuleBroken("results.published");
        if (AskedBy == official) throw new RuleBroken("results.sameofficial");
        Version++;
        if (AskedBy is null)
        {
            (AskedBy, AskedAt) = (official, now);
            return false;
        }
        PublishedBy = official;
        return true;
    }

    public void Publish(AggregationDb db, Result result, DateTimeOffset now)
    {
        PublishedAt = now;
        db.Announce(new ShortlistPublished(Round, 2, now, ResultHash, Result, Numbers(result.Seats.Select(s => s.Proposal), result), Numbers(result.Consensus, result)));
    }

    public IReadOnlyList<int> Numbers(IEnumerable<int> indices, Result result) =>
        [.. indices.Select(i => int.Parse(result.Proposals[i], System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>What people may see while voting runs, if the charter lets them; auditors always.</summary>
internal sealed class LiveStanding
{
    public required Guid Round { get; init; }
    public long Sequence { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Result { get; private set; } = "";

    /// <summary>What people see: it moves only when every group has gained none or at least 10 ballots since it last did.</summary>
    public string? PublicResult { get; private set; }

    public long PublicSequence { get; private set; }
    public DateTimeOffset PublicAt { get; private set; }

    /// <summary>Ballots by group at the last public step, joined by commas.</summary>
    public string PublicBallots { get; private set; } = "";

    public void Show(long sequence, DateTimeOffset now, string result, IReadOnlyList<int> ballots)
    {
        (Sequence, At, Result) = (sequence, now, result);
        var shown = PublicBallots.Length == 0 ? [.. ballots.Select(_ => 0)] : PublicBallots.Split(',').Select(int.Parse).ToList();
        var steps = ballots.Zip(shown, (current, was) => Math.Abs(current - was)).ToList();
        if (steps.Any(s => s is > 0 and < 10) || steps.All(s => s == 0)) return;
        (PublicResult, PublicSequence, PublicAt, PublicBallots) = (result, sequence, now, string.Join(',', ballots));
    }
}

/// <summary>The published material of a count (rules 3): matrices of each group, and approval sets with their units.</summary>
internal sealed record CountedBallots(IReadOnlyList<string> Proposals, IReadOnlyList<GroupMatrix> Groups, IReadOnlyList<ApprovalRow> Rows)
{
    public static CountedBallots Of(Tally tally) => new(tally.Proposals, [.. Enumerable.Range(0, tally.Groups.Count).Select(tally.Matrix)], tally.ApprovalRows());
}
