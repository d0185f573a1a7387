using System.Globalization;

namespace Discovery.Ranking;

/// <summary>PrefLib orders (Mattei and Walsh 2013; preflib.org/format): header lines "# KEY: value", then "count: 3,1,{2,4}".</summary>
internal static class PrefLib
{
    private const string AlternativeName = "ALTERNATIVE NAME ";

    public static ElectionFile Read(TextReader text, string ending)
    {
        var lines = new NumberedLines(text);
        var (meta, proposals, votes) = (new List<KeyValuePair<string, string>>(), new List<ElectionProposal>(), new List<ElectionVote>());
        var (index, counts, type) = (new Dictionary<string, int>(), new Dictionary<string, int>(), ending);
        while (lines.Next() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (line.StartsWith('#')) Header(line);
            else votes.Add(Vote(line));
        }

        Agrees("NUMBER ALTERNATIVES", proposals.Count);
        Agrees("NUMBER VOTERS", votes.Sum(v => v.Count));
        Agrees("NUMBER UNIQUE ORDERS", votes.Count);
        return new(VoteKind.Ordinal, meta, proposals, votes);

        void Header(string line)
        {
            if (votes.Count > 0) throw lines.Error("a header line after the first order");
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw lines.Error("a header line has the form '# KEY: value'");
            var (key, value) = (line[1..colon].Trim(), line[(colon + 1)..].Trim());
            if (key.StartsWith(AlternativeName, StringComparison.Ordinal))
            {
                var id = lines.Count(key[AlternativeName.Length..], "The number of an alternative").ToString(CultureInfo.InvariantCulture);
                if (!index.TryAdd(id, proposals.Count)) throw lines.Error($"alternative {id} is named twice");
                proposals.Add(new(id, value, new Dictionary<string, string>()));
            }
            else if (key is "NUMBER ALTERNATIVES" or "NUMBER VOTERS" or "NUMBER UNIQUE ORDERS")
            {
                counts[key] = lines.Count(value, key);
            }
            else
            {
                if (key == "DATA TYPE" && value is "soc" or "soi" or "toc" or "toi") type = value;
                meta.Add(new(key, value));
            }
        }

        ElectionVote Vote(string line)
        {
            if (!counts.ContainsKey("NUMBER ALTERNATIVES")) throw lines.Error("an order before the header '# NUMBER ALTERNATIVES'");
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw lines.Error("an order has the form 'count: 1,2,3'");
            var count = lines.Count(line[..colon], "The count of an order");
            if (count == 0) throw lines.Error("the count of an order is 0");
            return new(count, Tiers(line[(colon + 1)..]), null, new Dictionary<string, string>());
        }

        List<int[]> Tiers(string order)
        {
            var (tiers, tie, open, seen) = (new List<int[]>(), new List<int>(), false, new HashSet<int>());
            foreach (var part in order.Split(','))
            {
                var item = part.Trim();
                if (item.StartsWith('{'))
                {
                    if (open) throw lines.Error("a tie within a tie");
                    (open, item) = (true, item[1..]);
                }

                var closes = item.EndsWith('}');
                if (closes && !open) throw lines.Error("'}' without '{'");
                if (closes) item = item[..^1];
                if (!index.TryGetValue(item.Trim(), out var p)) throw lines.Error($"unknown alternative '{item.Trim()}'");
                if (!seen.Add(p)) throw lines.Error($"alternative {item.Trim()} stands twice in the order");
                tie.Add(p);
                if (open && !closes) continue;
                (open, _) = (false, tie.Count);
                tiers.Add([.. tie]);
                tie.Clear();
            }

            if (open) throw lines.Error("'{' without '}'");
            if (type[0] == 's' && tiers.Any(t => t.Length > 1)) throw lines.Error($"a tie in a strict order (.{type})");
            if (type[2] == 'c' && seen.Count < proposals.Count) throw lines.Error($"an incomplete order where all are complete (.{type})");
            return tiers;
        }

        void Agrees(string key, long found)
        {
            if (!counts.TryGetValue(key, out var said)) throw new ElectionFileException(0, $"the header '# {key}' is missing");
            if (said != found) throw new ElectionFileException(lines.Number, $"{key} is {said} in the header, but the file has {found}");
        }
    }

    public static void Write(ElectionFile file, TextWriter text, string name)
    {
        var type = Path.GetExtension(name)[1..].ToLowerInvariant();
        var keep = file.Proposals.All(p => p.Id.Length is > 0 and < 10 && p.Id.All(char.IsAsciiDigit) && (p.Id == "0" || p.Id[0] != '0'));
        var ids = file.Proposals.Select((p, i) => keep ? p.Id : (i + 1).ToString(CultureInfo.InvariantCulture)).ToArray();
        var orders = file.Votes.Where(v => v.Tiers.Count > 0).GroupBy(Order).Select(same => (Order: same.Key, Count: same.Sum(v => v.Count))).ToArray();

        Line($"# FILE NAME: {Path.GetFileName(name)}");
        foreach (var (key, value) in file.Meta.Where(pair => pair.Key is not ("FILE NAME" or "DATA TYPE"))) Line($"# {key}: {value}");
        Line($"# DATA TYPE: {type}");
        Line($"# NUMBER ALTERNATIVES: {ids.Length}");
        Line($"# NUMBER VOTERS: {orders.Sum(o => o.Count)}");
        Line($"# NUMBER UNIQUE ORDERS: {orders.Length}");
        for (var p = 0; p < ids.Length; p++) Line($"# {AlternativeName}{ids[p]}: {file.Proposals[p].Name.ReplaceLineEndings(" ")}");
        foreach (var (order, count) in orders) Line($"{count}: {order}");

        string Order(ElectionVote vote)
        {
            if (type[0] == 's' && vote.Tiers.Any(t => t.Length > 1)) throw new ElectionFileException(0, $".{type} cannot hold ties");
            if (type[2] == 'c' && vote.Tiers.Sum(t => t.Length) < ids.Length) throw new ElectionFileException(0, $".{type} cannot hold incomplete orders");
            return string.Join(",", vote.Tiers.Select(t => t.Length == 1 ? ids[t[0]] : $"{{{string.Join(",", t.Select(p => ids[p]))}}}"));
        }

        void Line(FormattableString line) => text.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
    }
}
