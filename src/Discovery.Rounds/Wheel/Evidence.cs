using Discovery.Rounds.Charters;
using Discovery.Rounds.Progress;

namespace Discovery.Rounds.Wheel;

/// <summary>What the data of a round say about a factor of the wheel.</summary>
/// <param name="Score">Null: nothing, and then an official who knows decides alone.</param>
/// <param name="Text">Key of a text; with its values it says which numbers the score comes from.</param>
internal sealed record Evidence(int? Score, string Text, params object[] Values)
{
    static readonly Evidence Nothing = new(null, "rounds.wheel.nothing");

    /// <summary>Pure: the same data give the same scores. A factor on which the portal holds no data gets none.</summary>
    public static Evidence Of(string factor, WheelData data) => factor switch
    {
        Factors.Dynamics => Dynamics(data),
        Factors.Participation => Participation(data),
        Factors.Communication => Communication(data),
        Factors.Innovation => Innovation(data),
        Factors.Past => Past(data),
        Factors.Mass => Mass(data),
        Factors.Mechanism => Mechanism(data),
        _ => Nothing,
    };

    // Entrepreneurial actors: how many different firms have proposed.
    static Evidence Dynamics(WheelData data) => data.Firms is not { } firms || data.Proposals == 0 ? Nothing
        : new(firms switch { 0 => 1, < 5 => 2, < 15 => 3, < 50 => 4, _ => 5 }, "rounds.wheel.firms", firms, data.Proposals);

    // Groups of the charter with an author of their own; the best mark only where half of the municipalities have spoken too.
    static Evidence Participation(WheelData data)
    {
        if (data.GroupsWithAuthors is not { } groups || data.Proposals == 0) return Nothing;
        var wide = data.Municipalities == 0 || 2 * data.MunicipalitiesWithProposals >= data.Municipalities;
        var score = groups >= data.Groups ? wide ? 5 : 4 : 3 * groups >= 2 * data.Groups ? 3 : 2 * groups >= data.Groups ? 2 : 1;
        return new(score, "rounds.wheel.groups", groups, data.Groups, data.MunicipalitiesWithProposals, data.Municipalities);
    }

    // What everybody can read and check: question and summary in every language, then the hashes of the list and of the result.
    static Evidence Communication(WheelData data)
    {
        var hashes = (data.IsListed ? 1 : 0) + (data.IsPublished ? 1 : 0);
        return data.SaidInAllLanguages ? new(3 + hashes, "rounds.wheel.said", hashes) : new(2 + hashes, "rounds.wheel.said.part", hashes);
    }

    // Breadth of what was proposed.
    static Evidence Innovation(WheelData data) => data.Proposals == 0 ? Nothing
        : new(data.Sectors switch { 1 => 1, 2 => 2, <= 4 => 3, <= 7 => 4, _ => 5 }, "rounds.wheel.sectors", data.Sectors, data.Proposals);

    static Evidence Past(WheelData data) => data.EarlierRounds == 0 ? Nothing : new(3, "rounds.wheel.earlier", data.EarlierRounds);

    // Few priorities can reach a critical mass, many cannot.
    static Evidence Mass(WheelData data) => data.Shortlist == 0 ? Nothing
        : new(data.Shortlist switch { <= 6 => 5, <= 12 => 4, <= 20 => 3, <= 40 => 2, _ => 1 }, "rounds.wheel.mass", data.Shortlist, data.Listed ?? data.Proposals, data.K);

    // Whether the outcome can be followed: a sealed ledger and a published hash that anybody can recount to.
    static Evidence Mechanism(WheelData data) => !data.IsPublished ? Nothing : new(3, "rounds.wheel.recount", data.LedgerEntries ?? 0);
}

/// <param name="Firms">Different firms among the authors; null where the kinds of some authors are not known.</param>
/// <param name="GroupsWithAuthors">Voting groups with a published proposal; null likewise.</param>
internal sealed record WheelData(
    int Proposals, int Sectors, int? Firms, int Groups, int? GroupsWithAuthors, int Municipalities, int MunicipalitiesWithProposals, bool SaidInAllLanguages,
    bool IsListed, int? Listed, bool IsPublished, long? LedgerEntries, int Shortlist, int K, int EarlierRounds)
{
    public static WheelData Of(Round round, IReadOnlyList<KnownProposal> proposals, int earlierRounds, IReadOnlyList<string> languages)
    {
        var plan = round.Plan;
        // Imported rounds name no authors; an author whose kind is unknown would make any count of groups too small.
        var known = proposals.Count > 0 && proposals.All(p => p.Kind is not null);
        return new(
            proposals.Count, proposals.Select(p => p.Sector).Distinct().Count(),
            known ? proposals.Where(p => p.Kind == Contracts.Identity.OrganisationKinds.Firm).Select(p => p.Organisation).Distinct().Count() : null,
            plan.Groups.Count, known ? plan.Groups.Count(g => proposals.Any(p => g.Kinds.Contains(p.Kind!))) : null,
            plan.Region!.Cells.Count, proposals.Select(p => p.Municipality).OfType<string>().Distinct().Count(),
            languages.All(l => new[] { plan.Title, plan.Question, plan.Summary }.All(t => t.TryGetValue(l, out var said) && said.Length > 0)),
            round.ListHash is not null, round.Listed, round.ResultHash is not null, round.LedgerEntries, round.Shortlist.Count, plan.K, earlierRounds);
    }
}
