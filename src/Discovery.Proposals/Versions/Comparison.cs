using System.Globalization;
using Discovery.Contracts;
using Discovery.Proposals.Proposals;
using Discovery.Site;

namespace Discovery.Proposals.Versions;

/// <summary>Content as lines that people read, field by field, and what differs between two of them.</summary>
internal static class Comparison
{
    /// <param name="Field">Its name, as in <see cref="Content"/> or <see cref="Details"/>; the text is <c>proposals.field.*</c>.</param>
    /// <param name="Lang">Of a text; null for a choice.</param>
    public sealed record Line(string Field, string? Lang, string Text);

    public sealed record Change(string Field, string? Lang, IReadOnlyList<Piece> Pieces);

    public static IReadOnlyList<Change> Of(Content before, Content after, Words<Texts> text, RoundCopy round)
    {
        var (old, now) = (Lines(before, text, round).ToDictionary(l => (l.Field, l.Lang), l => l.Text), Lines(after, text, round).ToDictionary(l => (l.Field, l.Lang), l => l.Text));
        // In the order of the form, also where only one of them has the line.
        return [.. Lines(after, text, round).Concat(Lines(before, text, round)).Select(l => (l.Field, l.Lang)).Distinct()
            .Where(l => old.GetValueOrDefault(l, "") != now.GetValueOrDefault(l, "")).OrderBy(l => Fields.IndexOf(l.Field))
            .Select(l => new Change(l.Field, l.Lang, Difference.Of(old.GetValueOrDefault(l, ""), now.GetValueOrDefault(l, ""))))];
    }

    /// <summary>The lines that are not empty.</summary>
    public static IEnumerable<Line> Lines(Content content, Words<Texts> text, RoundCopy round)
    {
        var details = content.Details;
        foreach (var (field, words) in TextsOf(content))
            foreach (var (lang, said) in words)
                yield return new(field, lang, said);
        foreach (var (field, said) in new (string, string?)[]
        {
            (nameof(content.Sector), text.Find("sector." + content.Sector)), (nameof(content.Also), content.Also is null ? null : text.Find("sector." + content.Also)),
            (nameof(content.Municipality), round.Region.Cells.FirstOrDefault(c => c.Key == content.Municipality)?.Name.Here() ?? content.Municipality),
            (nameof(content.Kind), Chosen("kind", content.Kind)), (nameof(content.Mode), Chosen("mode", content.Mode)), (nameof(content.Track), Chosen("track", content.Track)),
            (nameof(content.Horizon), content.Horizon?.ToString(CultureInfo.CurrentCulture)),
            (nameof(details.Activities), Joined(details.Activities)), (nameof(details.Science), Chosen("science", details.Science)),
            (nameof(details.Technologies), Joined(details.Technologies.Select(t => Chosen("technologies", t)))), (nameof(details.TechnologyRole), Chosen("technology-role", details.TechnologyRole)),
            (nameof(details.Clusters), Joined(details.Clusters)), (nameof(details.Regions), Joined(details.Regions)), (nameof(details.Partners), Joined(details.Partners)),
            (nameof(details.SupportYears), Joined(details.SupportYears.Select(y => y.ToString(CultureInfo.InvariantCulture)))),
            (nameof(details.Needs), Joined(details.Needs.Select(n => Chosen("exchange", n)))), (nameof(details.Offers), Joined(details.Offers.Select(o => Chosen("exchange", o)))),
            (nameof(details.Missing), Joined(details.Missing.Select(g => Told(Chosen("missing", g.Role), Chosen("ways", g.How), g.Note)))),
            (nameof(details.Measures), Joined(details.Measures.Select(m => Told(Chosen("measures", m.Cell), Chosen("measures", m.State), m.Note)))),
            (nameof(details.Keywords), Joined(details.Keywords)), (nameof(details.Examples), Joined(details.Examples.Select(e => Told(e.Name, e.Country, e.Code)))),
            (nameof(details.Evidence), Joined(details.Evidence.Select(e => Told(Chosen("evidence", e.Type), Chosen("claim", e.Claim), e.Text, e.Link, e.File is null ? null : text["proposals.field.File"])))),
        })
            if (!string.IsNullOrEmpty(said)) yield return new(field, null, said);

        string? Chosen(string question, string? answer) => string.IsNullOrEmpty(answer) ? null : text.Find($"proposals.{question}.{answer}") ?? answer;
    }

    /// <summary>The texts that a writer answers in words.</summary>
    public static IReadOnlyList<(string Field, Text Text)> TextsOf(Content content) =>
    [
        .. MainTexts(content), (nameof(Details.Contribution), content.Details.Contribution), (nameof(Details.WithoutSupport), content.Details.WithoutSupport),
        (nameof(Details.RescueAnswer), content.Details.RescueAnswer), (nameof(Details.Different), content.Details.Different), (nameof(Details.NeedsText), content.Details.NeedsText),
        (nameof(Details.OffersText), content.Details.OffersText), (nameof(Details.Combines), content.Details.Combines),
    ];

    /// <summary>Those that everybody must answer, and that others may suggest to change.</summary>
    public static IReadOnlyList<(string Field, Text Text)> MainTexts(Content content) =>
    [
        (nameof(content.Title), content.Title), (nameof(content.Summary), content.Summary), (nameof(content.Today), content.Today), (nameof(content.Market), content.Market), (nameof(content.Strengths), content.Strengths),
    ];

    static readonly List<string> Fields = [.. typeof(Content).GetProperties().Select(p => p.Name), .. typeof(Details).GetProperties().Select(p => p.Name)];

    static string? Joined(IEnumerable<string?> lines) => string.Join('\n', lines.Where(l => !string.IsNullOrEmpty(l)));

    static string Told(params string?[] parts) => string.Join(": ", parts.Where(p => !string.IsNullOrEmpty(p)));
}
