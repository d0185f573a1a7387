using Discovery.Contracts;
using Discovery.Proposals.Proposals;

namespace Discovery.Proposals.Versions;

/// <summary>Other words for some of the texts of a proposal: by field, only the languages that differ.</summary>
internal static class Wording
{
    public static Dictionary<string, Text> Changed(Content was, Content suggested)
    {
        var before = Comparison.MainTexts(was).ToDictionary(t => t.Field, t => t.Text);
        var changed = new Dictionary<string, Text>();
        foreach (var (field, text) in Comparison.MainTexts(suggested))
            foreach (var (lang, said) in text.Where(t => before[field].GetValueOrDefault(t.Key) != t.Value))
                (changed.TryGetValue(field, out var words) ? words : changed[field] = [])[lang] = said;
        return changed;
    }

    /// <summary>The content with these words in it.</summary>
    public static Content With(this Content content, IReadOnlyDictionary<string, Text> texts)
    {
        return content with
        {
            Title = Of(content.Title, nameof(content.Title)), Summary = Of(content.Summary, nameof(content.Summary)), Today = Of(content.Today, nameof(content.Today)),
            Market = Of(content.Market, nameof(content.Market)), Strengths = Of(content.Strengths, nameof(content.Strengths)),
        };

        Text Of(Text text, string field)
        {
            var changed = new Text();
            foreach (var (lang, said) in text.Concat(texts.GetValueOrDefault(field, []))) changed[lang] = said;
            return changed;
        }
    }

    /// <summary>What would not be taken as a proposal cannot be suggested either.</summary>
    /// <exception cref="FluentValidation.ValidationException">One of these texts is missing, too short or too long.</exception>
    public static async Task MustFitAsync(this ContentRules rules, Content content, IReadOnlyDictionary<string, Text> texts, CancellationToken ct)
    {
        var errors = (await rules.ValidateAsync(content, ct)).Errors.FindAll(e => texts.ContainsKey(e.PropertyName));
        if (errors.Count > 0) throw new FluentValidation.ValidationException(errors.ConvertAll(e => new FluentValidation.Results.ValidationFailure("Input." + e.PropertyName, e.ErrorMessage)));
    }
}
