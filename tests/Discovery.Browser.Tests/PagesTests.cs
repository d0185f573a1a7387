namespace Discovery.BrowserTests;

public sealed class RussianPagesTests(TheSite site) : PagesTests(site, "ru");

public sealed class EnglishPagesTests(TheSite site) : PagesTests(site, "en");

/// <summary>Every page in its states. One look serves everything: the window only changes its width.</summary>
public abstract class PagesTests(TheSite site, string lang)
{
    public static TheoryData<string> Names => [.. Place.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Everybody_can_use(string name)
    {
        await using var window = await Place.All[name].OpenAsync(site, lang, 1280);
        var faults = new List<string>(await window.Weight.FaultsAsync());
        foreach (var width in new[] { 1280, 360, 320 })
        {
            await window.Page.SetViewportSizeAsync(width, 900);
            if (width != 320) faults.AddRange((await window.AxeAsync()).Select(broken => $"{width} px: {broken}"));
            if (await window.Page.EvaluateAsync<string?>(Beyond) is { } beyond) faults.Add($"{width} px wide and scrolls sideways: {beyond}");
        }
        if (await window.Page.EvaluateAsync<string>("document.documentElement.lang") is var said && said != lang) faults.Add("lang: " + said);
        if (string.IsNullOrWhiteSpace(await window.Page.TitleAsync())) faults.Add("no title");
        if (await window.Page.EvaluateAsync<string?>(Key) is { } key) faults.Add("a text is missing: " + key);
        if (await window.Page.EvaluateAsync<bool>("[...document.querySelectorAll('[data-include] [role=status]')].some(p => p.textContent === document.body.dataset.away)")) faults.Add("a part is away");
        faults.AddRange(window.Complaints.Select(c => "console: " + c));
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    const string Beyond = """
        () => {
          const wide = innerWidth;
          if (document.documentElement.scrollWidth <= wide) return null;
          return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.tw,.comb--slide')).slice(0, 4).map(e => e.outerHTML.slice(0, 120)).join(' | ') || 'something';
        }
        """;

    const string Key = """() => document.body.innerText.match(/(^|[^\w/.-])(site|form|phase|error|ballot|voting|rounds|proposals|identity|results|place|chart|about)\.[a-z][a-z-]*(\.[a-z-]+)*(?![\w/])/)?.[0] ?? null""";
}
