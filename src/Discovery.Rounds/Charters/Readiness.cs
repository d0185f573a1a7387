using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;
using Discovery.Rounds.Authority;

namespace Discovery.Rounds.Charters;

/// <summary>
/// What a charter still lacks before it may be published. What blocks would make the round unfair or impossible to run; what warns is for the officials to judge.
/// </summary>
internal static class Readiness
{
    public const string Done = "done", Block = "block", Warn = "warn";

    /// <summary>Less is hardly noticed by those who do not look every week.</summary>
    static readonly TimeSpan ShortVote = TimeSpan.FromDays(7);

    /// <param name="Key">The texts are <c>rounds.ready.{Key}</c> and, where it is not done, <c>rounds.ready.{Key}.{Why}</c>.</param>
    /// <param name="Values">For the gaps of that text.</param>
    /// <param name="Field">Where the charter's form mends it; null: not there.</param>
    public sealed record Check(string Key, string State, string? Why = null, IReadOnlyList<Text>? Values = null, string? Field = null);

    /// <param name="languages">In which the portal speaks.</param>
    /// <param name="officials">Who, as far as Identity has told, may run rounds of this region.</param>
    public static IReadOnlyList<Check> Of(Round round, IReadOnlyList<string> languages, IReadOnlyList<KnownOfficial> officials, DateTimeOffset now)
    {
        var plan = round.Plan;
        return
        [
            Texts(plan, languages), Weights(plan), Kinds(plan), Small(plan), Contacts(plan.Verification, "verification"), Contacts(plan.Appeals, "appeals"), Independence(plan),
            plan.Moderation.Count == 0 ? new("moderation", Block, "missing", Field: "Input.Moderation[ru]") : new("moderation", Done),
            Ballot(plan), Dates(plan, now), Vote(plan), Factor(officials, round.Region), Second(officials),
            round.SeedCommitment is null ? new("seed", Block, "missing") : new("seed", Done),
        ];
    }

    static Check Texts(DraftRound.Form plan, IReadOnlyList<string> languages)
    {
        Text[] texts = [plan.Title, plan.Question, plan.Summary, plan.Region!.Name, .. plan.Groups.Select(g => g.Name)];
        return languages.Any(lang => texts.Any(t => t.LanguageFor(lang) != lang)) ? new("texts", Warn, "missing", Field: "Input.Title[ru]") : new("texts", Done);
    }

    // A weight of zero asks a group to vote and does not count it.
    static Check Weights(DraftRound.Form plan) =>
        plan.Groups.FirstOrDefault(g => g.Weight == 0) is { } group ? new("weights", Block, "zero", [group.Name], $"Input.Groups[{plan.Groups.ToList().IndexOf(group)}].Weight")
        : plan.Groups.Count > 1 && plan.Groups.Max(g => g.Weight) * 2 > plan.Groups.Sum(g => g.Weight) ? new("weights", Warn, "majority", [plan.Groups.MaxBy(g => g.Weight)!.Name], "Input.Groups[0].Weight")
        : new("weights", Done);

    static Check Kinds(DraftRound.Form plan) =>
        // Public bodies run and answer; they have no vote.
        OrganisationKinds.All.Where(k => k != OrganisationKinds.PublicBody).Any(kind => !plan.Groups.Any(g => g.Kinds.Contains(kind))) ? new("kinds", Warn, "left", Field: "Input.Groups[0].Kinds") : new("kinds", Done);

    static Check Small(DraftRound.Form plan) =>
        plan.Groups.Count > 1 && plan.Groups.FirstOrDefault(g => g.Partner is null) is { } alone ? new("partners", Warn, "missing", [alone.Name], $"Input.Groups[{plan.Groups.ToList().IndexOf(alone)}].Partner") : new("partners", Done);

    static Check Contacts(Contact? contact, string key) =>
        contact is null ? new(key, Block, "missing", Field: $"Input.{char.ToUpperInvariant(key[0])}{key[1..]}.Name[ru]") : new(key, Done);

    // Who has decided once cannot judge the objection.
    static Check Independence(DraftRound.Form plan) =>
        plan.Appeals is { } appeals && plan.Verification is { } verification && appeals.Address.Equals(verification.Address, StringComparison.OrdinalIgnoreCase)
            ? new("independence", Warn, "same", Field: "Input.Appeals.Address") : new("independence", Done);

    static Check Ballot(DraftRound.Form plan) =>
        plan.Ballot == "ranking" && plan.MaxRanked < Math.Min(plan.K, 3) ? new("ballot", Warn, "short", Field: "Input.MaxRanked") : new("ballot", Done);

    static Check Dates(DraftRound.Form plan, DateTimeOffset now)
    {
        var voting = plan.Phases.Select((phase, at) => (phase, at)).Single(p => p.phase.Kind == PhaseKinds.Voting);
        // The clock would run through all phases at once.
        if (voting.phase.Ends <= now) return new("dates", Block, "late", Field: $"Input.Phases[{voting.at}].Ends");
        return plan.Phases[0].Starts <= now ? new("dates", Warn, "begun", Field: "Input.Phases[0].Starts") : new("dates", Done);
    }

    static Check Vote(DraftRound.Form plan)
    {
        var voting = plan.Phases.Single(p => p.Kind == PhaseKinds.Voting);
        var end = TimeZoneInfo.ConvertTime(voting.Ends, TimeZoneInfo.FindSystemTimeZoneById(plan.Region!.Zone));
        var field = $"Input.Phases[{plan.Phases.ToList().IndexOf(voting)}].Ends";
        return voting.Ends - voting.Starts < ShortVote ? new("vote", Warn, "short", Field: field)
            : end.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || end.Hour is < 9 or > 20 ? new("vote", Warn, "unattended", Field: field)
            : new("vote", Done);
    }

    // Those appointed for this region; who holds the role everywhere is the operator's care.
    static Check Factor(IReadOnlyList<KnownOfficial> officials, string region) =>
        officials.Count == 0 ? new("factor", Warn, "unknown") : officials.Any(o => o.Regions.Contains(region) && !o.HasSecondFactor) ? new("factor", Block, "missing") : new("factor", Done);

    static Check Second(IReadOnlyList<KnownOfficial> officials) => officials.Count < 2 ? new("second", Warn, "alone") : new("second", Done);
}
