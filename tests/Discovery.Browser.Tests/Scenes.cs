using System.Net.Http.Json;

namespace Discovery.BrowserTests;

/// <summary>What must have happened before some pages have anything to show. Made once, through the API.</summary>
public sealed class Scenes
{
    static readonly Lock Gate = new();
    static Task<Scenes>? made;

    /// <summary>A live round that collects proposals: two are published, one waits, by <see cref="Author"/>.</summary>
    public required string Collecting { get; init; }

    /// <summary>In it: what is shown; what was returned to <see cref="Person.TwoHatsAsync"/>; what was hidden, and they have appealed.</summary>
    public required Guid Shown { get; init; }

    public required Guid Returned { get; init; }

    public required Guid Hidden { get; init; }

    public required string Draft { get; init; }

    /// <summary>A draft that lacks whom to turn to, and a live round that is paused and has been amended.</summary>
    public required string Poor { get; init; }

    public required string Paused { get; init; }

    /// <summary>An open round in which one ticks and does not rank.</summary>
    public required string Approval { get; init; }

    public required Person Author { get; init; }

    /// <summary>Somebody whose ballot in the open round of the demonstration is cast.</summary>
    public required Person Voter { get; init; }

    /// <summary>The code of that ballot, as it stands in an address.</summary>
    public required string Code { get; init; }

    public required Guid Organisation { get; init; }

    public required MandateScenes Mandates { get; init; }

    public required ChangingScenes Changing { get; init; }

    /// <summary>Accounts for an administrator to look at: an official, and somebody who is blocked.</summary>
    public required Person Seen { get; init; }

    public required Person Blocked { get; init; }

    public static Task<Scenes> Of(TheSite site)
    {
        lock (Gate) return made ??= MakeAsync(site);
    }

    static async Task<Scenes> MakeAsync(TheSite site)
    {
        var town = await site.Town;
        var collecting = await site.CollectingRound(new() { Origin = "live", Proposals = 2, Endorsements = (2, 2) });
        foreach (var supporter in new[] { town.Firms[4], town.Firms[5], town.Universities[3] })
            using (var http = site.AsVoter(supporter.Person))
                await Portal.Until(async () => (await http.PutAsJsonAsync(collecting.Api("proposals", "/2/endorsement"), new { organisation = supporter.Subject })).IsSuccessStatusCode, "proposal 2 is supported");
        var author = town.Firms[1];
        using (var http = site.AsVoter(author.Person))
            await Portal.Until(async () => await collecting.SubmitAsync(http, author.Subject, 3) == 201, "the third proposal is submitted");
        var hats = await Person.TwoHatsAsync(site);
        using (var http = site.AsVoter(hats.Id))
        {
            foreach (var number in new[] { 4, 5 }) await Portal.Until(async () => await collecting.SubmitAsync(http, Portal.Id($"browser {hats.Name} organisation 0"), number) == 201, "one more is submitted");
            await collecting.DecideAsync(4, "return", "unclear", "Напишите, кому это нужно.");
            await collecting.DecideAsync(5, "hide", "advertising", "Половина текста приглашает в отдел продаж.");
            await http.Post(collecting.Api("moderation", $"/contents/{await IdAsync(5)}/appeal"), new { text = "Фразу про отдел продаж уберём. Остальное не реклама: мы предлагаем области научиться этому." });
        }
        var draft = await TestRound.DraftAsync(site, new() { Origin = "live" });
        var (poor, paused) = (await PoorAsync(site), await PausedAsync(site));
        var approval = await site.OpenRound(new() { Ballot = "approval" });

        var voter = await Person.NewVoterAsync(site);
        using var box = site.AsVoter(voter.Id);
        var receipt = Receipt.Of(await box.Put($"/api/voting/rounds/{TheSite.Open}/ballot", new { tiers = new[] { new[] { 3 }, [1, 2], [5] } }));
        return new()
        {
            Collecting = collecting.Slug, Shown = await IdAsync(1), Returned = await IdAsync(4), Hidden = await IdAsync(5), Draft = draft.Slug, Poor = poor, Paused = paused, Approval = approval.Slug,
            Author = await Person.OnlookerAsync(site), Voter = voter, Code = receipt.Code.Replace(' ', '-'), Organisation = author.Subject,
            Mandates = await MandateScenes.MakeAsync(site), Changing = await ChangingScenes.MakeAsync(site),
            Seen = await Person.OfficialEverywhereAsync(site), Blocked = await Person.BlockedAsync(site),
        };

        async Task<Guid> IdAsync(int number)
        {
            using var official = site.As("official");
            return (await official.Get(collecting.Api("proposals", $"/{number}"))).GetProperty("id").GetGuid();
        }
    }

    static async Task<string> PoorAsync(TheSite site)
    {
        var draft = await TestRound.DraftAsync(site, new() { Origin = "live" });
        var charter = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(draft.Charter()))!.AsObject();
        foreach (var field in new[] { "verification", "appeals", "moderation" }) charter.Remove(field);
        charter["groups"]![0]!["weight"] = 0;
        using var official = site.As("official");
        await official.Put(draft.Api("rounds"), charter);
        return draft.Slug;
    }

    static async Task<string> PausedAsync(TheSite site)
    {
        var round = await site.CollectingRound(new() { Origin = "live", Proposals = 1 });
        using var official = site.As("official");
        await official.Post(round.Api("rounds", "/amendments"), new
        {
            reason = "Вузы на каникулах, приказ № 17", summary = Town.Both("Проверка, сказанная иначе", "A test, said differently"),
            phases = new[] { new { kind = "results", starts = DateTimeOffset.UtcNow.AddDays(33), ends = DateTimeOffset.UtcNow.AddDays(44) } },
        });
        await official.Post(round.Api("rounds", "/pause"), new { reason = "Сбой связи в трёх районах" });
        return round.Slug;
    }
}
