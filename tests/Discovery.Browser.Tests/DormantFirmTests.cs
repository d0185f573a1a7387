using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>
/// The way of a firm that statistics do not see, from the first step of the form to a reserved place on the ballot list: rejected by mistake, restored by another
/// moderator, merged with consent. Every step by the pages of who makes it. <c>./dev accept proposals</c> runs it in both modes.
/// </summary>
public sealed partial class DormantFirmTests(TheSite site)
{
    /// <summary>Fewer than this many support it, so that only a reserved place is left for it.</summary>
    const int Asked = 5;

    static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"u8.ToArray();

    // The second one is registered as firms of the sector usually are: V is 0.2.
    static readonly string[] Codes = ["72.19", "22.22", "38.32", "71.20", "10.89"];

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_dormant_firm_without_a_code_comes_onto_a_reserved_place(string lang)
    {
        TheSite.MustBeThere();
        var says = lang == "ru" ? Russian : English;
        var round = await site.CollectingRound(new() { Origin = "live", Proposals = 1, K = 12, MaxRanked = 10, Endorsements = (Asked, 2) });
        var walk = new RoundWalk(site, round.Slug);
        Person director = await Person.NewAsync(site, [], "firm"), professor = await Person.NewAsync(site, [], "university"), a = await Person.NewAsync(site, ["*:moderator"]), b = await Person.NewAsync(site, ["*:moderator"]);
        await using var firm = await Window.OpenAsync(site, lang, director);
        await using var first = await Window.OpenAsync(site, lang, a);
        await using var second = await Window.OpenAsync(site, lang, b);
        await using var anybody = await Window.OpenAsync(site, lang);

        await ProposeAsync(firm, walk, says);
        await DecideAsync(first, walk, says.Title, "hide", says.Mistake, "advertising");
        await AppealAsync(firm, walk, says);
        await AppealMeetsItsModeratorAsync(first, walk, says);
        await DecideAsync(second, walk, says.Title, "grant", says.Restored);
        await IsShownAsync(anybody, walk, says);
        await LogAsync(anybody, round, says, [director.Name, a.Name, b.Name, says.Title, says.Mistake, says.Appeal, says.Restored]);

        await using var science = await Window.OpenAsync(site, lang, professor);
        await ProposeSimilarAsync(science, walk, says);
        await DecideAsync(second, walk, says.OtherTitle, "publish", "");
        await MergeAsync(firm, science, walk, says);
        foreach (var kind in new[] { "firm", "university" }) await SupportAsync(await Person.NewAsync(site, [], kind), walk, says);

        await round.StartAsync("admission");
        await using var official = await Window.OpenAsync(site, lang, await Person.OfficialEverywhereAsync(site));
        await using var colleague = await Window.OpenAsync(site, lang, await Person.NewOfficialAsync(site));
        await FreezeAsync(official, colleague, walk);
        await StandsOnTheListAsync(anybody, walk, says);
        foreach (var window in new[] { firm, first, second, anybody, science, official, colleague }) Assert.Empty(window.Complaints);
    }

