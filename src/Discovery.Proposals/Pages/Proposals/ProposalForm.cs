using System.Globalization;
using Discovery.Contracts;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>What the two form pages (a new proposal, a corrected one) have in common: the questions.</summary>
internal interface IProposalForm
{
    Content Input { get; }

    RoundCopy Round { get; }
}

internal static class ProposalForm
{
    static (string Name, Text Text)[] Texts(Content content) =>
    [
        (nameof(content.Title), content.Title), (nameof(content.Summary), content.Summary), (nameof(content.Today), content.Today),
        (nameof(content.Market), content.Market), (nameof(content.Strengths), content.Strengths),
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

    public static bool HasOther(Content content) => Texts(content).Any(t => t.Text.Any(v => v.Key != Lang.Current && !string.IsNullOrWhiteSpace(v.Value)));

    public static IEnumerable<SelectListItem> Choose(Words<Texts> text, string question, IReadOnlyList<string> answers) =>
        answers.Select(a => new SelectListItem(text[$"proposals.{question}.{a}"], a) { Group = text.Find($"proposals.{question}.{a}.hint") is { } hint ? new() { Name = hint } : null });

    public static IEnumerable<SelectListItem> Cells(Words<Texts> text, RoundCopy round) =>
        round.Region.Cells.Select(c => new SelectListItem(c.Name.Here(), c.Key)).OrderBy(c => c.Text, StringComparer.Create(CultureInfo.CurrentCulture, false)).Prepend(new(text["proposals.municipality.all"], ""));

    public static IEnumerable<SelectListItem> SecondSector(Words<Texts> text) =>
        Sectors.All.Select(s => new SelectListItem(text["sector." + s], s)).Prepend(new(text["proposals.also.none"], ""));
}
