using Discovery.Proposals.Proposals;
using Discovery.Site;

namespace Discovery.Proposals.Versions;

/// <summary>Two have changed the same text: what each of them made of what was.</summary>
/// <param name="Kind">Which words say so: <see cref="Meanwhile"/> to whoever is writing, <see cref="Overtaken"/> to everybody else.</param>
internal sealed record ThreeWay(string Kind, IReadOnlyList<Comparison.Change> Theirs, IReadOnlyList<Comparison.Change> Yours)
{
    public const string Meanwhile = "meanwhile", Overtaken = "overtaken";

    /// <summary>For the form of whoever writes: all that the others have changed.</summary>
    public static ThreeWay Of(Content was, Content theirs, Content yours, Words<Texts> text, RoundCopy round) =>
        new(Meanwhile, Comparison.Of(was, theirs, text, round), Comparison.Of(was, yours, text, round));

    /// <summary>For readers of a suggestion that was overtaken: only the texts that it is about.</summary>
    public static ThreeWay OfSuggestion(Content was, Content theirs, Content suggested, Words<Texts> text, RoundCopy round)
    {
        var yours = Comparison.Of(was, suggested, text, round);
        return new(Overtaken, [.. Comparison.Of(was, theirs, text, round).Where(c => yours.Any(y => y.Field == c.Field))], yours);
    }
}
