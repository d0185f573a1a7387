using System.Globalization;

namespace Discovery.Ranking;

internal static partial class Pabulib
{
    public static void Write(ElectionFile file, TextWriter text)
    {
        var type = file["vote_type"] ?? file.Kind.ToString().ToLowerInvariant();
        Line("META");
        Line("key", "value");
        foreach (var (key, value) in file.Meta.Where(pair => pair.Key != "vote_type")) Line(key, value);
        Line("num_projects", Invariant(file.Proposals.Count));
        Line("num_votes", Invariant(file.Votes.Sum(v => v.Count)));
        Line("vote_type", type);

        var columns = file.Proposals.SelectMany(p => p.Columns.Keys).Where(c => c != "cost").Distinct().ToArray();
        Line("PROJECTS");
        Line(["project_id", "cost", "name", .. columns]);
        foreach (var p in file.Proposals) Line([p.Id, Value(p.Columns, "cost", "0"), p.Name, .. columns.Select(c => Value(p.Columns, c))]);

        var points = file.Kind is VoteKind.Cumulative or VoteKind.Scoring;
        var attributes = file.Votes.SelectMany(v => v.Voter.Keys).Where(c => c != "voter_id").Distinct().ToArray();
        var voter = 0;
        Line("VOTES");
        Line(["voter_id", "vote", .. points ? ["points"] : Array.Empty<string>(), .. attributes]);
        foreach (var vote in file.Votes)
        {
            if (!points && file.Kind == VoteKind.Ordinal && vote.Tiers.Any(t => t.Length > 1)) throw new ElectionFileException(0, "an ordinal .pb file cannot hold ties");
            string[] values = points ? [string.Join(",", vote.Values!.Select(v => Invariant(v.Value)))] : [];
            for (var i = 0L; i < vote.Count; i++)
            {
                Line([Value(vote.Voter, "voter_id", Invariant(++voter)), string.Join(",", vote.Named.Select(p => file.Proposals[p].Id)),
                    .. values, .. attributes.Select(c => Value(vote.Voter, c))]);
            }
        }

        void Line(params string[] fields) => text.Write(string.Join(";", fields.Select(Quoted)) + "\n");
    }

    private static string Value(IReadOnlyDictionary<string, string> row, string column, string otherwise = "") =>
        row.TryGetValue(column, out var value) ? value : otherwise;

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string field)
    {
        field = field.ReplaceLineEndings(" ");
        return field.Contains(';', StringComparison.Ordinal) || field.Contains('"', StringComparison.Ordinal)
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
    }
}
