using Discovery.Contracts;
using Discovery.Proposals.Activities;
using FluentValidation;

namespace Discovery.Proposals.Proposals;

/// <summary>What an author may add to the few questions that everybody answers: all of it may stay empty, and all of it is public. One JSON column.</summary>
internal sealed record Details
{
    /// <summary>Activity codes, <c>okved2:10.71</c> or <c>nace:10.71</c>. Never needed: what is new has none yet (features.md F5).</summary>
    public List<string> Activities { get; init; } = [];

    /// <summary>A field of the Frascati Manual (OECD 2015, table 2.2), for example <c>2.9</c>.</summary>
    public string? Science { get; init; }

    /// <summary>Key enabling technologies, of <see cref="DetailChoices.Technologies"/>.</summary>
    public List<string> Technologies { get; init; } = [];

    /// <summary>Whether the author develops or uses them.</summary>
    public string? TechnologyRole { get; init; }

    /// <summary>Names of existing clusters that it joins; two or more make a junction.</summary>
    public List<string> Clusters { get; init; } = [];

    /// <summary>Other regions that it spans.</summary>
    public List<string> Regions { get; init; } = [];

    /// <summary>Those who take part without being authors, by name.</summary>
    public List<string> Partners { get; init; } = [];

    /// <summary>What the authors put in themselves: money, people, equipment (features.md F8).</summary>
    public Text Contribution { get; init; } = [];

    /// <summary>What happens when nobody supports it.</summary>
    public Text WithoutSupport { get; init; } = [];

    /// <summary>In which of the last five years the authors received public support for this.</summary>
    public List<int> SupportYears { get; init; } = [];

    /// <summary>What the author says to the mark "rescue of the drowning".</summary>
    public Text RescueAnswer { get; init; } = [];

    /// <summary>What is different here, where other regions have the same priority (features.md F6).</summary>
    public Text Different { get; init; } = [];

    /// <summary>Why it was sent although others had proposed something similar.</summary>
    public Text Apart { get; init; } = [];

    /// <summary>Tags of what is looked for and what is given, of <see cref="DetailChoices.Exchange"/>, and in the author's words (features.md F3).</summary>
    public List<string> Needs { get; init; } = [];
    public List<string> Offers { get; init; } = [];
    public Text NeedsText { get; init; } = [];
    public Text OffersText { get; init; } = [];

    /// <summary>Who is missing in the value chain (features.md F10).</summary>
    public List<Gap> Missing { get; init; } = [];

    /// <summary>Horizontal measures, one for each cell that is not empty (features.md F4).</summary>
    public List<Measure> Measures { get; init; } = [];

    /// <summary>Which existing activities it combines (features.md F5).</summary>
    public Text Combines { get; init; } = [];

    /// <summary>Words by which somebody would look for it: technologies, customers, professions.</summary>
    public List<string> Keywords { get; init; } = [];

    /// <summary>Organisations anywhere that do it already.</summary>
    public List<Example> Examples { get; init; } = [];

    public List<EvidenceItem> Evidence { get; init; } = [];

    /// <param name="Role">One of <see cref="DetailChoices.Roles"/>.</param>
    /// <param name="How">One of <see cref="DetailChoices.Ways"/>.</param>
    public sealed record Gap(string Role, string? How, string? Note);

    /// <param name="Cell">One of <see cref="DetailChoices.Cells"/>.</param>
    /// <param name="State">One of <see cref="DetailChoices.States"/>.</param>
    public sealed record Measure(string Cell, string? State, string? Note);

    /// <param name="Country">As people write it.</param>
    /// <param name="Code">Its registered main activity, where known: <c>okved2:…</c> or <c>nace:…</c>, or the bare code.</param>
    public sealed record Example(string? Name, string? Country, string? Code);

    /// <summary>Something that supports a claim.</summary>
    /// <param name="Id">Given when it is first saved.</param>
    /// <param name="Type">One of <see cref="DetailChoices.EvidenceTypes"/>.</param>
    /// <param name="Claim">Which answer it supports, of <see cref="DetailChoices.Claims"/>.</param>
    /// <param name="Link">An https or http address.</param>
    /// <param name="File">An attachment.</param>
    public sealed record EvidenceItem(Guid Id, string? Type, string? Claim, string? Text, string? Link, Guid? File);