    static async Task ProposeAsync(Window firm, RoundWalk walk, Words says)
    {
        await StartAsync(firm, walk, says.Title, says.Summary, "chem");
        await NextAsync(firm, "why");
        await WhyAsync(firm, says);
        await NextAsync(firm, "evidence");

        await firm.Page.Locator("#et0").SelectOptionAsync("pilot");
        await firm.Page.Locator("#ec0").SelectOptionAsync("market");
        await firm.Page.Locator("#ex0").FillAsync(says.Evidence);
        await firm.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = says.File, MimeType = "application/pdf", Buffer = Pdf });
        for (var i = 0; i < Codes.Length; i++)
        {
            await firm.Page.Locator($"#xn{i}").FillAsync($"{says.Example} {i + 1}");
            await firm.Page.Locator($"#xc{i}").FillAsync(says.Country);
            await firm.Page.Locator($"#xk{i}").FillAsync(Codes[i]);
        }
        Assert.Empty(await firm.AxeAsync());
        await NextAsync(firm, "links");
        await NextAsync(firm, "measures");
        await firm.Page.Locator("#ms9").SelectOptionAsync("asked");
        await firm.Page.Locator("#mn9").FillAsync(says.Measure);
        await NextAsync(firm, "check");
        Assert.Empty(await firm.AxeAsync());

        Assert.Equal(200, await firm.SendAsync(firm.Page.Locator("button[formaction*=Send]")));
        await Assertions.Expect(firm.Page.Locator("h1")).ToHaveTextAsync(says.Title);
        await Assertions.Expect(firm.Page.Locator("main")).ToContainTextAsync(says.Invisible);
        await Assertions.Expect(firm.Page.Locator("main")).ToContainTextAsync(says.File);
    }

    /// <summary>The director reads what was decided and why, and objects.</summary>
    static async Task AppealAsync(Window firm, RoundWalk walk, Words says)
    {
        await walk.WhenThereAsync(firm, "/proposals/2", "main a.btn[href*='/moderation/decisions/']");
        await Assertions.Expect(firm.Page.Locator(".note--bad")).ToContainTextAsync(says.Advertising);
        await firm.SendAsync(firm.Page.Locator("main a.btn[href*='/moderation/decisions/']"));
        await Assertions.Expect(firm.Page.Locator("main")).ToContainTextAsync(says.Advertising);
        await Assertions.Expect(firm.Page.Locator("blockquote")).ToContainTextAsync(says.Mistake);
        await firm.Page.Locator("#Input_Text").FillAsync(says.Appeal);
        Assert.Equal(200, await firm.SendAsync(firm.Page.Locator("main form .btn").Last));
        await Assertions.Expect(firm.Page.Locator("main form")).ToHaveCountAsync(0);
        await Assertions.Expect(firm.Page.Locator("blockquote").Last).ToContainTextAsync(says.Appeal);
    }

    /// <summary>Whoever decided first sees the appeal and has nothing to decide it with.</summary>
    static async Task AppealMeetsItsModeratorAsync(Window first, RoundWalk walk, Words says)
    {
        await OpenCaseAsync(first, walk, says.Title);
        await Assertions.Expect(first.Page.Locator("main")).ToContainTextAsync(says.Appeal);
        await Assertions.Expect(first.Page.Locator("article .note--bad")).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.Locator("form.dec")).ToHaveCountAsync(0);
        Assert.Empty(await first.AxeAsync());
    }

    static async Task IsShownAsync(Window anybody, RoundWalk walk, Words says)
    {
        await walk.WhenThereAsync(anybody, "/proposals/2", "h1:has-text('" + says.Title + "')");
        await Assertions.Expect(anybody.Page.Locator(".chip--unseen")).ToBeVisibleAsync();
        await Assertions.Expect(anybody.Page.Locator("main")).ToContainTextAsync(new Regex(@"\D20\s?%"));
    }

    /// <summary>Both steps stand in the public log, which holds and names nobody.</summary>
    static async Task LogAsync(Window anybody, TestRound round, Words says, IEnumerable<string> secret)
    {
        await anybody.GoAsync($"/rounds/{round.Slug}/moderation/log");
        foreach (var step in says.Log) await Assertions.Expect(anybody.Page.Locator("tbody")).ToContainTextAsync(step);
        await Assertions.Expect(anybody.Page.Locator(".note--bad")).ToHaveCountAsync(0);
        var page = await anybody.Page.Locator("main").InnerTextAsync();
        var log = (await (await anybody.Page.APIRequest.GetAsync($"/api/moderation/rounds/{round.Slug}/log")).JsonAsync())!.Value;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, log.GetProperty("brokenAt").ValueKind);
        Assert.Equal(log.Text("head"), Chain.Recompute(log));
        Assert.Equal(["publish", "hide", "appeal", "grant"], log.GetProperty("entries").EnumerateArray().Select(e => e.Text("what")!));
        foreach (var word in secret)
        {
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, log.GetRawText(), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The portal shows the other author what there is already; the author goes on, and says why.</summary>
    static async Task ProposeSimilarAsync(Window science, RoundWalk walk, Words says)
    {
        await StartAsync(science, walk, says.OtherTitle, says.Summary, "chem");
        await NextAsync(science, "why");
        await WhyAsync(science, says);
        foreach (var step in new[] { "evidence", "links", "measures", "check" }) await NextAsync(science, step);
        await Assertions.Expect(science.Page.Locator("#similar")).ToContainTextAsync(says.Title);
        Assert.Equal(422, await science.SendAsync(science.Page.Locator("button[formaction*=Send]")));
        await science.Page.Locator($"#Input_Details_Apart_{science.Lang}_").FillAsync(says.Apart);
        Assert.Equal(200, await science.SendAsync(science.Page.Locator("button[formaction*=Send]")));
        await Assertions.Expect(science.Page.Locator("h1")).ToHaveTextAsync(says.OtherTitle);
    }

    /// <summary>The director proposes it, with the own text as what goes on; the other author agrees.</summary>
    static async Task MergeAsync(Window firm, Window science, RoundWalk walk, Words says)
    {
        await walk.WhenThereAsync(science, "/proposals/3", "a[href*='/merges/new']");
        await firm.GoAsync(walk.At("/proposals/2"));
        await firm.SendAsync(firm.Page.Locator("a[href*='/merges/new']"));
        await firm.Page.Locator("#add").FillAsync("3");
        await firm.SendAsync(firm.Page.Locator("form[method=get] .btn"));
        await Assertions.Expect(firm.Page.Locator("input[name=lead][value='2']")).ToBeCheckedAsync();
        await firm.Page.Locator($"#Input_Summary_{firm.Lang}_").FillAsync(says.Merged);
        await firm.Page.Locator("#Input_Reason").FillAsync(says.Apart);
        Assert.Equal(200, await firm.SendAsync(firm.Page.Locator("main form[method=post] .btn").Last));
        Assert.Empty(await firm.AxeAsync());

        await science.GoAsync(walk.At("/proposals"));
        await science.SendAsync(science.Page.Locator("section[aria-labelledby=own] a[href*='/proposals/merges/']"));
        Assert.Equal(200, await science.SendAsync(science.Page.Locator("form[action*=Agree] .btn")));
        await Assertions.Expect(science.Page.Locator("form[action*=Undo]")).ToBeVisibleAsync();
        await firm.GoAsync(walk.At("/proposals/2"));
        await Assertions.Expect(firm.Page.Locator(".lead")).ToHaveTextAsync(says.Merged);
    }

    async Task SupportAsync(Person who, RoundWalk walk, Words says)
    {
        await using var window = await Window.OpenAsync(site, says.Lang, who);
        await walk.WhenThereAsync(window, "/proposals/2", "form[action*=Endorse] .btn");
        await window.SendAsync(window.Page.Locator("form[action*=Endorse] .btn"));
        await Assertions.Expect(window.Page.Locator("form[action*=TakeBack] .btn")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    /// <summary>The authors could still undo their merge, so each of the two officials says that this ends.</summary>
    static async Task FreezeAsync(Window official, Window colleague, RoundWalk walk)
    {
        const string Freeze = "form:has(input[name='Input.ListHash']) .btn";
        foreach (var window in new[] { official, colleague })
        {
            await walk.WhenThereAsync(window, "/proposals/list", Freeze);
            await Assertions.Expect(window.Page.Locator(".note--warn")).ToBeVisibleAsync();
            Assert.Equal(422, await window.SendAsync(window.Page.Locator(Freeze)));
            await window.Page.Locator("label:has(#Input_SettlesMerges)").ClickAsync();
            Assert.Equal(200, await window.SendAsync(window.Page.Locator(Freeze)));
        }
    }

    static async Task StandsOnTheListAsync(Window anybody, RoundWalk walk, Words says)
    {
        await anybody.GoAsync(walk.At("/proposals/list"));
        await Assertions.Expect(anybody.Page.Locator("main code").First).ToHaveTextAsync(Hash());
        var row = anybody.Page.Locator("main ol.lines li").Filter(new() { HasText = says.Title });
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync(says.Reserved);
        await Assertions.Expect(anybody.Page.GetByText(says.OtherTitle)).ToHaveCountAsync(0);
        await Assertions.Expect(anybody.Page.Locator("section[aria-labelledby=left] li")).ToHaveCountAsync(1);
        Assert.Empty(await anybody.AxeAsync());

        Assert.Equal(200, await anybody.GoAsync(walk.At("/proposals/3")));
        await anybody.SendAsync(anybody.Page.Locator(".note a[href$='/proposals/2']"));
        await Assertions.Expect(anybody.Page.Locator("h1")).ToHaveTextAsync(says.Title);
        await Assertions.Expect(anybody.Page.Locator(".chip--on")).ToBeVisibleAsync();
        await Assertions.Expect(anybody.Page.Locator(".chip--unseen")).ToBeVisibleAsync();
    }

    static async Task StartAsync(Window window, RoundWalk walk, string title, string summary, string sector)
    {
        await walk.WhenThereAsync(window, "/proposals/new", $"#Input_Title_{window.Lang}_");
        await window.Page.Locator($"#Input_Title_{window.Lang}_").FillAsync(title);
        await window.Page.Locator($"#Input_Summary_{window.Lang}_").FillAsync(summary);
        foreach (var (field, value) in new[] { ("Sector", sector), ("Kind", "new"), ("Mode", "mixed"), ("Track", "emerging") })
            await window.Page.Locator($"label:has(input[name='Input.{field}'][value='{value}'])").ClickAsync();
    }

    static async Task WhyAsync(Window window, Words says)
    {
        foreach (var (field, text) in new[] { ("Today", says.Today), ("Market", says.Market), ("Strengths", says.Strengths) })
            await window.Page.Locator($"#Input_{field}_{window.Lang}_").FillAsync(text);
        await window.Page.Locator("#Input_Horizon").FillAsync($"{DateTime.UtcNow.Year + 6}");
    }

    static async Task NextAsync(Window window, string step)
    {
        Assert.Equal(200, await window.SendAsync(window.Page.Locator("form[data-draft] .btn:not([formaction])")));
        await Assertions.Expect(window.Page).ToHaveURLAsync(new Regex("step=" + step + "$"));
    }

    static async Task OpenCaseAsync(Window moderator, RoundWalk walk, string title)
    {
        await walk.WhenThereAsync(moderator, "/moderation", $".q a:has-text('{title}')");
        await moderator.SendAsync(moderator.Page.Locator($".q a:has-text('{title}')").First);
    }

    static async Task DecideAsync(Window moderator, RoundWalk walk, string title, string decision, string text, string? reason = null)
    {
        await OpenCaseAsync(moderator, walk, title);
        await moderator.Page.Locator($"label:has(input[value={decision}])").ClickAsync();
        if (reason is not null) await moderator.Page.Locator("#Input_Reason").SelectOptionAsync(reason);
        await moderator.Page.Locator("#Input_Text").FillAsync(text);
        Assert.Equal(200, await moderator.SendAsync(moderator.Page.Locator("form.dec .btn").First));
        await Assertions.Expect(moderator.Page.Locator(".note--good")).ToBeVisibleAsync();
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();

    /// <summary>What people type, and what they must read.</summary>
    sealed record Words(string Lang)
    {
        public required string Title { get; init; }
        public required string OtherTitle { get; init; }
        public required string Summary { get; init; }
        public required string Today { get; init; }
        public required string Market { get; init; }
        public required string Strengths { get; init; }
        public required string Evidence { get; init; }
        public required string File { get; init; }
        public required string Example { get; init; }
        public required string Country { get; init; }
        public required string Measure { get; init; }
        public required string Mistake { get; init; }
        public required string Appeal { get; init; }
        public required string Restored { get; init; }
        public required string Apart { get; init; }
        public required string Merged { get; init; }
        public required string Invisible { get; init; }
        public required string Advertising { get; init; }
        public required string Reserved { get; init; }
        public required string[] Log { get; init; }
    }

    static readonly Words Russian = new("ru")
    {
        Title = "Съедобная упаковка из водорослей для школьного питания",
        OtherTitle = "Упаковка из водорослей для питания школ",
        Summary = "Упаковка из водорослей, которую можно съесть вместе с обедом или выбросить в компост.",
        Today = "Сегодня четырнадцать человек выпускают опытные партии плёнки, и до столовых она не доходит.",
        Market = "Через шесть лет школам и больницам понадобится упаковка без аллергенов и без отходов.",
        Strengths = "В области есть водоросли, лаборатория материалов и комбинат питания, который готов пробовать.",
        Evidence = "Протокол пробного выпуска в двух столовых", File = "протокол.pdf", Example = "Компания", Country = "Норвегия",
        Measure = "Закупка пробной партии для школ области",
        Mistake = "Текст похож на рекламу одной фирмы.",
        Appeal = "Мы ничего не продаём: предлагаем области научиться этому вместе с лабораторией.",
        Restored = "Рекламы нет: предложение говорит о целой отрасли.",
        Apart = "Мы проверяем те же плёнки в лаборатории, и вместе это одно дело.",
        Merged = "Съедобная упаковка из водорослей: опытный цех фирмы и испытания лаборатории вместе.",
        Invisible = "не видно в статистике", Advertising = "Реклама", Reserved = "Место, оставленное возникающим отраслям",
        Log = ["Не показывается", "Апелляция", "Апелляция удовлетворена"],
    };

    static readonly Words English = new("en")
    {
        Title = "Edible seaweed packaging for school meals",
        OtherTitle = "Seaweed packaging for meals at schools",
        Summary = "Packaging made of seaweed that is eaten with the meal or goes to compost.",
        Today = "Today fourteen people make trial lots of film, and it does not reach the canteens.",
        Market = "In six years schools and hospitals will need packaging without allergens and without waste.",
        Strengths = "The region has seaweed, a materials laboratory and a catering plant that is ready to try.",
        Evidence = "Record of a trial run in two canteens", File = "record.pdf", Example = "Company", Country = "Norway",
        Measure = "Purchase of a trial lot for the region’s schools",
        Mistake = "The text looks like advertising of one firm.",
        Appeal = "We sell nothing: we propose that the region learns it together with the laboratory.",
        Restored = "There is no advertising: it speaks of a whole industry.",
        Apart = "We test the same films in the laboratory, and together it is one thing.",
        Merged = "Edible seaweed packaging: the firm’s trial workshop and the laboratory’s tests together.",
        Invisible = "not visible in statistics", Advertising = "Advertising", Reserved = "A place kept for emerging industries",
        Log = ["Hidden", "Appeal", "Appeal granted"],
    };
}
