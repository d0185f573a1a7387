using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Rounds.Charters;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Rounds;

/// <summary>A page that asks for parts of a charter.</summary>
internal interface ICharterForm
{
    Sheet Input { get; }
}

/// <summary>The charter as pages ask for it: part by part, so that each fits a phone and an afternoon.</summary>
internal static class CharterForm
{
    public const string Groups = "groups", Count = "count";

    static readonly string[] Zones =
    [
        "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
        "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "UTC",
    ];

    /// <summary>The parts in their order; each has a partial of its name.</summary>
    public static readonly IReadOnlyList<string> Parts = ["what", "region", Groups, Count, "admission", "people", "dates"];

    /// <summary>The part that asks for a field, such as <c>Input.Groups[0].Weight</c>.</summary>
    public static string PartOf(string field) => field.Split('.', '[')[1] switch
    {
        "Region" => "region",
        "Groups" => Groups,
        "Endorsements" or "EndorsingGroups" or "Moderation" => "admission",
        "Verification" or "Appeals" or "ReplyDays" => "people",
        "Phases" => "dates",
        "Title" or "Question" or "Summary" or "Slug" => "what",
        _ => Count,
    };

    public static string Partial(string part) => $"_Charter{char.ToUpperInvariant(part[0])}{part[1..]}";

    /// <summary>What no page asks stays as the model has it: how much a small group weighs, how ties were decided, short names.</summary>
    public static DraftRound.Form Keep(DraftRound.Form form, DraftRound.Form model) => form with
    {
        Rho = model.Rho,
        ListedTies = model.ListedTies,
        Groups = [.. form.Groups.Select(g => model.Groups.FirstOrDefault(o => o.Id == g.Id) is { } old ? g with { Damping = old.Damping, Short = SameName(old, g) ? old.Short : null } : g)],
    };

    static bool SameName(DraftRound.Group old, DraftRound.Group now) => old.Name.SequenceEqual(now.Name.Where(t => !string.IsNullOrWhiteSpace(t.Value)));

    /// <summary>Every text gets a place for every language.</summary>
    public static void Prepare(Sheet sheet)
    {
        foreach (var text in (Text[])[sheet.Title, sheet.Question, sheet.Summary, sheet.Moderation, sheet.Region.Name, sheet.Verification.Name, sheet.Appeals.Name, .. sheet.Groups.Select(g => g.Name)])
            foreach (var lang in Lang.All) text.TryAdd(lang, "");
    }

    public static IEnumerable<SelectListItem> ZoneItems(Words<Texts> text, Sheet sheet) =>
        Zones.Union([sheet.Region.Zone]).Select(z => new SelectListItem(text.Find("rounds.zone." + z) ?? z, z));

    /// <summary>The answers to a question, each with what it does to the count where there is something to say.</summary>
    public static IEnumerable<SelectListItem> Items(Words<Texts> text, string question, params IEnumerable<string> answers) =>
        answers.Select(a => new SelectListItem(text[$"rounds.{question}.{a}"], a) { Group = text.Find($"rounds.{question}.{a}.hint") is { } hint ? new() { Name = hint } : null });

    public static IEnumerable<SelectListItem> KindItems(Words<Texts> text) =>
        OrganisationKinds.All.Where(k => k != OrganisationKinds.PublicBody).Select(k => new SelectListItem(text["kind." + k], k));

    public static IEnumerable<SelectListItem> PartnerItems(Words<Texts> text, Sheet sheet, int group) =>
        sheet.Groups.Where((_, i) => i != group).Select(g => new SelectListItem(g.Name.Here() is { Length: > 0 } name ? name : g.Id, g.Id)).Prepend(new(text["rounds.field.partner.none"], ""));
}