    public Details Cleaned() => this with
    {
        Activities = Distinct(Activities), Technologies = Distinct(Technologies), Clusters = Lines(Clusters), Regions = Lines(Regions), Partners = Lines(Partners), Keywords = Lines(Keywords),
        Science = Blank(Science), TechnologyRole = Blank(TechnologyRole),
        Contribution = PlainText.Paragraphs(Contribution), WithoutSupport = PlainText.Paragraphs(WithoutSupport), RescueAnswer = PlainText.Paragraphs(RescueAnswer), Different = PlainText.Paragraphs(Different), Apart = PlainText.Paragraphs(Apart),
        SupportYears = [.. (SupportYears ?? []).Distinct().Order()],
        Needs = Distinct(Needs), Offers = Distinct(Offers), NeedsText = PlainText.Paragraphs(NeedsText), OffersText = PlainText.Paragraphs(OffersText),
        Missing = [.. (Missing ?? []).Where(g => !string.IsNullOrEmpty(g.How)).Select(g => g with { Note = Blank(PlainText.Line(g.Note)) })],
        Measures = [.. (Measures ?? []).Where(m => !string.IsNullOrEmpty(m.State)).Select(m => m with { Note = Blank(PlainText.Line(m.Note)) })],
        Combines = PlainText.Paragraphs(Combines),
        Examples = [.. (Examples ?? []).Select(e => new Example(Blank(PlainText.Line(e.Name)), Blank(PlainText.Line(e.Country)), Blank(PlainText.Line(e.Code)))).Where(e => e.Name is not null)],
        Evidence = [.. (Evidence ?? []).Where(e => !string.IsNullOrWhiteSpace(e.Text) || !string.IsNullOrWhiteSpace(e.Link) || e.File is not null)
            .Select(e => e with { Id = e.Id == Guid.Empty ? Guid.CreateVersion7() : e.Id, Text = Blank(PlainText.Line(e.Text)), Link = Blank(PlainText.Line(e.Link)) })],
    };

    /// <summary>All words that people wrote, for the search and for moderators.</summary>
    public IEnumerable<string> Words(string lang)
    {
        foreach (var text in new[] { Contribution, WithoutSupport, RescueAnswer, Different, Apart, NeedsText, OffersText, Combines })
            if (text.TryGetValue(lang, out var said)) yield return said;
        foreach (var word in Clusters.Concat(Regions).Concat(Partners).Concat(Keywords)) yield return word;
        foreach (var note in Missing.Select(g => g.Note).Concat(Measures.Select(m => m.Note)).Concat(Examples.Select(e => e.Name)).Concat(Evidence.SelectMany(e => new[] { e.Text, e.Link })))
            if (note is not null) yield return note;
    }

    static List<string> Distinct(List<string>? values) => [.. (values ?? []).Where(v => !string.IsNullOrWhiteSpace(v)).Distinct()];

