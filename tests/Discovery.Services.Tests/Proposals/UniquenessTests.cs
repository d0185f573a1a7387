using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Whether other regions have the same priority, by a catalogue that officials import.</summary>
public sealed class UniquenessTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    const string Catalogue = """
        region;priority;economic_domain;scientific_domain;policy_domain;source;date
        Нижняя область;Биоразлагаемая упаковка из крахмала;Материалы и химия;Химия;Чистая среда;Eye@RIS3;2021-05-04
        Верхняя область;Упаковка из картофельного крахмала, биоразлагаемая;материалы, химия;;;Eye@RIS3;2023
        Upper Land;Precision medicine and cancer diagnostics;Health;Medicine;;Eye@RIS3;01.02.2019
        """;

    [Fact]
    public async Task Without_a_catalogue_nothing_is_claimed_and_with_one_the_nearest_are_shown()
    {
        var round = await FilledAsync();
        var unchecked_ = await app.Anonymous.Get(round.Api("proposals", "/1/uniqueness"));
        Assert.Equal(JsonValueKind.Null, unchecked_.GetProperty("found").ValueKind);
        Assert.Contains("Not checked", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1"), StringComparison.Ordinal);

        var answer = await PutAsync(app.As("official"), round, Catalogue);
        Assert.Equal((3, 3), (answer.GetProperty("added").GetInt32(), answer.GetProperty("regions").GetInt32()));
        var near = (await app.Anonymous.Get(round.Api("proposals", "/1/uniqueness"))).GetProperty("found");
        Assert.True(near.GetProperty("unique").GetDouble() < 0.6, near.ToString());
        Assert.Equal(["Верхняя область", "Нижняя область"], near.GetProperty("nearest").EnumerateArray().Select(n => n.Text("region")).Take(2).Order());
        Assert.Contains("крахмала", near.GetProperty("nearest")[0].GetProperty("words").EnumerateArray().Select(w => w.GetString()));
        var far = (await app.Anonymous.Get(round.Api("proposals", "/2/uniqueness"))).GetProperty("found");
        Assert.True(far.GetProperty("unique").GetDouble() > 0.9, far.ToString());
        Assert.Equal(0, far.GetProperty("crowd").GetDouble());
        var page = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1");
        Assert.Contains("Нижняя область", page, StringComparison.Ordinal);
        Assert.Contains("2023", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_proposes_what_others_have_is_asked_what_is_different_here()
    {
        var round = await FilledAsync();
        await PutAsync(app.As("official"), round, """
            region,priority,economic_domain
            A,"Биоразлагаемая упаковка из крахмала. Посуда из крахмала для школ","Материалы и химия, Materials and chemistry"
            B,"Биоразлагаемая упаковка из крахмала. Посуда из крахмала для школ","Материалы и химия, Materials and chemistry"
            """);
        var view = await app.Anonymous.Get(round.Api("proposals", "/1/uniqueness"));
        Assert.True(view.GetProperty("mustSay").GetBoolean(), view.ToString());
        Assert.Equal(1, view.GetProperty("found").GetProperty("crowd").GetDouble());
        Assert.Contains("asked what is different here", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_fault_changes_nothing_and_another_replaces_it()
    {
        var (round, official) = (await FilledAsync(), app.As("official"));
        await PutAsync(official, round, Catalogue);
        var faults = await PutAsync(official, round, "region;priority;date\n;Хлеб;вчера\nA;;2020");
        Assert.Equal(["2 region proposals.catalogue.missing", "2 date proposals.catalogue.date", "3 priority proposals.catalogue.missing"], faults.GetProperty("faults").EnumerateArray().Select(f => $"{f.GetProperty("row").GetInt32()} {f.Text("column")} {f.Text("why")}"));
        Assert.Equal(3, Count(await app.Anonymous.Get(round.Api("proposals", "/1/uniqueness"))));
        await PutAsync(official, round, "region;priority\nA;Хлеб");
        Assert.Equal(1, Count(await app.Anonymous.Get(round.Api("proposals", "/1/uniqueness"))));
        foreach (var (who, status) in new[] { (app.Anonymous, 401), (app.As("official", "elsewhere"), 403), (app.As("moderator"), 403) })
            Assert.Equal(status, (await who.PutAsync(round.Api("proposals", "/catalogue"), Body(Catalogue)).Refused()).Status);
        Assert.Equal(404, (await app.Anonymous.GetAsync(round.Api("proposals", "/99/uniqueness")).Refused()).Status);
    }

    static int Count(JsonElement view) => view.GetProperty("catalogue").GetProperty("count").GetInt32();

    static ByteArrayContent Body(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }

    static Task<JsonElement> PutAsync(HttpClient who, TestRound round, string text) => who.PutAsync(round.Api("proposals", "/catalogue"), Body(text)).Json();

    async Task<TestRound> FilledAsync()
    {
        var round = await app.CollectingRound(new() { Proposals = 0 });
        using var tool = app.AsTool();
        await tool.Post(round.Api("proposals", "/import"), new
        {
            reason = "the test needs them",
            proposals = new[]
            {
                new { number = 1, title = new { ru = "Биоразлагаемая упаковка из крахмала" }, summary = new { ru = "Посуда из крахмала для школ" }, sector = "chem" },
                new { number = 2, title = new { ru = "Клееный брус" }, summary = new { ru = "Дома из бруса" }, sector = "wood" },
            },
        });
        return round;
    }
}
