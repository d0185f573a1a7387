using Discovery.Proposals.Proposals;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>The form in steps. Only the first two must be filled in; a step sends its own fields, and the draft keeps the others.</summary>
internal static class Steps
{
    public const string What = "what", Why = "why", Evidence = "evidence", Links = "links", Measures = "measures", Check = "check";

    public static readonly IReadOnlyList<string> All = [What, Why, Evidence, Links, Measures, Check];

    public static string Next(string step) => All[Math.Min(All.Count - 1, Index(step) + 1)];

    public static string? Before(string step) => Index(step) is > 0 and var at ? All[at - 1] : null;

    static int Index(string step) => Math.Max(0, All.ToList().IndexOf(step));

    /// <summary>What was written before, with what this step has sent.</summary>
    public static SubmitProposal.Form Merge(string step, SubmitProposal.Form saved, SubmitProposal.Form sent)
    {
        var (old, now) = (saved.Details ?? new(), sent.Details ?? new());
        return step switch
        {
            What => saved with { Title = sent.Title, Summary = sent.Summary, Sector = sent.Sector, Also = sent.Also, Municipality = sent.Municipality, Track = sent.Track, Kind = sent.Kind, Mode = sent.Mode },
            Why => saved with
            {
                Today = sent.Today, Market = sent.Market, Strengths = sent.Strengths, Horizon = sent.Horizon,
                Details = old with { Contribution = now.Contribution, WithoutSupport = now.WithoutSupport, SupportYears = now.SupportYears },
            },
            Evidence => saved with
            {
                Details = old with
                {
                    Evidence = now.Evidence, Combines = now.Combines, Keywords = now.Keywords, Examples = now.Examples,
                    Activities = now.Activities, Science = now.Science, Technologies = now.Technologies, TechnologyRole = now.TechnologyRole,
                },
            },
            Links => saved with
            {
                Details = old with
                {
                    Clusters = now.Clusters, Regions = now.Regions, Partners = now.Partners, Needs = now.Needs, Offers = now.Offers, NeedsText = now.NeedsText, OffersText = now.OffersText,
                    Missing = now.Missing,
                },
            },
            Measures => saved with { Details = old with { Measures = now.Measures } },
            _ => saved with { Organisation = sent.Organisation, CoAuthors = sent.CoAuthors, Details = old with { Apart = now.Apart, RescueAnswer = now.RescueAnswer, Different = now.Different } },
        };
    }

    /// <summary>In which step a field stands: an error of the whole form points there.</summary>
    /// <param name="property">As the validator names it: <c>Input.Title</c>, <c>Input.Details.Evidence</c>.</param>
    public static string Of(string property) => property.Split('.', '[') switch
    {
        ["Input", "Details", "Contribution" or "WithoutSupport" or "SupportYears", ..] => Why,
        ["Input", "Details", "Evidence" or "Combines" or "Keywords" or "Examples" or "Activities" or "Science" or "Technologies" or "TechnologyRole", ..] => Evidence,
        ["Input", "Details", "Measures", ..] => Measures,
        ["Input", "Details", "Apart" or "RescueAnswer" or "Different", ..] => Check,
        ["Input", "Details", ..] => Links,
        ["Input", "Today" or "Market" or "Strengths" or "Horizon", ..] => Why,
        ["Input", "Organisation" or "CoAuthors", ..] => Check,
        _ => What,
    };
}
