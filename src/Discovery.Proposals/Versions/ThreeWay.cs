using Discovery.Proposals.Proposals;
using Discovery.Site;

namespace Discovery.Proposals.Versions;

/// <summary>Two have changed the same text: what each of them made of what was.</summary>
internal sealed record ThreeWay(IReadOnlyList<Comparison.Change> Theirs, IReadOnlyList<Comparison.Change> Yours)
{
    public static ThreeWay Of(Content was, Content theirs, Content yours, Words<Texts> text, RoundCopy round) =>
        new(Comparison.Of(was, theirs, text, round), Comparison.Of(was, yours, text, round));
}
