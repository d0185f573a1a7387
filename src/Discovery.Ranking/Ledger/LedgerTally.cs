using System.Text.Json;

namespace Discovery.Ranking.Ledger;

/// <summary>
/// From the entries of a ledger to the count: the last ballot of each key stands, an owner family shares one unit of weight, withdrawn proposals are passed over.
/// Incremental; the state after any number of changes equals that of a recount from nothing.
/// </summary>
public sealed class LedgerTally
{
    /// <summary>A group with fewer counted ballots is counted with its partner (rules 3).</summary>
    public const int Smallest = 10;

    readonly LedgerRules rules;
    readonly IReadOnlyList<string> proposals;
    readonly Dictionary<string, int> indexOf;
    readonly Dictionary<string, int> groupOf;
    readonly Dictionary<string, Standing> standing = [];
    readonly Dictionary<(int Group, string Family), HashSet<string>> families = [];
    readonly HashSet<int> withdrawn = [];
    int[] position = [];
    Tally tally;

    /// <param name="proposals">Ids as ballots name them, in the order of the list.</param>
    public LedgerTally(LedgerRules rules, IReadOnlyList<string> proposals)
    {
        (this.rules, this.proposals) = (rules, proposals);
        indexOf = proposals.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        groupOf = rules.Groups.Select((g, i) => (g.Id, i)).ToDictionary(g => g.Id, g => g.i);
        tally = Empty();
    }

    /// <summary>Indices, in the list, of proposals that were withdrawn; results name only the others.</summary>
    public IReadOnlySet<int> Withdrawn => withdrawn;

    /// <summary>Ballots that stand, the exhausted included.</summary>
    public int Ballots => standing.Count;

    /// <summary>Ballots of each group that stand, by the groups of the rules.</summary>
    public IReadOnlyList<int> BallotsByGroup => [.. rules.Groups.Select((_, g) => standing.Values.Count(s => s.Group == g))];

