namespace Discovery.Proposals.Reviews;

/// <summary>What the reviewers' marks say (features.md F8). Null marks: not everybody who was drawn has answered, so nothing is said.</summary>
/// <param name="Score">G, 0 to 16: the sum of the medians of four marks.</param>
/// <param name="IsRescue">Little novelty and little of one's own, but public support in three of the last five years: the mark is shown, answered, and deletes nothing.</param>
internal sealed record Growth(int Answers, int? Score, bool IsRescue)
{
    public const int Reviewers = 3, SupportedYears = 3;

    const double Little = 1;

    public static Growth Of(IReadOnlyCollection<Review> reviews, IReadOnlyCollection<int> supportYears)
    {
        var marked = reviews.Where(r => r.IsMarked).ToList();
        if (marked.Count < Reviewers) return new(marked.Count, null, false);
        double novelty = Median(r => r.Novelty), stake = Median(r => r.Stake);
        return new(marked.Count, (int)Math.Round(novelty + Median(r => r.Market) + stake + Median(r => r.SpillOver), MidpointRounding.AwayFromZero),
            novelty <= Little && stake <= Little && supportYears.Distinct().Count() >= SupportedYears);

        double Median(Func<Review, int?> mark)
        {
            var marks = marked.Select(r => mark(r)!.Value).Order().ToList();
            return (marks[(marks.Count - 1) / 2] + marks[marks.Count / 2]) / 2.0;
        }
    }
}
