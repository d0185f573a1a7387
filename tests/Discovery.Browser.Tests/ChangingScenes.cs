using System.Text.Json;

namespace Discovery.BrowserTests;

/// <summary>A live round in which proposals change: numbers 4, 5 and 8 are of <see cref="Author"/>, 6 and 7 of <see cref="Other"/>.</summary>
public sealed class ChangingScenes
{
    public required string Round { get; init; }

    /// <summary>A round whose list is being made, with merges that are not settled.</summary>
    public required string Admitting { get; init; }

    public required Person Author { get; init; }

    /// <summary>Has suggested amendments for number 4, and is asked to be its co-author.</summary>
    public required Person Other { get; init; }

    /// <summary>Of numbers 1 and 5; the author has not answered yet.</summary>
    public required Guid Asked { get; init; }

    /// <summary>Of 6 and 7, the second of which the author's firm supports.</summary>
    public required Guid Done { get; init; }

    public static async Task<ChangingScenes> MakeAsync(TheSite site)
    {
        var town = await site.Town;
        var round = await site.CollectingRound(new() { Origin = "live", Proposals = 3 });
        var (author, other) = (await Person.NewAsync(site, [], "firm"), await Person.NewAsync(site, [], "university"));
        using var a = site.AsVoter(author.Id);
        using var b = site.AsVoter(other.Id);
        var (firm, university) = (Portal.Id($"browser {author.Name} organisation 0"), Portal.Id($"browser {other.Name} organisation 0"));
        foreach (var (who, organisation, number) in new[] { (a, firm, 4), (a, firm, 5), (b, university, 6), (b, university, 7), (a, firm, 8) })
        {
            await Portal.Until(async () => await round.SubmitAsync(who, organisation, number) == 201, "the mandate is known to Proposals");
            await round.DecideAsync(number, "publish");
        }

        async Task SuggestAsync(object form) => await b.Post(round.Api("proposals", "/4/amendments"), form);
        await SuggestAsync(new { reason = "Название должно говорить о хлебе", title = Town.Both("Хлеб из местной ржи", "Bread from local rye") });
        await SuggestAsync(new { reason = "Рынок шире, чем сказано", market = Town.Both("Здесь сказано достаточно много слов о том, что важно: соседние области и сети магазинов.", "Here enough words are said about what is important: neighbouring regions and chains of shops.") });
        await a.Put(round.Api("proposals", "/4/content"), Edited(1, "Ржаной хлеб долгого хранения", "Rye bread that keeps"));
        await a.Put(round.Api("proposals", "/4/content"), Edited(2, "Ржаной хлеб долгого хранения из муки области", "Rye bread that keeps, from the region’s own flour"));
        await a.Post(round.Api("proposals", "/4/co-authors"), new { organisation = university });
        await a.Post(round.Api("proposals", "/4/co-authors"), new { organisation = town.Universities[3].Subject });
        await a.Put(round.Api("proposals", "/7/endorsement"), new { organisation = firm });
        await a.Put(round.Api("proposals", "/8/withdrawal"), new { reason = "Мельница закрылась, печь больше не из чего" });

        using var first = site.AsVoter(town.Firms[0].Person);
        var asked = await first.Post(round.Api("proposals", "/merges"), new { with = new[] { 1, 5 }, lead = 1, reason = "Оба предложения об одном и том же", summary = Town.Both("Здесь сказано достаточно много слов о том, что важно: общий текст двух авторов.", "Here enough words are said about what is important: one text of two authors.") });
        var done = await b.Post(round.Api("proposals", "/merges"), new { with = new[] { 6, 7 }, lead = 6, reason = "Одно продолжает другое" });
        return new()
        {
            Round = round.Slug, Admitting = await AdmittingAsync(site), Author = author, Other = other, Asked = asked.GetProperty("id").GetGuid(), Done = done.GetProperty("id").GetGuid(),
        };
    }

    static async Task<string> AdmittingAsync(TheSite site)
    {
        var town = await site.Town;
        var round = await site.CollectingRound(new() { Origin = "live", Proposals = 4 });
        using (var firm = site.AsVoter(town.Firms[0].Person)) await firm.Post(round.Api("proposals", "/merges"), new { with = new[] { 1, 2 }, lead = 1, reason = "Оба предложения об одном и том же" });
        using (var institute = site.AsVoter(town.Institute.Person)) await institute.Post(round.Api("proposals", "/merges"), new { with = new[] { 3, 4 }, lead = 3, reason = "Одно продолжает другое" });
        await round.StartAsync("admission");
        using var official = site.As("official");
        await site.Until(official, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean() && l.Text("obstacle") is null);
        return round.Slug;
    }

    static object Edited(int version, string ru, string en)
    {
        var content = JsonSerializer.SerializeToNode(TestRound.Content(Guid.Empty, 4), JsonSerializerOptions.Web)!.AsObject();
        content["baseVersion"] = version;
        content["title"] = JsonSerializer.SerializeToNode(Town.Both(ru, en), JsonSerializerOptions.Web);
        content["also"] = version == 2 ? "digital" : null;
        return content;
    }
}
