namespace Discovery.Contracts.Rounds;

/// <summary>
/// The charter of a round: all that participants may rely on. Frozen when the round is published.
/// </summary>
/// <param name="Rules">What the count uses, as the exact JSON text of a <see cref="CountingRules"/>; <c>rulesHash</c> is the SHA-256 of its UTF-8 bytes, and only of them: dates and texts have versions of their own.</param>
/// <param name="Origin">One of <see cref="Origins"/>.</param>
/// <param name="Standings">Who sees live standings while voting runs: <c>auditors</c> or <c>everybody</c>.</param>
/// <param name="Profile">One of <see cref="Profiles"/>: which defaults it was written from.</param>
/// <param name="Endorsements">How many organisations must support a proposal before it may stand on the ballot list; 0: none.</param>
/// <param name="EndorsingGroups">From how many groups they must come.</param>
/// <param name="Verification">Who checks the mandates of voters; null in rounds that a tool filled.</param>
/// <param name="Appeals">Who decides when somebody objects to a decision.</param>
/// <param name="Moderation">What is not published, and why.</param>
/// <param name="ReplyDays">Within how many days the authority answers every proposal.</param>
/// <param name="Version">1 when published; each amendment of dates or texts is the next one.</param>
public sealed record Charter(
    string Slug, Region Region, Text Title, Text Question, Text Summary, IReadOnlyList<GroupText> Groups, string Rules, string RulesHash,
    IReadOnlyList<Phase> Phases, string Origin, string Standings = "auditors", int ReconciliationHours = 0,
    string Profile = Profiles.Regional, int Endorsements = 0, int EndorsingGroups = 0, Contact? Verification = null, Contact? Appeals = null,
    Text? Moderation = null, int ReplyDays = 30, int Version = 1);

/// <summary>Whom to turn to: a person or an office, and a public address (e-mail, telephone or room).</summary>
public sealed record Contact(Text Name, string Address);

/// <summary>The kinds of round that there are templates for (features.md F10).</summary>
public static class Profiles
{
    public const string Regional = "regional", City = "city", LocalSocial = "local-social";

    public static readonly IReadOnlyList<string> All = [Regional, City, LocalSocial];
}

/// <summary>The region that runs the round; the emblem and the map are drawn from <paramref name="Cells"/>.</summary>
/// <param name="Zone">IANA time zone of all its deadlines.</param>
/// <param name="Brand">One of the four palettes of the sheet: reka, bor, brusnika, chernila.</param>
/// <param name="River">One x per row of the honeycomb, in cells; empty where there is none.</param>
public sealed record Region(string Slug, Text Name, string Zone, string Brand, IReadOnlyList<Cell> Cells, IReadOnlyList<double> River);

/// <summary>A municipality as a cell of the honeycomb.</summary>
public sealed record Cell(string Key, Text Name, int Row, double Column, bool Capital = false);

/// <summary>A voting group as people see it, and the kinds of organisation that belong to it.</summary>
public sealed record GroupText(string Id, Text Name, Text Short, IReadOnlyList<string> Kinds);

/// <summary>A phase with its planned time; the end of voting is decided by Voting's own clock.</summary>
public sealed record Phase(string Kind, DateTimeOffset Starts, DateTimeOffset Ends);

public static class PhaseKinds
{
    public const string Proposals = "proposals", Admission = "admission", Voting = "voting", Results = "results";

    public static readonly IReadOnlyList<string> InOrder = [Proposals, Admission, Voting, Results];
}

/// <summary>Where a round comes from. Only imported and demonstration rounds may be filled by a tool, and every page says that they were.</summary>
public static class Origins
{
    public const string Live = "live", Demonstration = "demonstration", Import = "import";
}

/// <summary>All that decides the outcome of the count (ranking.md 2.1-2.5).</summary>
/// <param name="K">Length of the shortlist.</param>
/// <param name="Ballot"><c>ranking</c> or <c>approval</c>.</param>
/// <param name="MaxRanked">How many proposals one ballot may name.</param>
/// <param name="Floor">θ: least share of the balanced weight that must approve a priority on the list, as <c>p/q</c>.</param>
/// <param name="Breadth">β: least approval share in each of two groups, as <c>p/q</c>; who fails it comes after all others and is marked.</param>
/// <param name="Exposure">Whether proposals that less than half of the weight has seen are set apart.</param>
/// <param name="ListedTies">Ties by the order of the list instead of the sealed seed. For the replay of elections that were counted so.</param>
/// <param name="SeedCommitment">SHA-256 of r, lower-case hex: r is revealed at the seal and makes the tie order with the Merkle root.</param>
public sealed record CountingRules(
    int K, string Ballot, int MaxRanked, bool Ties, string Floor, string Breadth, bool Exposure, int Rho, bool ListedTies,
    IReadOnlyList<GroupRule> Groups, string SeedCommitment);

/// <param name="Weight">Charter weight w_g, a whole number.</param>
/// <param name="Damping">q_g in ordinary ballots; null for the default rule of ranking.md 2.2.</param>
/// <param name="Partner">With whom it is counted when it has fewer than 10 ballots; null: it stands alone.</param>
public sealed record GroupRule(string Id, int Weight = 1, int? Damping = null, string? Partner = null);
