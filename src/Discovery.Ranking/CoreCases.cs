using System.Text.Json;

namespace Discovery.Ranking;

/// <summary>
/// The exchange format of test cases: a JSON array of {name, seed, k, theta, beta, forceTop, props, groups: {id: {w, q}},
/// ballots: [{group, units, tiers, approved, seen}]}. Ids on ballots that are not in props are withdrawn proposals.
/// </summary>
public static class CoreCases
{
    /// <summary>Counts every case and writes the array of their results, in the keys and forms of "expected".</summary>
    /// <exception cref="JsonException">The input is not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A case lacks a field.</exception>
    public static string Run(string json)
    {
        using var cases = JsonDocument.Parse(json);
        var results = cases.RootElement.EnumerateArray().Select(x => Expected(Run(x))).ToArray();
        return System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(results));
    }

    /// <summary>Counts one case.</summary>
    public static Result Run(JsonElement test)
    {
        var (tally, rules) = Read(test);
        return Count.Run(tally, rules);
    }

    /// <summary>The ballots and rules of one case; units are as given, an ordinary ballot has 1.</summary>
    public static (Tally Tally, CountRules Rules) Read(JsonElement test)
    {
        var props = Strings(test.GetProperty("props"));
        var groups = test.GetProperty("groups").EnumerateObject().Select(g =>
            new Group(g.Name, g.Value.GetProperty("w").GetInt32(), g.Value.GetProperty("q").GetInt64())).ToArray();
        var rules = new CountRules(groups, test.GetProperty("k").GetInt32(), test.GetProperty("seed").GetString()!)
        {
            Theta = Fraction.Parse(test.GetProperty("theta").GetString()!),
            Beta = Fraction.Parse(test.GetProperty("beta").GetString()!),
            ForceTop = test.GetProperty("forceTop").GetBoolean(),
            OrdinaryUnits = 1,
        };

        var tally = new Tally(props, [.. groups.Select(g => g.Id)]);
        foreach (var b in test.GetProperty("ballots").EnumerateArray())
        {
            var group = Array.FindIndex(groups, g => g.Id == b.GetProperty("group").GetString());
            int[][] tiers = [.. b.GetProperty("tiers").EnumerateArray().Select(Known).Where(tier => tier.Length > 0)];
            if (tiers.Length == 0) continue;
            var (approved, seen) = (b.GetProperty("approved"), b.GetProperty("seen"));
            tally.Add(group, b.GetProperty("units").GetInt64(), new Ballot(
                tiers,
                approved.ValueKind == JsonValueKind.Null ? null : Known(approved),
                seen.ValueKind == JsonValueKind.Null ? null : [.. Enumerable.Range(0, props.Length).Except(Known(seen))]));
        }

        return (tally, rules);

        int[] Known(JsonElement ids) => [.. Strings(ids).Select(id => Array.IndexOf(props, id)).Where(p => p >= 0)];
    }

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetString()!)];

    private static Dictionary<string, object?> Expected(Result r)
    {
        var ids = r.Proposals;
        var all = Enumerable.Range(0, ids.Count).ToArray();
        var ranked = r.Consensus.Order().ToArray();
        return new()
        {
            ["n"] = CanonicalJson.Map(r.Groups, g => g.Id, g => g.Units),
            ["L"] = r.L,
            ["c"] = CanonicalJson.Map(r.Groups.Where(g => g.Active), g => g.Id, g => g.C),
            ["total"] = r.Total,
            ["P"] = Map(all, a => Map(all.Where(b => b != a), b => r.P[a][b])),
            ["tieOrder"] = Ids(r.TieOrder),
            ["underExposed"] = Ids(r.UnderExposed),
            ["consensus"] = Ids(r.Consensus),
            ["overridden"] = r.Overridden.Select(o => new object[] { ids[o.Winner], ids[o.Loser], o.Margin }),
            ["schulzeClasses"] = r.SchulzeClasses.Select(Ids),
            ["copeland"] = Map(ranked, p => r.Copeland[p]),
            ["borda"] = Map(ranked, p => r.Borda[p]),
            ["approval"] = Map(all, p => r.Approval[p]),
            ["groupApproval"] = CanonicalJson.Map(r.Groups, g => g.Id, g => Map(all, p => g.Approval[p])),
            ["eligible"] = Ids(all.Where(p => r.Standings[p] == Standing.Eligible)).Order(StringComparer.Ordinal),
            ["seats"] = r.Seats.Select(s => new object[] { ids[s.Proposal], s.Load }),
            ["narrow"] = Ids(r.Seats.Where(s => s.Narrow).Select(s => s.Proposal)),
            ["logoShift"] = CanonicalJson.Map(r.WithoutGroup, w => r.Groups[w.Group].Id, w => Map(w.Consensus, p => w.Shift[p])),
            ["bridge"] = Map(all, p => r.BridgingUnits[p]),
        };

        IEnumerable<string> Ids(IEnumerable<int> list) => list.Select(p => ids[p]);
        Dictionary<string, object?> Map(IEnumerable<int> list, Func<int, object?> value) =>
            CanonicalJson.Map(list, p => ids[p], value);
    }
}
