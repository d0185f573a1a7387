using System.Globalization;
using System.Resources;
using Discovery.Contracts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Site;

/// <summary>The languages of the interface. A language exists when Site has a resource file for it: a third one is files and no code.</summary>
public static class Lang
{
    /// <summary>ISO 639-1 codes, Russian first: it is the one that is shown where nothing else is asked for.</summary>
    public static readonly IReadOnlyList<string> All = Found();

    private static readonly ResourceManager Own = new(typeof(SiteTexts));

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static IEnumerable<string> Others => All.Where(lang => lang != Current);

    /// <summary>What a language calls itself.</summary>
    public static string NameOf(string lang) => Own.GetString("lang.name", CultureInfo.GetCultureInfo(lang)) ?? lang;

    internal static string ShortOf(string lang) => Own.GetString("lang.short", CultureInfo.GetCultureInfo(lang)) ?? lang;

    /// <summary>This page in another language, with its query.</summary>
    internal static string Switch(HttpContext http, string lang)
    {
        var failed = http.Features.Get<IStatusCodeReExecuteFeature>();
        var path = failed?.OriginalPath ?? http.Request.Path.Value ?? "/";
        var query = failed is null ? http.Request.QueryString.ToUriComponent() : failed.OriginalQueryString;
        var own = Of(path);
        return own is null ? $"/{lang}" : $"/{lang}{new PathString(path[(own.Length + 1)..]).ToUriComponent()}{query}";
    }

    /// <summary>The language that the first segment of a path names.</summary>
    internal static string? Of(string? path) =>
        path?.Split('/', 3) is [_, var first, ..] && All.Contains(first) ? first : null;

    private static string[] Found()
    {
        var satellite = typeof(Lang).Assembly.GetName().Name + ".resources.dll";
        return [.. Directory.EnumerateDirectories(AppContext.BaseDirectory)
            .Where(folder => File.Exists(Path.Combine(folder, satellite)))
            .Select(folder => Path.GetFileName(folder)!)
            .OrderBy(lang => lang != "ru").ThenBy(lang => lang, StringComparer.Ordinal)];
    }
}

internal sealed class LangConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string lang && Lang.All.Contains(lang);
}

/// <summary>Texts that came with the data, in the language of the page.</summary>
public static class ShowText
{
    /// <summary>The plain text, for attributes and titles.</summary>
    public static string Here(this Text text) => text.In(Lang.Current);

    /// <summary>The beginning, as much as a card shows; cut between words.</summary>
    public static string Beginning(this string text, int letters)
    {
        if (text.Length <= letters) return text;
        var end = text.LastIndexOf(' ', letters);
        return text[..(end < letters / 2 ? letters : end)].TrimEnd('.', ',', ';', ':', ' ') + "…";
    }

    /// <summary>For <c>lang="@text.OtherLang()"</c>: the language of the text, or null (no attribute) when it is that of the page.</summary>
    public static string? OtherLang(this Text text) =>
        text.LanguageFor(Lang.Current) is var lang && lang != Lang.Current ? lang : null;

    /// <summary>The text for the page's body; what is in another language is marked with it, so that it is read aloud rightly.</summary>
    public static IHtmlContent Show(this Text text)
    {
        if (text.OtherLang() is not { } lang) return new HtmlContentBuilder().Append(text.Here());
        var span = new TagBuilder("span");
        span.Attributes["lang"] = lang;
        span.InnerHtml.Append(text.Here());
        return span;
    }
}
