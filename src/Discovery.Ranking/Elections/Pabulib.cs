using System.Globalization;

namespace Discovery.Ranking;

/// <summary>
/// Pabulib (Stolicki, Szufa, Talmon 2020, arXiv 2012.06539; pabulib.org/format): sections META, PROJECTS and VOTES, each
/// with a line of column names, fields divided by ';'.
/// </summary>
internal static partial class Pabulib
{
    private static readonly string[] Sections = ["META", "PROJECTS", "VOTES"];

    public static ElectionFile Read(TextReader text)
    {
        var lines = new NumberedLines(text);
        var (meta, proposals, votes) = (new List<KeyValuePair<string, string>>(), new List<ElectionProposal>(), new List<ElectionVote>());
        var (index, limits, started) = (new Dictionary<string, int>(StringComparer.Ordinal), new VoteLimits(), -1);
        string[]? columns = null;
        while (lines.Next() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Array.IndexOf(Sections, line.Trim().TrimEnd(';')) is >= 0 and var section)
            {
                if (section != started + 1) throw lines.Error($"section {Sections[section]} stands out of order: META, PROJECTS, VOTES");
                (started, columns) = (section, null);
                if (section == 1) limits = VoteLimits.Of(meta, lines);
                continue;
            }

            if (started < 0) throw lines.Error("the file does not start with the section META");
            var fields = NumberedLines.Fields(line);
            if (columns is null) columns = Columns(fields);
            else if (started == 0) Meta(fields);
            else if (fields.Length != columns.Length) throw lines.Error($"{fields.Length} fields under {columns.Length} column names");
            else if (started == 1) Project(fields);
            else votes.Add(Vote(fields));
        }

        if (started < 2) throw new ElectionFileException(lines.Number, $"the section {Sections[started + 1]} is missing");
        Agrees("num_projects", proposals.Count);
        Agrees("num_votes", votes.Count);
        return new(limits.Kind, [.. meta.Where(pair => pair.Key is not ("num_projects" or "num_votes"))], proposals, votes);

        string[] Columns(string[] fields)
        {
            var names = fields.Select(f => f.Trim()).ToArray();
            string[] needed = started switch
            {
                0 => ["key", "value"],
                1 => ["project_id", "cost"],
                _ => limits.Kind is VoteKind.Cumulative or VoteKind.Scoring ? ["voter_id", "vote", "points"] : ["voter_id", "vote"],
            };
            if (needed.FirstOrDefault(n => !names.Contains(n)) is { } missing)
                throw lines.Error($"the section {Sections[started]} has no column '{missing}'");
            if (names.Distinct().Count() < names.Length) throw lines.Error("a column is named twice");
            return names;
        }

        void Meta(string[] fields)
        {
            // A comment may hold ';' without quotes.
            var (key, value) = (fields[0].Trim(), string.Join(';', fields.Skip(1)).Trim());
            if (fields.Length < 2) throw lines.Error("a line of META has the form 'key;value'");
            if (meta.Any(pair => pair.Key == key)) throw lines.Error($"'{key}' stands twice in META");
            meta.Add(new(key, value));
        }

        void Project(string[] fields)
        {
            var row = Row(fields);
            foreach (var number in new[] { "cost", "votes", "score" })
            {
                if (row.TryGetValue(number, out var x) && x.Length > 0
                    && !decimal.TryParse(x, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                    throw lines.Error($"{number} is not a number: '{x}'");
            }

            var id = row["project_id"];
            if (id.Length == 0) throw lines.Error("a project without id");
            if (!index.TryAdd(id, proposals.Count)) throw lines.Error($"project '{id}' is listed twice");
            row.Remove("project_id");
            row.Remove("name", out var name);
            proposals.Add(new(id, string.IsNullOrEmpty(name) ? id : name, row));
        }

        ElectionVote Vote(string[] fields)
        {
            var row = Row(fields);
            row.Remove("vote", out var vote);
            row.Remove("points", out var points);
            var named = vote!.Length == 0 ? [] : Array.ConvertAll(vote.Split(','), Index);
            if (named.Distinct().Count() < named.Length)
                throw lines.Error($"project '{proposals[named.GroupBy(p => p).First(g => g.Count() > 1).Key].Id}' stands twice on the ballot");
            var values = limits.Kind is VoteKind.Cumulative or VoteKind.Scoring ? Values(named, points!) : null;
            if (limits.Broken(named.Length, values) is { } reason) throw lines.Error(reason);
            return new(1, Tiers(limits.Kind, named, values), values, row);
        }

        int Index(string id) =>
            index.TryGetValue(id.Trim(), out var p) ? p : throw lines.Error($"unknown project '{id.Trim()}'");

        (int, int)[] Values(int[] named, string points)
        {
            var parts = points.Length == 0 ? [] : points.Split(',');
            if (parts.Length != named.Length) throw lines.Error($"{parts.Length} points for {named.Length} projects");
            return [.. named.Zip(parts, (p, x) => (p, lines.Count(x, "The number of points")))];
        }

        Dictionary<string, string> Row(string[] fields)
        {
            var row = new Dictionary<string, string>(fields.Length, StringComparer.Ordinal);
            for (var i = 0; i < fields.Length; i++) row[columns[i]] = fields[i].Trim();
            return row;
        }

        void Agrees(string key, int found)
        {
            if (meta.FirstOrDefault(pair => pair.Key == key).Value is not { } said) throw new ElectionFileException(0, $"META has no '{key}'");
            if (lines.Count(said, key) != found) throw new ElectionFileException(lines.Number, $"{key} is {said}, but the file has {found}");
        }
    }

    private static IReadOnlyList<int[]> Tiers(VoteKind kind, int[] named, (int Proposal, int Value)[]? values) => kind switch
    {
        _ when named.Length == 0 => [],
        VoteKind.Ordinal => [.. named.Select(p => new[] { p })],
        VoteKind.Approval => [[.. named]],
        _ => [.. values!.Where(v => kind == VoteKind.Scoring || v.Value > 0).GroupBy(v => v.Value)
            .OrderByDescending(tier => tier.Key).Select(tier => tier.Select(v => v.Proposal).ToArray())],
    };
}
