using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Discovery.Proposals.Similar;

namespace Discovery.Proposals.Activities;

/// <summary>One classification of economic activities, searched by code and by words. Nothing here changes after it is made.</summary>
internal sealed partial class Classification
{
    // Nobody names an activity with more, but anything may be pasted.
    const int MostLetters = 200, MostWords = 8;

    // How much a word says that stands for another one: a form of it, the beginning of a longer word, what a longer word begins with, a misspelt one, one of the words that explain a class.
    const double SameRoot = 0.95, Begins = 0.6, BegunBy = 0.5, Misspelt = 0.7, Explains = 0.97;

    readonly List<Activity> activities = [];
    readonly Dictionary<string, List<(int Activity, double Weight)>> places = new(StringComparer.Ordinal);
    readonly FrozenDictionary<string, Activity> byCode;

    /// <param name="system">What its codes are stored with.</param>
    /// <param name="lines">Code, name and, where a class holds things that its name does not say, words for them; by tabs. A line that begins with # says where the rest comes from.</param>
    public Classification(string system, IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(l => !l.StartsWith('#')))
        {
            var (code, name, also) = line.Split('\t') switch { [var c, var n] => (c, n, ""), [var c, var n, var a] => (c, n, a), _ => throw new FormatException(line) };
            Add(also, Explains);
            Add(Exceptions().Replace(name, ""), 1);
            activities.Add(new($"{system}:{code}", code, name));
        }
        byCode = activities.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
    }

    public IReadOnlyList<Activity> All => activities;

    /// <summary>The activity that is stored as this code; null if there is none.</summary>
    public Activity? Get(string code) => byCode.GetValueOrDefault(code);

    /// <summary>Best first; of equals the one with the shorter name, then the wider one.</summary>
    public IReadOnlyList<Activity> Find(string query, int most)
    {
        var text = (query.Length > MostLetters ? query[..MostLetters] : query).Trim();
        var digits = text.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        return digits.Length == 1 || digits.Length > 1 && digits.All(char.IsAsciiDigit) ? [.. ByCode(digits).Take(most)] : [.. ByWords(text).Take(most)];
    }

    IEnumerable<Activity> ByCode(string digits)
    {
        // Firms know their code to the last digit; here it ends with the class.
        var prefix = digits.Length > 4 ? digits[..4] : digits;
        return activities.Where(a => a.Number.Replace(".", "", StringComparison.Ordinal).StartsWith(prefix, StringComparison.Ordinal));
    }

    IEnumerable<Activity> ByWords(string text)
    {
        var scores = new Dictionary<int, double>();
        foreach (var word in Words.Of(text).Distinct().Take(MostWords))
        {
            var found = Weigh(word, Likeness);
            if (found.Count == 0) found = Weigh(word, Guess);
            // As in the search for similar proposals, a rare word says more.
            foreach (var (activity, weight) in found) CollectionsMarshal.GetValueRefOrAddDefault(scores, activity, out _) += weight * Math.Log((activities.Count + 1) / (found.Count + 0.5));
        }
        if (scores.Count == 0) return [];
        // "Making of cheese" shall not list all that is made.
        var least = scores.Values.Max() / 2;
        return scores.Where(s => s.Value >= least).OrderByDescending(s => Math.Round(s.Value, 9)).ThenBy(s => activities[s.Key].Name.Length).ThenBy(s => s.Key).Select(s => activities[s.Key]);
    }

    /// <summary>Activities in which the word occurs, each with the weight of the place where it fits best.</summary>
    Dictionary<int, double> Weigh(string asked, Func<string, string, double> likeness)
    {
        var found = new Dictionary<int, double>();
        foreach (var (word, where) in places)
        {
            var like = likeness(asked, word);
            if (like == 0) continue;
            foreach (var (activity, weight) in where)
            {
                ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(found, activity, out _);
                best = Math.Max(best, like * weight);
            }
        }
        return found;
    }

    /// <summary>The same word, or the beginning of one: who types has not finished, and Russian puts words together.</summary>
    static double Likeness(string asked, string known)
    {
        if (asked == known) return 1;
        if (Root(asked) == Root(known) || known.Length >= 4 && known.Length == asked.Length - 1 && asked.StartsWith(known, StringComparison.Ordinal)) return SameRoot;
        var root = Root(asked).TrimEnd('ь');
        return root.Length >= 3 && known.StartsWith(root, StringComparison.Ordinal) ? Begins + (SameRoot - Begins) / 2 * root.Length / known.Length : 0;
    }

    /// <summary>Only where nothing else is found, because many short words differ in one letter.</summary>
    static double Guess(string asked, string known)
    {
        if (known.Length >= 4 && asked.StartsWith(known, StringComparison.Ordinal)) return BegunBy;
        var slips = asked.Length < 5 ? 0 : asked.Length < 9 ? 1 : 2;
        return slips > 0 && Math.Abs(asked.Length - known.Length) <= slips && Distance(asked, known) <= slips ? Misspelt : 0;
    }

    /// <summary>The stemmer leaves the endings of short words: рыба, рыбы, рыб. (Of others it may take a letter more: мебель, мебели.)</summary>
    static string Root(string stem) => stem.Length is > 2 and < 6 && "аеиоуыэюяй".Contains(stem[^1]) ? stem[..^1] : stem;

    /// <summary>Letters put in, left out, replaced, or two neighbours exchanged (optimal string alignment: Damerau, CACM 7(3), 1964).</summary>
    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }

    void Add(string text, double weight)
    {
        foreach (var word in Words.Of(text).Distinct())
        {
            if (!places.TryGetValue(word, out var where)) places.Add(word, where = []);
            where.Add((activities.Count, weight));
        }
    }

    // "Clothes, except of fur" is not about fur.
    [GeneratedRegex(@"\b(кроме|за исключением|except|excluding|other than)\b[^,;)]*", RegexOptions.CultureInvariant)]
    private static partial Regex Exceptions();
}
