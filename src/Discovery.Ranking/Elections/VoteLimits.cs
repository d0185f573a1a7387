namespace Discovery.Ranking;

/// <summary>What META of a Pabulib file allows on a ballot.</summary>
internal readonly record struct VoteLimits(VoteKind Kind, int? MinLength, int? MaxLength, int? MinSum, int? MaxSum)
{
    public static VoteLimits Of(List<KeyValuePair<string, string>> meta, NumberedLines lines)
    {
        var type = meta.FirstOrDefault(pair => pair.Key == "vote_type").Value ?? throw lines.Error("META has no 'vote_type'");
        VoteKind kind = type switch
        {
            "ordinal" => VoteKind.Ordinal,
            "approval" or "choose-1" => VoteKind.Approval,
            "cumulative" => VoteKind.Cumulative,
            "scoring" => VoteKind.Scoring,
            _ => throw lines.Error($"unknown vote_type '{type}'"),
        };
        return new(kind, Limit("min_length"), Limit("max_length") ?? (type == "choose-1" ? 1 : null), Limit("min_sum_points"), Limit("max_sum_points"));

        int? Limit(string key) =>
            meta.FirstOrDefault(pair => pair.Key == key).Value is { Length: > 0 } text ? lines.Count(text, key) : null;
    }

    /// <summary>Why a ballot breaks them, or null.</summary>
    public string? Broken(int length, (int Proposal, int Value)[]? values)
    {
        if (length > MaxLength) return $"{length} projects on the ballot, max_length is {MaxLength}";
        if (length < MinLength) return $"{length} projects on the ballot, min_length is {MinLength}";
        if (values is null) return null;
        var sum = values.Sum(v => (long)v.Value);
        if (sum > MaxSum) return $"{sum} points on the ballot, max_sum_points is {MaxSum}";
        return sum < MinSum ? $"{sum} points on the ballot, min_sum_points is {MinSum}" : null;
    }
}
