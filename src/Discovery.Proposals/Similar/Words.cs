using System.Collections.Frozen;

namespace Discovery.Proposals.Similar;

/// <summary>
/// Words of a text as the comparison sees them: lower case, ё as е, without function words, without inflectional endings. Taking off too much or too little is harmless,
/// because stems are compared by their character n-grams and not as wholes; so short lists of endings do (a light stemmer: Dolamic, Savoy, "Indexing and searching
/// strategies for the Russian language", JASIST 60(12), 2009; for English Harman, "How effective is suffixing?", JASIS 42(1), 1991).
/// </summary>
internal static class Words
{
    // A new text may be anything that somebody pasted.
    const int Most = 300;

    // What is left must still say something.
    const int LeastRussian = 4, LeastEnglish = 3;

    public static IEnumerable<string> Of(string text) => Plain(text, Most).Select(Stem);

    /// <summary>The same with their endings, at most so many.</summary>
    public static IReadOnlyList<string> Plain(string text, int most)
    {
        var (start, found) = (-1, new List<string>());
        for (var i = 0; i <= text.Length && found.Count < most; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            var word = text[start..i].ToLowerInvariant().Replace('ё', 'е');
            start = -1;
            if (word.Length >= 2 && !Function.Contains(word)) found.Add(word);
        }
        return found;
    }

    /// <summary>By the letters and not by the language: Russian texts name things in English.</summary>
    static string Stem(string word)
    {
        var (endings, least) = word.Any(c => c is >= 'а' and <= 'я') ? (Russian, LeastRussian) : (English, LeastEnglish);
        foreach (var ending in endings)
            if (word.Length - ending.Length >= least && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    static readonly string[]
        Russian = LongestFirst("""
            ами ями ого его ому ему ыми ими ая яя ое ее ые ие ый ий ой ей ом ем ам ям ах ях ов ев ую юю ых их ым им ою ею а я о е ы и у ю ь й
            ть ться тся ет ит ют ят ут ат ете ите ешь ишь л ла ло ли
            """),
        English = LongestFirst("ing ed es s e ies ly er ers");

    static readonly FrozenSet<string> Function = Split("""
        и в во на с со к ко о об от до из за для по при про через после перед около среди вокруг кроме вдоль против под над без у между не ни но а или что чтобы как где там когда если пока так чем бы же ли да нет
        это этот эта эти этой этого этих этим тот та те той того тех тем такой такая такие кто кого кому чей который которая которые
        я ты мы вы он она они оно нас вас нам вам их его ее ей ней нее него нею ним них мной меня мне тебя себя себе собой
        наш наша наше наши нашего нашей нашу наших нашим нашими ваш свой своя свое свои своего своей свою своих своим своими сам сама само сами самих
        весь вся все всех всего всем всей каждый каждая каждое каждой каждого каждому каждом любой другой другие других
        один одна одно одни одной одного одну одним два две двух три трех
        быть есть был была были было будет будут может могут можно нужно нужен нужна нужны надо пусть вместо
        потом затем теперь сейчас здесь тут уже еще только также тоже лишь даже больше меньше более менее ничего никто
        the a an of and or in on at to for from by with without into onto over under up down out off about against along among around after before between through
        is are be was were been being has have had do does did done can could may might must should would will shall let
        we i you he she they it its us me them him her my your his our ours their own this that these those which who whom whose what where when while until there here
        as if then than because so not no nor but yet also too very just even still only now again all any some other others another same such both each every more most less few many much
        one two three whatever whenever nobody everybody
        """).ToFrozenSet(StringComparer.Ordinal);

    static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static string[] LongestFirst(string endings) => [.. Split(endings).OrderByDescending(e => e.Length)];
}
