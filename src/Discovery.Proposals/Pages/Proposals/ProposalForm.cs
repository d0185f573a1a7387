using System.Globalization;
using Discovery.Contracts;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>What the steps of the form choose from, and how its texts are laid out for every language.</summary>
internal static class ProposalForm
{
    static (string Name, Text Text)[] Texts(Content content) =>
    [
        (nameof(content.Title), content.Title), (nameof(content.Summary), content.Summary), (nameof(content.Today), content.Today),
        (nameof(content.Market), content.Market), (nameof(content.Strengths), content.Strengths),
        .. DetailTexts(content.Details).Select(t => ("Details." + t.Name, t.Text)),
    ];

    static (string Name, Text Text)[] DetailTexts(Details details) =>
    [
        (nameof(details.Contribution), details.Contribution), (nameof(details.WithoutSupport), details.WithoutSupport), (nameof(details.Combines), details.Combines),
        (nameof(details.NeedsText), details.NeedsText), (nameof(details.OffersText), details.OffersText), (nameof(details.Apart), details.Apart),
        (nameof(details.RescueAnswer), details.RescueAnswer), (nameof(details.Different), details.Different),
    ];

    /// <summary>Every text gets a place for every language, and an error of a text stands at the language that was filled in.</summary>
    public static void Prepare(Content content, ModelStateDictionary state)
    {
        foreach (var (name, text) in Texts(content))
        {
            var at = Lang.All.FirstOrDefault(lang => text.TryGetValue(lang, out var t) && !string.IsNullOrWhiteSpace(t)) is { } filled && string.IsNullOrWhiteSpace(text.GetValueOrDefault(Lang.Current)) ? filled : Lang.Current;
            foreach (var lang in Lang.All)
                if (!text.TryGetValue(lang, out var value) || value is null) text[lang] = "";
            if (!state.TryGetValue($"Input.{name}", out var entry)) continue;
            foreach (var error in entry.Errors) state.AddModelError($"Input.{name}[{at}]", error.ErrorMessage);
            entry.Errors.Clear();
            entry.ValidationState = ModelValidationState.Valid;
        }
    }

    /// <summary>Whether one of the texts is there in another language than that of the page.</summary>
    public static bool HasOther(params Text[] texts) => texts.Any(t => t.Any(v => v.Key != Lang.Current && !string.IsNullOrWhiteSpace(v.Value)));

    /// <summary>The entries and some empty ones after them.</summary>
    public static IReadOnlyList<T> WithRoom<T>(IReadOnlyList<T>? entries, int room, T empty, int most = DetailsRules.Items) =>
        [.. entries ?? [], .. Enumerable.Repeat(empty, Math.Max(0, Math.Min(room, most - (entries?.Count ?? 0))))];

    public static IEnumerable<SelectListItem> Choose(Words<Texts> text, string question, IReadOnlyList<string> answers) =>
        answers.Select(a => new SelectListItem(text[$"proposals.{question}.{a}"], a) { Group = text.Find($"proposals.{question}.{a}.hint") is { } hint ? new() { Name = hint } : null });

    public static IEnumerable<SelectListItem> ChooseOrNot(Words<Texts> text, string question, IReadOnlyList<string> answers) =>
        Choose(text, question, answers).Prepend(new(text["proposals.choose.none"], ""));

    public static IEnumerable<SelectListItem> Cells(Words<Texts> text, RoundCopy round) =>
        round.Region.Cells.Select(c => new SelectListItem(c.Name.Here(), c.Key)).OrderBy(c => c.Text, StringComparer.Create(CultureInfo.CurrentCulture, false)).Prepend(new(text["proposals.municipality.all"], ""));

    public static IEnumerable<SelectListItem> SecondSector(Words<Texts> text) =>
        Sectors.All.Select(s => new SelectListItem(text["sector." + s], s)).Prepend(new(text["proposals.also.none"], ""));
}
