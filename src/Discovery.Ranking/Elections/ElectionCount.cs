namespace Discovery.Ranking;

/// <summary>How a file is counted.</summary>
public sealed record ElectionCountOptions
{
    public Grouping Groups { get; init; }

    /// <summary>q of every group, in ballots; null = the default rule.</summary>
    public long? Damping { get; init; }

    /// <summary>Places on the shortlist.</summary>
    public int K { get; init; } = 10;

    /// <summary>Rank proposals that few have seen, too.</summary>
    public bool NoExposure { get; init; }

    /// <summary>Ties go to the proposal that the file lists first, not by the seed.</summary>
    public bool TiesListed { get; init; }

    public string Seed { get; init; } = "";
}

/// <summary>Counts an election file: every ballot has one unit, every group weight 1.</summary>
public static class ElectionCount
{
    /// <summary>JSON {"ballots", "groups": {name: ballots}, "consensus": [ids], "shortlist": [ids]} with the file's own ids.</summary>
    public static string Run(ElectionFile file, ElectionCountOptions options)
    {
        var result = Result(file, options);
        return System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(new Dictionary<string, object?>
        {
            ["ballots"] = result.Groups.Sum(g => g.Ballots),
            ["groups"] = CanonicalJson.Map(result.Groups, g => g.Id, g => g.Ballots),
            ["consensus"] = result.Consensus.Select(p => result.Proposals[p]),
            ["shortlist"] = result.Seats.Select(s => result.Proposals[s.Proposal]),
        }));
    }

    /// <summary>The whole result behind <see cref="Run"/>.</summary>
    public static Result Result(ElectionFile file, ElectionCountOptions options)
    {
        var tally = Tally(file, options.Groups);
        return Count.Run(tally, new CountRules([.. tally.Groups.Select(g => new Group(g, 1, options.Damping))], options.K, options.Seed)
        {
            Exposure = !options.NoExposure,
            OrdinaryUnits = 1,
            TieOrder = options.TiesListed ? [.. Enumerable.Range(0, file.Proposals.Count)] : null,
        });
    }

    /// <summary>The tally of a file; votes that name nothing are exhausted and not counted.</summary>
    public static Tally Tally(ElectionFile file, Grouping by)
    {
        var counted = file.Votes.Where(v => v.Tiers.Count > 0).ToArray();
        string[] groups = [.. counted.Select(v => VoterGroups.Of(v, by)).Distinct().Order(StringComparer.Ordinal)];
        var index = groups.Select((g, i) => (g, i)).ToDictionary(x => x.g, x => x.i, StringComparer.Ordinal);
        var tally = new Tally([.. file.Proposals.Select(p => p.Id)], groups);
        foreach (var vote in counted)
            tally.Add(index[VoterGroups.Of(vote, by)], 1, BallotOf(file.Kind, vote), vote.Count);
        return tally;
    }

    /// <summary>What a vote of a file says as a ballot: points and scores by value, a set as one tier with all of it approved.</summary>
    public static Ballot BallotOf(VoteKind kind, ElectionVote vote) => kind switch
    {
        VoteKind.Ordinal => new(vote.Tiers),
        VoteKind.Scoring => new(vote.Tiers, [.. vote.Values!.Where(v => v.Value >= 6).Select(v => v.Proposal)]),
        _ => new(vote.Tiers, [.. vote.Tiers.SelectMany(tier => tier)]),
    };
}
