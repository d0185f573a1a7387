using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Proposals;
using Discovery.Site;

namespace Discovery.Proposals.Lists;

/// <summary>
/// Which of the published proposals come onto the ballot list: those with the support that the charter asks for, and then a few of the emerging track, for which
/// places are reserved (features.md F5): max(1, ⌈0.15·K⌉), by the strength of their evidence, among those with support from at least two groups.
/// </summary>
internal static class Admission
{
    const double Reserve = 0.15;

    public const string Supported = "supported", Reserved = "reserved", FewVoices = "few-voices", FewGroups = "few-groups";

    /// <param name="Reason">Why it is on the list, <c>supported</c> or <c>reserved</c>, or why not: <c>few-voices</c>, <c>few-groups</c>.</param>
    public sealed record Verdict(Proposal Proposal, Support Support, string Reason)
    {
        public bool IsAdmitted => Reason is Supported or Reserved;
    }

    /// <param name="published">In the order of numbers; the answer has the same order.</param>
    public static IReadOnlyList<Verdict> Of(RoundCopy round, IReadOnlyList<Proposal> published, IReadOnlyDictionary<Guid, Support> support)
    {
        var (voices, groups) = (round.Charter.Endorsements, round.Charter.EndorsingGroups);
        var judged = published.Select(p =>
        {
            var own = support.GetValueOrDefault(p.Id) ?? Support.None;
            return new Verdict(p, own, own.Voices < voices ? FewVoices : own.ByGroup.Count < Math.Min(groups, voices) ? FewGroups : Supported);
        }).ToList();
        var reserved = judged.Where(v => !v.IsAdmitted && v.Proposal.Content.Track == "emerging" && v.Support.ByGroup.Count >= 2)
            .OrderByDescending(v => Strength.Of(v.Proposal.Content, v.Proposal.Verified).Evidence).ThenByDescending(v => v.Support.Voices).ThenByDescending(v => v.Support.ByGroup.Count).ThenBy(v => v.Proposal.Number)
            .Take(Math.Max(1, (int)Math.Ceiling(Reserve * round.Rules.K))).Select(v => v.Proposal.Number).ToHashSet();
        return [.. judged.Select(v => reserved.Contains(v.Proposal.Number) ? v with { Reason = Reserved } : v)];
    }
}
