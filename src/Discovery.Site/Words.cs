using System.Globalization;
using Discovery.Platform;
using Microsoft.Extensions.Localization;

namespace Discovery.Site;

/// <summary>The texts of the shell and of all that services share: <c>SiteTexts.ru.resx</c>, <c>SiteTexts.en.resx</c>.</summary>
public sealed class SiteTexts;

/// <summary>Text by key: the service's own, then the shared one, then the key itself, so that a gap is seen.</summary>
public sealed class Words<TTexts>(IStringLocalizer<TTexts> own, IStringLocalizer<SiteTexts> shared)
{
    public string this[string key, params object[] values] => Find(key, values) ?? key;

    /// <summary>The text or null, for keys made of data (<c>T.Find("sector." + code)</c>).</summary>
    public string? Find(string key, params object[] values) =>
        own.Say(key, values) ?? shared.Say(key, values);

    /// <summary>
    /// The form of <paramref name="key"/> that goes with the number (CLDR): <c>key.one</c>, <c>.few</c>, <c>.many</c>, <c>.other</c>.
    /// {0} is the number, grouped; <paramref name="values"/> follow from {1}.
    /// </summary>
    public string Plural(string key, long n, params object[] values)
    {
        object[] all = [n.ToString("N0", CultureInfo.CurrentCulture), .. values];
        var form = Site.Plural.Form(shared["lang.plural"], n);
        return Find($"{key}.{form}", all) ?? Find($"{key}.other", all) ?? Find($"{key}.many", all) ?? key;
    }
}

/// <summary>
/// All modules' texts at once, for the edges: a broken rule or a validation message that is a known key is translated there,
/// whichever service it came from; anything else is shown as it is.
/// </summary>
public sealed class AllWords(IEnumerable<IModule> modules, IStringLocalizerFactory factory)
{
    private readonly IStringLocalizer[] texts =
        [.. modules.Select(m => m.GetType().Assembly).Distinct().Select(a => factory.Create("Texts", a.GetName().Name!)), factory.Create(typeof(SiteTexts))];

    public string this[string key, params object[] values]
    {
        get
        {
            // Free text would be taken for a key by every resource file in turn, and remembered as missing.
            if (!IsKey(key)) return key;
            foreach (var text in texts)
                if (text.Say(key, values) is { } found) return found;
            return key;
        }
    }

    /// <summary>In another language than that of the page.</summary>
    public string In(string language, string key)
    {
        var here = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return this[key];
        }
        finally
        {
            CultureInfo.CurrentUICulture = here;
        }
    }

    public string Say(RuleBroken rule) => this[rule.Code, [.. rule.Values]];

    private static bool IsKey(string key) => key.Length is > 0 and < 80 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}

internal static class Localizers
{
    /// <summary>The text, or null. Without values it is taken as it is: scripts get their texts with the gaps in them.</summary>
    public static string? Say(this IStringLocalizer texts, string key, object[] values) =>
        (values.Length == 0 ? texts[key] : texts[key, values]) is { ResourceNotFound: false } found ? found.Value : null;
}

/// <summary>Plural forms. Which rule a language follows stands in its own texts (<c>lang.plural</c>).</summary>
internal static class Plural
{
    public static string Form(string rule, long number)
    {
        var n = Math.Abs(number);
        return rule switch
        {
            "east-slavic" => n % 10 == 1 && n % 100 != 11 ? "one" : n % 10 is 2 or 3 or 4 && n % 100 is not (12 or 13 or 14) ? "few" : "many",
            "polish" => n == 1 ? "one" : n % 10 is 2 or 3 or 4 && n % 100 is not (12 or 13 or 14) ? "few" : "many",
            "zero-one" => n < 2 ? "one" : "other",
            "none" => "other",
            _ => n == 1 ? "one" : "other",
        };
    }
}
