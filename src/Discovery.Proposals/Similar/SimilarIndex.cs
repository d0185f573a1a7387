using System.Runtime.InteropServices;

namespace Discovery.Proposals.Similar;

/// <summary>
/// Which of many short texts says nearly the same as a new one, in one language: TF-IDF cosine (Salton, Buckley, "Term-weighting approaches in automatic text retrieval",
/// IPM 24(5), 1988) over character 4-grams within word stems (McNamee, Mayfield, "Character n-gram tokenization for European language text retrieval", Information
/// Retrieval 7, 2004), which forgives typos and inflections. Nothing here changes after it is made. Decision 0016.
/// </summary>
internal sealed class SimilarIndex
{
    const int N = 4;

    // A title says more per word, but people title the same idea in very different ways. More than this loses recall on the labelled set, 1 loses precision.
    const float TitleWeight = 1.5f;

    // One word in common says little, however rare it is: a "summer camp" and a "summer festival". So much of what the best shared word brings is taken off again.
    const float OneWord = 0.8f;

    // A few texts do not tell how rare a word is: it is judged as if there were so many and the others lacked it. Without this a round's first proposals are not found.
    const int AtLeast = 100;

    readonly Dictionary<ulong, int> grams = [];
    readonly int[] numbers, starts, postings;
    readonly float[] weights, idf;

    public SimilarIndex(IReadOnlyList<(int Number, string Title, string Summary)> texts)
    {
        numbers = [.. texts.Select(t => t.Number)];
        var counts = new List<int>();
        var profiles = new (int Gram, float Weight)[texts.Count][];
        var profile = new Dictionary<int, float>();
        for (var i = 0; i < profiles.Length; i++)
        {
            profile.Clear();
            foreach (var (word, weight) in Weigh(texts[i].Title, texts[i].Summary))
                foreach (var gram in GramsOf(word))
                {
                    ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(grams, gram, out var known);
                    if (!known)
                    {
                        id = counts.Count;
                        counts.Add(0);
                    }
                    CollectionsMarshal.GetValueRefOrAddDefault(profile, id, out _) += weight / Length(word);
                }
            foreach (var gram in profile.Keys) counts[gram]++;
            profiles[i] = [.. profile.Select(g => (g.Key, g.Value))];
        }

        idf = [.. counts.Select(Idf)];
        starts = new int[counts.Count + 1];
        for (var g = 0; g < counts.Count; g++) starts[g + 1] = starts[g] + counts[g];
        (postings, weights) = (new int[starts[^1]], new float[starts[^1]]);
        var next = starts[..^1];
        for (var i = 0; i < profiles.Length; i++)
        {
            var norm = MathF.Sqrt(profiles[i].Sum(g => Square(g.Weight * idf[g.Gram])));
            foreach (var (gram, weight) in profiles[i]) (postings[next[gram]], weights[next[gram]++]) = (i, weight * idf[gram] / norm);
        }
    }

    /// <summary>Those with a score, from 0 to 1, of <paramref name="least"/> or more; best first, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<(int Number, double Score)> Find(string title, string summary, double least, int most)
    {
        var norm = 0f;
        var seen = new Dictionary<ulong, float>();
        var words = Weigh(title, summary);
        foreach (var (word, weight) in words)
            foreach (var gram in GramsOf(word)) CollectionsMarshal.GetValueRefOrAddDefault(seen, gram, out _) += weight / Length(word) * IdfOf(gram);
        foreach (var weight in seen.Values) norm += Square(weight);
        norm = MathF.Sqrt(norm);

        var (sum, best, here) = (new float[numbers.Length], new float[numbers.Length], new float[numbers.Length]);
        foreach (var (word, weight) in words)
        {
            foreach (var gram in GramsOf(word))
                if (grams.TryGetValue(gram, out var id))
                    for (var (p, share) = (starts[id], weight / Length(word) * idf[id] / norm); p < starts[id + 1]; p++) here[postings[p]] += share * weights[p];
            for (var i = 0; i < here.Length; i++)
            {
                if (here[i] == 0) continue;
                sum[i] += here[i];
                best[i] = MathF.Max(best[i], here[i]);
                here[i] = 0;
            }
        }
        return [.. Enumerable.Range(0, numbers.Length)
            .Select(i => (Number: numbers[i], Score: Math.Round(Math.Min(1d, sum[i] - OneWord * best[i]), 4)))
            .Where(f => f.Score >= least)
            .OrderByDescending(f => f.Score).ThenBy(f => f.Number).Take(most)];
    }

    float IdfOf(ulong gram) => grams.TryGetValue(gram, out var id) ? idf[id] : Idf(0);

    float Idf(int count) => MathF.Log((Math.Max(numbers.Length, AtLeast) + 1) / (count + 0.5f));

    /// <summary>Each word once, with the weight of the place where it says most.</summary>
    static Dictionary<string, float> Weigh(string title, string summary)
    {
        var words = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var word in Words.Of(title)) words[word] = TitleWeight;
        foreach (var word in Words.Of(summary)) words.TryAdd(word, 1);
        return words;
    }

    // The beginning of a word is a mark of its own, the end is not: endings are what differs between forms. Four characters fit into one number.
    static IEnumerable<ulong> GramsOf(string word)
    {
        for (var i = -1; i == -1 || i + N <= word.Length; i++)
        {
            var gram = 0UL;
            for (var j = i; j < i + N && j < word.Length; j++) gram = gram << 16 | (j < 0 ? ' ' : word[j]);
            yield return gram;
        }
    }

    // Long words have many n-grams; every word shall weigh the same before its rarity counts.
    static float Length(string word) => MathF.Sqrt(Math.Max(1, word.Length + 1 - N + 1));

    static float Square(float x) => x * x;
}
