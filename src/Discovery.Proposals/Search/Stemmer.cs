namespace Discovery.Proposals.Search;

/// <summary>
/// The stem of a word, for the search, which compares stems as wholes: Russian by Porter's Snowball algorithm (snowballstem.org/algorithms/russian), English by the first step
/// of Porter, "An algorithm for suffix stripping" (Program 14(3), 1980), which takes inflections off and leaves derivations alone. By the letters and not by the language:
/// Russian texts name things in English. Words come in lower case, with ё as е.
/// </summary>
internal static class Stemmer
{
    public static string Stem(string word) => word.Any(c => c is >= 'а' and <= 'я') ? Russian(word) : English(word);

    static string Russian(string word)
    {
        var rv = After(word, IsVowel, 0);
        if (rv == word.Length) return word;
        // R2 is found as R1 of R1: what follows a vowel and then a consonant, twice.
        var r2 = AfterPair(word, AfterPair(word, 0));

        if (!Cut(ref word, rv, GerundAfterA, afterA: true) && !Cut(ref word, rv, Gerund))
        {
            Cut(ref word, rv, Reflexive);
            if (Cut(ref word, rv, Adjective))
            {
                if (!Cut(ref word, rv, ParticipleAfterA, afterA: true)) Cut(ref word, rv, Participle);
            }
            else if (!Cut(ref word, rv, VerbAfterA, Verb)) Cut(ref word, rv, Noun);
        }
        if (word.Length > rv && word[^1] == 'и') word = word[..^1];
        Cut(ref word, r2, Derivation);
        if (Cut(ref word, rv, Superlative) || word.EndsWith("нн", StringComparison.Ordinal)) return word.EndsWith("нн", StringComparison.Ordinal) ? word[..^1] : word;
        return word.Length > rv && word[^1] == 'ь' ? word[..^1] : word;
    }

    /// <summary>The longest ending of either list; those of the first list only after а or я.</summary>
    static bool Cut(ref string word, int from, string[] afterA, string[] any)
    {
        var (first, second) = (Longest(word, from, afterA, true), Longest(word, from, any, false));
        var length = Math.Max(first, second);
        word = word[..^length];
        return length > 0;
    }

    static bool Cut(ref string word, int from, string[] endings, bool afterA = false)
    {
        var length = Longest(word, from, endings, afterA);
        word = word[..^length];
        return length > 0;
    }

    static int Longest(string word, int from, string[] endings, bool afterA)
    {
        foreach (var ending in endings)
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length is var at && (afterA ? at - 1 >= from && word[at - 1] is 'а' or 'я' : at >= from)) return ending.Length;
        return 0;
    }

    static string English(string word)
    {
        if (word.Length < 4) return word;
        if (word.EndsWith("sses", StringComparison.Ordinal)) word = word[..^2];
        else if (word.EndsWith("ies", StringComparison.Ordinal)) word = word[..^3] + "y";
        else if (word[^1] == 's' && word[^2] is not ('s' or 'u')) word = word[..^1];
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed"])
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal) || !word.AsSpan(0, word.Length - ending.Length).ContainsAny(EnglishVowels)) continue;
            word = word[..^ending.Length];
            // "hopping" is of hop, and "making" of make: the e of the other forms goes below.
            if (word.Length > 2 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'z')) word = word[..^1];
            break;
        }
        if (word.Length > 3 && word[^1] == 'e') word = word[..^1];
        return word.Length > 2 && word[^1] == 'y' ? word[..^1] + "i" : word;
    }

    static bool IsVowel(char c) => c is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'э' or 'ю' or 'я';

    static int After(string word, Func<char, bool> mark, int from)
    {
        while (from < word.Length && !mark(word[from])) from++;
        return Math.Min(word.Length, from + 1);
    }

    static int AfterPair(string word, int from) => After(word, c => !IsVowel(c), After(word, IsVowel, from));

    static readonly System.Buffers.SearchValues<char> EnglishVowels = System.Buffers.SearchValues.Create("aeiouy");

    static readonly string[]
        GerundAfterA = Longest("в вши вшись"), Gerund = Longest("ив ивши ившись ыв ывши ывшись"), Reflexive = Longest("ся сь"),
        Adjective = Longest("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею"),
        ParticipleAfterA = Longest("ем нн вш ющ щ"), Participle = Longest("ивш ывш ующ"),
        VerbAfterA = Longest("ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно"),
        Verb = Longest("ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю"),
        Noun = Longest("а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я"),
        Derivation = Longest("ост ость"), Superlative = Longest("ейш ейше");

    static string[] Longest(string endings) => [.. endings.Split(' ').OrderByDescending(e => e.Length)];
}