    /// <summary>Applies one entry. Entries must come in the order of the ledger.</summary>
    /// <exception cref="FormatException">The payload is not what its kind says, or names what is not in this round.</exception>
    public void Apply(string kind, ReadOnlySpan<byte> payload)
    {
        if (kind is "close" or "seal") return;
        try
        {
            var reader = new Utf8JsonReader(payload);
            var entry = JsonElement.ParseValue(ref reader);
            switch (kind)
            {
                case "ballot" or "paper": Cast(entry); break;
                case "withdraw" or "void": Take(entry.GetProperty("b").GetString()!); break;
                case "withdraw-proposal": Withdraw(Index(entry.GetProperty("p"))); break;
                default: throw new FormatException($"Entries of kind '{kind}' are not known.");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException) { throw new FormatException("A ledger entry cannot be read: " + e.Message, e); }
    }

    /// <summary>The result as it stands.</summary>
    /// <param name="seed">Decides ties; see <see cref="LedgerRules.For"/>.</param>
    public (Tally Tally, Result Result) Count(string seed)
    {
        var counted = Balanced();
        var groups = rules.Groups.Where(g => counted.Groups.Contains(g.Id));
        return (counted, Ranking.Count.Run(counted, rules.For(groups, counted.Proposals.Count, seed)));
    }

    void Cast(JsonElement entry)
    {
        var key = entry.GetProperty("b").GetString()!;
        var group = entry.GetProperty("g").GetString()!;
        if (!groupOf.TryGetValue(group, out var g)) throw new FormatException($"Group '{group}' is not in the rules.");
        Take(key);
        var ballot = new Ballot(
            [.. entry.GetProperty("t").EnumerateArray().Select(Indices)],
            entry.GetProperty("a") is { ValueKind: JsonValueKind.Array } line ? Indices(line) : null,
            entry.GetProperty("n") is { ValueKind: JsonValueKind.Array } unseen && unseen.GetArrayLength() > 0 ? Indices(unseen) : null);
        var family = entry.GetProperty("o").GetString();
        var stands = standing[key] = new(g, family, ballot);
        if (family is null) { Add(stands, LedgerRules.Units); return; }
        if (!families.TryGetValue((g, family), out var members)) families[(g, family)] = members = [];
        members.Add(key);
        Share(g, family);
    }

    void Take(string key)
    {
        if (!standing.Remove(key, out var old)) return;
        Subtract(old);
        if (old.Family is null) return;
        families[(old.Group, old.Family)].Remove(key);
        Share(old.Group, old.Family);
    }

    // U/r for each of the r ballots of a family that count in this group.
    void Share(int group, string family)
    {
        var members = families[(group, family)].Select(k => standing[k]).ToList();
        members.ForEach(Subtract);
        var counting = members.Where(m => Active(m.Ballot) is not null).ToList();
        foreach (var member in counting) Add(member, LedgerRules.Units / counting.Count);
    }

    void Add(Standing ballot, long units)
    {
        if (Active(ballot.Ballot) is not { } counted) return;    // exhausted: everything it ranked was withdrawn
        tally.Add(ballot.Group, units, counted);
        (ballot.Units, ballot.Counted) = (units, counted);
    }

    void Subtract(Standing ballot)
    {
        if (ballot.Counted is null) return;
        tally.Remove(ballot.Group, ballot.Units, ballot.Counted);
        ballot.Counted = null;
    }

    void Withdraw(int proposal)
    {
        if (!withdrawn.Add(proposal)) return;
        tally = Empty();
        foreach (var ballot in standing.Values) ballot.Counted = null;
        foreach (var ballot in standing.Values.Where(b => b.Family is null)) Add(ballot, LedgerRules.Units);
        foreach (var (group, family) in families.Keys) Share(group, family);
    }

    // Small groups join their partners; everything else stays as it is kept.
    Tally Balanced()
    {
        var joins = new Dictionary<int, int>();
        for (var g = 0; g < rules.Groups.Count; g++)
            if (tally.Ballots(g) is > 0 and < Smallest && rules.Groups[g].Partner is { } partner && groupOf.TryGetValue(partner, out var p) && p != g) joins[g] = p;
        foreach (var (g, p) in joins.ToList())
            if (joins.TryGetValue(p, out var back) && back == g && g < p) joins.Remove(g);      // two small partners: the first of the list takes the other in
        if (joins.Count == 0) return tally;
        var kept = rules.Groups.Select((g, i) => (g.Id, i)).Where(g => !joins.ContainsKey(g.i)).ToList();
        var joined = new Tally(tally.Proposals, [.. kept.Select(k => k.Id)]);
        int Target(int g) { while (joins.TryGetValue(g, out var next)) g = next; return g; }
        foreach (var ballot in standing.Values.Where(b => b.Counted is not null))
            joined.Add(kept.FindIndex(k => k.i == Target(ballot.Group)), ballot.Units, ballot.Counted!);
        return joined;
    }

    int[] Indices(JsonElement ids) => [.. ids.EnumerateArray().Select(Index)];

    int Index(JsonElement id) => indexOf.TryGetValue(id.GetString()!, out var index) ? index : throw new FormatException($"Proposal '{id}' is not on the list.");

    // M is always the number of proposals that are still there (ranking.md 2.1).
    Ballot? Active(Ballot ballot) => withdrawn.Count == 0 ? ballot : ballot.Renumbered(p => position[p]);

    Tally Empty()
    {
        var left = Enumerable.Range(0, proposals.Count).Where(p => !withdrawn.Contains(p)).ToList();
        position = [.. Enumerable.Range(0, proposals.Count).Select(p => left.IndexOf(p))];
        return new([.. left.Select(p => proposals[p])], [.. rules.Groups.Select(g => g.Id)]);
    }

    sealed record Standing(int Group, string? Family, Ballot Ballot)
    {
        public long Units { get; set; }

        /// <summary>As it is in the tally; null when it is not.</summary>
        public Ballot? Counted { get; set; }
    }
}
