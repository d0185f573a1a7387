using System.Runtime.InteropServices;
using Discovery.Proposals.Similar;

namespace Discovery.Proposals.Search;

/// <summary>A field of a text: its words, and how much more than a plain one it says about it.</summary>
internal readonly record struct Field(float Weight, string[] Words);

/// <summary>
/// Finds the texts that hold all words of a question, whatever their inflection, beginnings of at least three letters, and phrases in quotes; the best first, by BM25 over
/// weighted fields (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004). A word that nothing holds gives way to the nearest that
/// something does, by trigrams. Nothing here changes after it is made. Decision 0019.
/// </summary>
internal sealed class SearchIndex
{
    /// <summary>Of a question: more of them say no more.</summary>
    const int MostWords = 8;

    const int LeastPrefix = 3, LeastTypo = 4, MostForms = 300;

    // What a beginning finds is less likely meant than what the word itself finds.
    const float PrefixShare = 0.5f;

    // A word twice in a text says more than once, and five times hardly more than four.
    const float Saturation = 1.2f;

    const int Gap = -1;

    readonly string[] forms;
    readonly int[] stemOf, starts, postings;
    readonly float[] weights, idf;
    readonly int[][] texts;
    readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    readonly Lazy<Dictionary<int, List<int>>> trigrams;

