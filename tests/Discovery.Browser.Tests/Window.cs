using System.Collections.Concurrent;
using Deque.AxeCore.Commons;

namespace Discovery.BrowserTests;

/// <summary>A fresh window of the browser in one language. What the console complains about is a fault, whatever the test looks at.</summary>
public sealed class Window : IAsyncDisposable
{
    static readonly ConcurrentDictionary<string, Lazy<Task<string>>> SignedIn = new();

    const string Axe = """
        async () => (await axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
        })).violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 4).map(n => `${n.target} ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | ')}`)
        """;

    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    readonly TheSite site;
    readonly IBrowserContext context;

    Window(TheSite site, string lang, IBrowserContext context, IPage page)
    {
        (this.site, Lang, this.context, Page, Weight) = (site, lang, context, page, new(site, page));
        // A page that answers 404 or 422 is noted by the browser too, and is meant; and so is a part whose service has not heard of the round yet: its link stays.
        page.Console += (_, message) => { if (message.Type == "error" && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && (message.Location.StartsWith(page.Url, StringComparison.Ordinal) || (message.Location.Contains("part=", StringComparison.Ordinal) && message.Text.Contains("404", StringComparison.Ordinal))))) Complaints.Add(message.Text); };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public string Lang { get; }

    /// <summary>Of the page that it shows now.</summary>
    public Weight Weight { get; }

    /// <summary>What the console said.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];

    /// <param name="host">The name that this machine is called by; null: 127.0.0.1.</param>
    /// <param name="who">Signed in, by the form of the sign-in page; null for nobody.</param>
    public static async Task<Window> OpenAsync(TheSite site, string lang, Person? who = null, bool scripts = true, int width = 1280, string? host = null)
    {
        TheSite.MustBeThere();
        var state = who is null ? null : await SignedIn.GetOrAdd($"{site.Address} {who.Email}", _ => new(() => SignInAsync(site, who))).Value;
        var context = await site.Browser.NewContextAsync(new()
        {
            BaseURL = host is null ? site.Address.ToString() : new UriBuilder(site.Address) { Host = host }.ToString(),
            Locale = lang,
            JavaScriptEnabled = scripts,
            StorageState = state,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(20_000);
        return new(site, lang, context, await context.NewPageAsync());
    }

    static async Task<string> SignInAsync(TheSite site, Person who)
    {
        await using var window = await OpenAsync(site, "en");
        await window.GoAsync("/sign-in/password");
        await window.Page.GetByLabel("E-mail address", new() { Exact = true }).FillAsync(who.Email);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TheSite.Password);
        await window.Page.Locator("main form button").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("details.person")).ToBeVisibleAsync();
        // Whoever holds a role, and is not of the demonstration, ties an app first.
        if (!who.Halfway && window.Page.Url.Contains("/account/security/app", StringComparison.Ordinal)) await window.TieAppAsync();
        return await window.context.StorageStateAsync();
    }

    /// <summary>From the page that begins it to the recovery codes.</summary>
    /// <returns>The secret of the app.</returns>
    public async Task<string> TieAppAsync()
    {
        await SendAsync(Page.Locator("main form .btn"));
        var secret = await Page.Locator("#key").InnerTextAsync();
        await Page.Locator("#Input_Code").FillAsync(Totp.Code(secret, DateTimeOffset.UtcNow));
        await SendAsync(Page.Locator("main form .btn"));
        await Assertions.Expect(Page.Locator(".codes li")).ToHaveCountAsync(10);
        return secret;
    }

    /// <summary>The newest letter to the address: the installation has no mail server, and its page of letters shows them on this machine.</summary>
    /// <returns>The first six digits in a row.</returns>
    public async Task<string> CodeFromLetterAsync(string address)
    {
        var mail = await context.NewPageAsync();
        var letter = mail.Locator("article").Filter(new() { HasText = address }).First;
        await Portal.Until(async () =>
        {
            await mail.GotoAsync($"/{Lang}/mail");
            return await letter.CountAsync() > 0;
        }, "a letter to " + address);
        var code = System.Text.RegularExpressions.Regex.Match(await letter.InnerTextAsync(), "[0-9]{6}").Value;
        await mail.CloseAsync();
        return code;
    }

    /// <param name="path">Without the language.</param>
    public async Task<int> GoAsync(string path) => (await Page.GotoAsync($"/{Lang}{path}", new() { WaitUntil = WaitUntilState.Load }))!.Status;

    /// <summary>Presses what sends the form and waits for the page that answers.</summary>
    /// <returns>Its status.</returns>
    public async Task<int> SendAsync(ILocator button)
    {
        // The page that is left must not be taken for the one that comes.
        await Page.EvaluateAsync("document.documentElement.setAttribute('data-left', '')");
        // The answer to the form, or to where it redirects.
        var answer = Page.WaitForResponseAsync(r => r.Request.IsNavigationRequest && r.Status is < 300 or >= 400);
        await button.ClickAsync();
        var status = (await answer).Status;
        await Page.Locator("html:not([data-left])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Page.WaitForLoadStateAsync(LoadState.Load);
        return status;
    }

    /// <summary>What axe finds on the page, each as one line.</summary>
    public async Task<string[]> AxeAsync()
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window")) await Page.EvaluateAsync(Script);
        return await Page.EvaluateAsync<string[]>(Axe);
    }

    /// <summary>Brings a file to the form of the page, with a reason where it asks for one.</summary>
    public async Task BringAsync(string table)
    {
        await Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "table.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(table) });
        if (await Page.Locator("#Input_Reason").CountAsync() > 0) await Page.Locator("#Input_Reason").FillAsync("Paper forms of the meeting");
        await SendAsync(Page.Locator("main form .btn").First);
    }

    public ILocator Named(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public HttpClient As(Person who) => site.AsVoter(who.Id);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
