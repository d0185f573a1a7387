using System.Text.RegularExpressions;

namespace Discovery.Ranking.Tests;

/// <summary>The test instances of abcvoting (Lackner, Regner, Krenn 2023).</summary>
public sealed partial class PhragmenTests
{
    [Fact]
    public void Every_committee_is_one_that_abcvoting_admits()
    {
        var files = Shared.Names("abc-instances", ".yaml").Select(f => Shared.DataFile("abc-instances", f)).ToArray();
        var checks = 0;
        Assert.All(files, path =>
        {
            var yaml = File.ReadAllText(path);
            var profile = Lists(Line(yaml, "profile"));
            var (m, k) = (int.Parse(Line(yaml, "num_cand"), null), int.Parse(Line(yaml, "committeesize"), null));
            var tally = new Tally([.. Enumerable.Range(0, m).Select(p => $"c{p}")], ["all"]);
            foreach (var set in profile.Where(s => s.Length > 0)) tally.Add(0, 1, BallotKinds.FromApproval(m, set));
            var seats = Count.Run(tally, new CountRules([new("all", 1, 1)], k, "")
            {
                Theta = 0,
                Beta = 0,
                ForceTop = false,
                OrdinaryUnits = 1,
                TieOrder = [.. Enumerable.Range(0, m)],
            }).Seats.Select(s => s.Proposal).Order().ToArray();

            foreach (Match rule in SequentialPhragmen().Matches(yaml))
            {
                // Where nobody is left to approve of, abcvoting fills up with any others and this count does not pad.
                Assert.Contains(Lists(rule.Groups[1].Value), committee => seats.All(committee.Contains)
                    && committee.Except(seats).All(p => !profile.Any(set => set.Contains(p))));
                checks++;
            }
        });
        Assert.True(checks >= 2 * files.Length - 1, $"{checks} results in {files.Length} files");
    }

    // A value runs until the next key: long lists are wrapped.
    private static string Line(string yaml, string key) => Regex.Match(yaml, $@"(?ms)^{key}: (.*?)^\w").Groups[1].Value.Trim();

    private static int[][] Lists(string text) =>
        [.. Inner().Matches(text[1..^1]).Select(x => x.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.Parse(n, null)).ToArray())];

    [GeneratedRegex(@"rule_id: seqphragmen\s+result: (\[\[.*?\]\])", RegexOptions.Singleline)]
    private static partial Regex SequentialPhragmen();

    [GeneratedRegex(@"\[([\d,\s]*)\]")]
    private static partial Regex Inner();
}