    /// <summary>A form sends several in one field, a line each.</summary>
    internal static List<string> Lines(List<string>? values) => [.. (values ?? []).SelectMany(v => (v ?? "").Split('\n')).Select(PlainText.Line).Where(v => v.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

/// <summary>The words that details choose from; their texts are <c>proposals.{question}.{key}</c>.</summary>
internal static class DetailChoices
{
    public static readonly IReadOnlyList<string>
        // Frascati Manual 2015: the second level of the six fields.
        Science =
        [
            "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10", "2.11",
            "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "4.4", "4.5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.1", "6.2", "6.3", "6.4", "6.5",
        ],
        // European Commission, COM(2018) 306: the six key enabling technologies.
        Technologies = ["manufacturing", "materials", "life-science", "electronics", "ai", "security"],
        TechnologyRoles = ["developer", "user", "both"],
        Exchange =
        [
            "material", "equipment", "premises", "laboratory", "testing", "certification", "design", "software", "data", "logistics", "packaging", "energy", "waste",
            "specialists", "training", "research", "prototype", "production", "sales", "export", "buyer", "finance",
        ],
        Roles = ["supplier", "producer", "tester", "investor", "specialist", "researcher", "buyer", "regulator"],
        Ways = ["promote", "attract", "both"],
        // R23-R34 and the four conditions of features.md F4.
        Cells =
        [
            "clusters", "sme", "infrastructure", "cooperation", "digital", "technologies", "creative", "international", "finance", "procurement", "green", "social",
            "regulation", "finance-system", "competition", "skills",
        ],
        States = ["asked", "offered", "not-needed"],
        EvidenceTypes = ["pilot", "intent", "vacancy", "science", "purchase", "community", "statistics", "other"],
        Claims = ["today", "market", "strengths", "contribution", "other"];
}

/// <summary>Limits of what is optional. Whatever chooses from a list must choose from it.</summary>
internal sealed class DetailsRules : AbstractValidator<Details>
{
    public const int Answer = 2000, Line = 200, Items = 20, Support = 5;

    public DetailsRules(TimeProvider clock)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        ClassLevelCascadeMode = CascadeMode.Continue;
        foreach (var (text, name) in new (System.Linq.Expressions.Expression<Func<Details, Text>>, string)[]
        {
            (d => d.Contribution, "Contribution"), (d => d.WithoutSupport, "WithoutSupport"), (d => d.RescueAnswer, "RescueAnswer"), (d => d.Different, "Different"), (d => d.Apart, "Apart"),
            (d => d.NeedsText, "NeedsText"), (d => d.OffersText, "OffersText"), (d => d.Combines, "Combines"),
        })
            RuleFor(text).Must(t => PlainText.Longest(t) <= Answer).WithMessage("proposals.answer.long").OverridePropertyName(name);
        foreach (var (list, name) in new (System.Linq.Expressions.Expression<Func<Details, List<string>>>, string)[]
        {
            (d => d.Clusters, "Clusters"), (d => d.Regions, "Regions"), (d => d.Partners, "Partners"), (d => d.Keywords, "Keywords"), (d => d.Activities, "Activities"),
        })
            RuleFor(list).Must(l => Details.Lines(l) is var lines && lines.Count <= Items && lines.All(v => v.Length <= Line)).WithMessage("proposals.lines.long").OverridePropertyName(name);
        RuleFor(d => d.Activities).Must(l => l is null || l.All(code => code is not null && ActivityCodes.Name(code) is not null)).WithMessage("proposals.activities.unknown");
        Known(d => d.Technologies, DetailChoices.Technologies, "Technologies");
        Known(d => d.Needs, DetailChoices.Exchange, "Needs");
        Known(d => d.Offers, DetailChoices.Exchange, "Offers");
        RuleFor(d => d.Science).OneOf(DetailChoices.Science).WithMessage("proposals.choice.unknown").When(d => !string.IsNullOrEmpty(d.Science));
        RuleFor(d => d.TechnologyRole).OneOf(DetailChoices.TechnologyRoles).WithMessage("proposals.choice.unknown").When(d => !string.IsNullOrEmpty(d.TechnologyRole));
        RuleFor(d => d.SupportYears).Must(years => years is null || years.All(y => y <= clock.GetUtcNow().Year && y > clock.GetUtcNow().Year - Support)).WithMessage("proposals.support-years.range");
        RuleFor(d => d.Missing).Must(all => All(all, g => DetailChoices.Roles.Contains(g.Role) && (string.IsNullOrEmpty(g.How) || DetailChoices.Ways.Contains(g.How)) && IsShort(g.Note))).WithMessage("proposals.missing.wrong");
        RuleFor(d => d.Measures)
            .Must(all => All(all, m => DetailChoices.Cells.Contains(m.Cell) && (string.IsNullOrEmpty(m.State) || DetailChoices.States.Contains(m.State)) && IsShort(m.Note, 500))).WithMessage("proposals.measures.wrong")
            .Must(all => All(all, m => m.State != "not-needed" || !string.IsNullOrWhiteSpace(m.Note))).WithMessage("proposals.measures.why");
        RuleFor(d => d.Examples).Must(all => All(all, e => IsShort(e.Name) && IsShort(e.Country) && IsShort(e.Code, 20))).WithMessage("proposals.lines.long");
        RuleFor(d => d.Evidence)
            .Must(all => All(all, e => IsShort(e.Text, 500) && IsShort(e.Link, 500))).WithMessage("proposals.evidence.long")
            .Must(all => All(all, e => IsEmpty(e) || DetailChoices.EvidenceTypes.Contains(e.Type))).WithMessage("proposals.evidence.type")
            .Must(all => All(all, e => IsEmpty(e) || DetailChoices.Claims.Contains(e.Claim))).WithMessage("proposals.evidence.claim")
            .Must(all => All(all, e => string.IsNullOrWhiteSpace(e.Link) || IsLink(PlainText.Line(e.Link)))).WithMessage("proposals.evidence.link");
    }

    void Known(System.Linq.Expressions.Expression<Func<Details, List<string>>> list, IReadOnlyList<string> choices, string name) =>
        RuleFor(list).Must(l => l is null || l.All(choices.Contains)).WithMessage("proposals.choice.unknown").OverridePropertyName(name);

    static bool All<T>(List<T>? all, Func<T, bool> holds) => all is null || (all.Count <= Items && all.All(holds));

    static bool IsShort(string? text, int most = Line) => (text?.Length ?? 0) <= most;

    static bool IsEmpty(Details.EvidenceItem e) => string.IsNullOrWhiteSpace(e.Text) && string.IsNullOrWhiteSpace(e.Link) && e.File is null;

    static bool IsLink(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0;
}
