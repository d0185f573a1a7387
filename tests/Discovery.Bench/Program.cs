using Discovery.Bench;

// The same program plays all parts, each in a process of its own: the bench, the server under test, the load, the count.
return args switch
{
    ["serve", .. var rest] => await BallotServer.RunAsync(rest),
    ["load", .. var rest] => await Load.RunAsync(rest),
    ["count"] => RankingBench.Count(),
    ["weigh"] => RankingBench.Weigh(),
    ["seek"] => await SimilarBench.SeekAsync(),
    ["list", .. var rest] => await ProposalsBench.ServeAsync(rest),
    _ => await Bench.RunAsync(args),
};
