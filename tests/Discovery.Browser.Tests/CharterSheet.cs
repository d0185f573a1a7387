namespace Discovery.BrowserTests;

/// <summary>The charter of a round as officials write it: from a template, part by part, to the confirmation of a second one.</summary>
sealed class CharterSheet(Window window, string slug)
{
    IPage Page => window.Page;

    string At(string path) => $"/rounds/{slug}{path}";

    /// <summary>A new draft from the template that is chosen beforehand.</summary>
    public async Task WriteAsync(string region, string template = "regional")
    {
        await window.GoAsync("/rounds");
        await Page.Locator("a[href$='/rounds/new']").First.ClickAsync();
        await Page.Locator($"main a[href$='from={template}']").ClickAsync();
        await Assertions.Expect(Page.Locator($"main a[href$='from={template}']")).ToHaveAttributeAsync("aria-current", "true");
        foreach (var (field, text) in new[]
        {
            ("Title_ru", "Приоритеты 2040"), ("Title_en", "Priorities 2040"),
            ("Question_ru", "С чего начать?"), ("Question_en", "Where to begin?"),
            ("Summary_ru", "Проверка всего пути."), ("Summary_en", "A check of the whole way."),
            ("Region_Name_ru", "Заречная область"), ("Region_Name_en", "Zarechnaya Oblast"),
        }) await Page.Locator($"#Input_{field}_").FillAsync(text);
        await Page.Locator("#Input_Slug").FillAsync(slug);
        await Page.Locator("#Input_Region_Slug").FillAsync(region);
        if (await Page.Locator("#Input_Region_Cells").InputValueAsync() == "") await Page.Locator("#Input_Region_Cells").FillAsync("Заречье / Zarechye\nЛуговое / Lugovoye\nБор / Bor\nКлючи / Klyuchi");
        await SaveAsync();
    }

    /// <summary>Whom to turn to, which no template can know, and the numbers of a small round.</summary>
    public async Task MendAsync(int k, int ranked)
    {
        await PartAsync("people", async () =>
        {
            foreach (var who in new[] { "Verification", "Appeals" })
            {
                await Page.Locator($"#Input_{who}_Name_ru_").FillAsync("Отдел " + who);
                await Page.Locator($"#Input_{who}_Name_en_").FillAsync("Office of " + who);
                await Page.Locator($"#Input_{who}_Address").FillAsync(who.ToLowerInvariant() + "@region.example");
            }
        });
        await PartAsync("admission", async () =>
        {
            await Page.Locator("#Input_Endorsements").FillAsync("1");
            await Page.Locator("#Input_EndorsingGroups").FillAsync("1");
        });
        await PartAsync("count", async () =>
        {
            await Page.Locator("#Input_K").FillAsync($"{k}");
            await Page.Locator("#Input_MaxRanked").FillAsync($"{ranked}");
            await Page.Locator("#Input_ReconciliationHours").FillAsync("0");
        });
    }

    /// <summary>Opens a part of the charter, fills it and saves it.</summary>
    public async Task PartAsync(string part, Func<Task> fill)
    {
        await Page.Locator($"a[href$='/run/charter/{part}']").First.ClickAsync();
        await fill();
        await SaveAsync();
    }

    /// <summary>This official asks, the other confirms.</summary>
    public async Task PublishAsync(Window second)
    {
        await Portal.Until(async () =>
        {
            await window.GoAsync(At("/run/ready"));
            return await Page.Locator(".task--block").CountAsync() == 0;
        }, "nothing blocks the publication");
        await window.SendAsync(Page.Locator("form[action*=Publish] .btn"));
        await Assertions.Expect(Page.Locator("form[action*=TakeBack]")).ToBeVisibleAsync();
        await second.GoAsync(At("/run/ready"));
        await second.SendAsync(second.Page.Locator("form[action*=Publish] .btn"));
        await Assertions.Expect(second.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(At("/run") + "$"));
    }

    async Task SaveAsync()
    {
        Assert.Equal(200, await window.SendAsync(Page.Locator("main form .btn").Last));
        await Assertions.Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(At("/run/ready") + "$"));
    }
}
