namespace Discovery.Host.Demo;

/// <param name="Organisation">The organisation that votes; for a person, the community whose member votes.</param>
/// <param name="Person">0 when an organisation votes, otherwise the number of the person, from 1.</param>
/// <param name="Tiers">Numbers of proposals, best first; proposals of one tier are equal.</param>
/// <param name="Approved">Whole tiers from the top that the voter accepts, or null when no line was drawn.</param>
internal sealed record Voice(string Group, string? Organisation, int Person, int[][] Tiers, int[]? Approved);

/// <summary>
/// Ballots drawn from opinions that are known beforehand (the blocs of demonstration.json), so that a count can be held
/// against what the voters wanted. In "priorities-2035":
/// all four groups want the blood test (2), the starch packaging (1) and, firms less, the cheeses (3);
/// heat pumps (4) and glued timber (5) please everybody but the consumers;
/// the water instruments (12) and the flax composites (7) please science and the NGOs, and half of the firms;
/// the holding, its suppliers and the makers who sell to it put petrochemistry (10) first, and so does the plant's own
/// town: seven firms in ten, one consumer in five, no one else;
/// consumers, more than half of all heads, carry the baby food (9) and the games (6) nearly alone;
/// over twins (13), prostheses (14) and farm logistics (16) firms, science and NGOs turn in a circle.
/// A plain count of heads therefore has 6, 9 and 10 among its eight, the balanced shortlist 7, 8 and 12 instead.
/// Nobody in the holding wrote proposal 10, so its firms may rank it: what stands against them is their one shared voice.
/// </summary>
internal static class Opinions
{
    /// <summary>Other seeds give the same lists; with this one the circle of 13, 14 and 16 also closes in the balanced pairs.</summary>
    public const ulong Seed = 2074;

    public static IEnumerable<Voice> Speak(Demonstration demonstration, Demonstration.Round round, ulong seed)
    {
        var draw = new SplitMix64(seed);
        foreach (var group in round.Groups)
        {
            var blocs = round.Blocs.Where(b => b.Group == group.Id).ToList();
            var dealt = blocs.ToDictionary(b => b, _ => 0);
            foreach (var (organisation, person) in VotersOf(demonstration, group))
            {
                var bloc = blocs.Find(b => b.Of.Contains(organisation)) ?? Neediest(dealt);
                dealt[bloc]++;
                var own = person > 0 ? [] : OwnOf(demonstration, round, organisation);
                var tiers = Rank(round, bloc, own, draw);
                yield return new(group.Id, organisation, person, tiers, Accept(tiers, bloc, draw));
            }
        }
    }

    // Dealt, not drawn: the shares of the data are then the shares of the ballots, whatever the seed.
    private static Demonstration.Bloc Neediest(Dictionary<Demonstration.Bloc, int> dealt)
    {
        var (voters, shares) = (dealt.Values.Sum() + 1, dealt.Keys.Sum(b => b.Share));
        return dealt.MaxBy(b => b.Key.Share * voters - b.Value * shares).Key;
    }

    /// <summary>The same person belongs to the same community in every round.</summary>
    public static Demonstration.Organisation CommunityOf(Demonstration demonstration, int person)
    {
        var communities = demonstration.Organisations.Where(o => o.Kind == "community").ToList();
        return communities[new SplitMix64((ulong)person).Pick(communities, c => c.Staff)];
    }

    private static IEnumerable<(string Organisation, int Person)> VotersOf(
        Demonstration demonstration, Demonstration.Group group) =>
        group.Kinds.Contains("community")
            ? Enumerable.Range(1, group.Voters).Select(p => (CommunityOf(demonstration, p).Key, p))
            : demonstration.Organisations.Where(o => group.Kinds.Contains(o.Kind)).Select(o => o.Key)
                .Concat(Crowd.Of(demonstration, group).Select(o => o.Key))
                .Take(group.Voters)
                .Select(key => (key, 0));

    // Nobody ranks a proposal of which they, or a firm of the same owner, are an author.
    private static HashSet<int> OwnOf(Demonstration demonstration, Demonstration.Round round, string organisation)
    {
        var owners = demonstration.Organisations.ToDictionary(o => o.Key, o => o.Family ?? o.Key);
        var self = owners.GetValueOrDefault(organisation, organisation);
        return [.. round.Proposals
            .Where(p => p.Coauthors.Append(p.Author).Any(author => owners[author] == self))
            .Select(p => p.Number)];
    }

    // Plackett-Luce: the next place goes to one of those left, with a chance in proportion to its strength.
    private static int[][] Rank(Demonstration.Round round, Demonstration.Bloc bloc, HashSet<int> own, SplitMix64 draw)
    {
        var strengths = bloc.Favourites.ToDictionary(f => f.Number, f => f.Strength);
        var left = round.Proposals.Select(p => p.Number).Where(n => !own.Contains(n)).ToList();
        var length = bloc.Ranks[0] + draw.Below(bloc.Ranks[1] - bloc.Ranks[0] + 1);
        var tiers = new List<List<int>>();
        for (var i = 0; i < Math.Min(length, round.UpTo) && left.Count > 0; i++)
        {
            var next = draw.Pick(left, n => strengths.GetValueOrDefault(n, bloc.Noise));
            if (tiers.Count > 0 && draw.Chance(bloc.Ties)) tiers[^1].Add(left[next]);
            else tiers.Add([left[next]]);
            left.RemoveAt(next);
        }
        return [.. tiers.Select(tier => tier.ToArray())];
    }

    private static int[]? Accept(int[][] tiers, Demonstration.Bloc bloc, SplitMix64 draw) =>
        draw.Chance(bloc.Line) ? [.. tiers.Take((tiers.Length + 1) / 2 + draw.Below(tiers.Length / 2 + 1)).SelectMany(t => t)] : null;

    // Own generator and integers only, so that every machine and every version of .NET hears the same voices.
    private sealed class SplitMix64(ulong state)
    {
        private ulong _state = state;

        public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

        public bool Chance(int percent) => Below(100) < percent;

        public int Pick<T>(IReadOnlyList<T> items, Func<T, int> weight)
        {
            var point = Below(items.Sum(weight));
            var index = 0;
            for (; (point -= weight(items[index])) >= 0; index++) { }
            return index;
        }

        private ulong Next()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