    public SearchIndex(IReadOnlyList<IReadOnlyList<Field>> fields)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);      // form to stem
        var postingsOf = new List<List<(int Text, float Weight)>>();
        texts = new int[fields.Count][];
        var profile = new Dictionary<int, float>();
        for (var i = 0; i < texts.Length; i++)
        {
            profile.Clear();
            texts[i] = new int[fields[i].Sum(f => f.Words.Length + 1)];
            var at = 0;
            foreach (var field in fields[i])
            {
                foreach (var word in field.Words)
                {
                    ref var stem = ref CollectionsMarshal.GetValueRefOrAddDefault(known, word, out var seen);
                    if (!seen)
                    {
                        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(stems, Stemmer.Stem(word), out var there);
                        if (!there)
                        {
                            id = postingsOf.Count;
                            postingsOf.Add([]);
                        }
                        stem = id;
                    }
                    texts[i][at++] = stem;
                    CollectionsMarshal.GetValueRefOrAddDefault(profile, stem, out _) += field.Weight;
                }
                texts[i][at++] = Gap;
            }
            foreach (var (stem, weight) in profile) postingsOf[stem].Add((i, weight / (weight + Saturation)));
        }
        forms = [.. known.Keys.Order(StringComparer.Ordinal)];
        stemOf = [.. forms.Select(f => known[f])];
        starts = new int[postingsOf.Count + 1];
        for (var s = 0; s < postingsOf.Count; s++) starts[s + 1] = starts[s] + postingsOf[s].Count;
        postings = [.. postingsOf.SelectMany(p => p.Select(x => x.Text))];
        weights = [.. postingsOf.SelectMany(p => p.Select(x => x.Weight))];
        idf = [.. postingsOf.Select(p => MathF.Log(1 + (texts.Length + 0.5f) / (p.Count + 0.5f)))];
        trigrams = new(MakeTrigrams);
    }

    /// <param name="Texts">Index of each, the best first.</param>
    /// <param name="Instead">Words of the question that nothing holds, and what was looked for in their place.</param>
    public sealed record Answer(IReadOnlyList<(int Text, float Score)> Texts, IReadOnlyList<Instead> Instead);

    public sealed record Instead(string Asked, string Found);

    public Answer Find(string question)
    {
        var (instead, left) = (new List<Instead>(), MostWords);
        float[]? score = null;
        foreach (var (text, isPhrase) in Parts(question))
        {
            var words = Words.Plain(text, left);
            left -= words.Count;
            foreach (var word in words) score = Both(score, Holding(word, isPhrase, instead));
            if (isPhrase && score is not null && words.Count > 1) KeepPhrase(score, words);
            if (left == 0) break;
        }
        if (score is null) return new([], instead);
        return new([.. score.Select((s, i) => (Text: i, Score: s)).Where(f => f.Score > 0).OrderByDescending(f => f.Score).ThenBy(f => f.Text)], instead);
    }

    /// <summary>What every text scores for one word.</summary>
    float[] Holding(string word, bool exactly, List<Instead> instead)
    {
        var here = new float[texts.Length];
        var stem = stems.GetValueOrDefault(Stemmer.Stem(word), -1);
        if (stem >= 0) Add(here, stem, 1);
        if (!exactly && word.Length >= LeastPrefix)
        {
            // Forms of one stem count once.
            var seen = new HashSet<int> { stem };
            for (var i = Index(word); i < forms.Length && seen.Count < MostForms && forms[i].StartsWith(word, StringComparison.Ordinal); i++)
                if (seen.Add(stemOf[i])) Add(here, stemOf[i], PrefixShare);
        }
        if (stem < 0 && Array.TrueForAll(here, h => h == 0) && !exactly && Nearest(word) is { } nearest)
        {
            instead.Add(new(word, nearest));
            Add(here, stemOf[Index(nearest)], 1);
        }
        return here;
    }

    void Add(float[] here, int stem, float share)
    {
        for (var p = starts[stem]; p < starts[stem + 1]; p++) here[postings[p]] = MathF.Max(here[postings[p]], share * idf[stem] * weights[p]);
    }

    static float[] Both(float[]? a, float[] b)
    {
        if (a is null) return b;
        for (var i = 0; i < a.Length; i++) a[i] = a[i] == 0 || b[i] == 0 ? 0 : a[i] + b[i];
        return a;
    }

    // Function words are in neither, so a phrase may leave them out; its words still stand in one field and in their order.
    void KeepPhrase(float[] score, IReadOnlyList<string> words)
    {
        int[] phrase = [.. words.Select(w => stems.GetValueOrDefault(Stemmer.Stem(w), Gap))];
        for (var i = 0; i < score.Length; i++)
            if (score[i] > 0 && texts[i].AsSpan().IndexOf(phrase) < 0) score[i] = 0;
    }

    int Index(string form)
    {
        var at = Array.BinarySearch(forms, form, StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }

    string? Nearest(string word)
    {
        if (word.Length < LeastTypo) return null;
        var (shared, asked) = (new Dictionary<int, int>(), Trigrams(word).Distinct().ToList());
        foreach (var gram in asked)
            foreach (var form in trigrams.Value.GetValueOrDefault(gram) ?? []) CollectionsMarshal.GetValueRefOrAddDefault(shared, form, out _)++;
        // Dice's coefficient. Below it two words have little more than a syllable in common.
        var best = shared.Select(s => (Form: forms[s.Key], Score: 2.0 * s.Value / (asked.Count + forms[s.Key].Length + 1))).Where(s => s.Score >= 0.4)
            .OrderByDescending(s => s.Score).ThenBy(s => s.Form, StringComparer.Ordinal).FirstOrDefault();
        return best.Form;
    }

    Dictionary<int, List<int>> MakeTrigrams()
    {
        var made = new Dictionary<int, List<int>>();
        for (var i = 0; i < forms.Length; i++)
            foreach (var gram in Trigrams(forms[i]).Distinct())
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(made, gram, out _);
                (list ??= []).Add(i);
            }
        return made;
    }

    // With two blanks before and one behind: the beginning of a word counts more than its end. Ten bits a letter are enough to tell apart what is in use.
    static IEnumerable<int> Trigrams(string word)
    {
        int At(int i) => i < 0 || i >= word.Length ? 0 : word[i] & 0x3ff;
        for (var i = -2; i < word.Length - 1; i++) yield return At(i) << 20 | At(i + 1) << 10 | At(i + 2);
    }

    /// <summary>What stands in quotes of any kind, and what stands between them.</summary>
    static IEnumerable<(string Text, bool IsPhrase)> Parts(string question)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < question.Length; i++)
        {
            if (question[i] is not ('"' or '«' or '»' or '“' or '”' or '„')) continue;
            if (i > start) yield return (question[start..i], quoted && question[i] is not ('«' or '„'));
            (start, quoted) = (i + 1, !quoted);
        }
        // A quote that nobody has closed yet is somebody typing.
        if (start < question.Length) yield return (question[start..], false);
    }
}
