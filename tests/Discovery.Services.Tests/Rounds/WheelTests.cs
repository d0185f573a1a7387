using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.ServicesTests.Rounds;

public sealed class WheelTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_score_is_public_once_an_official_has_confirmed_it_and_every_change_stays_in_its_history()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var (official, path) = (app.As("official"), round.Api("rounds", "/wheel"));

        var empty = await app.Anonymous.Get(path);
        Assert.Equal((0, 18), (empty.GetProperty("confirmed").GetInt32(), empty.GetProperty("total").GetInt32()));
        Assert.Contains("No scores yet", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/wheel"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Factor(empty, "communication").GetProperty("suggestion").ValueKind);

        await official.Put(path + "/communication", new { score = 4, comment = "The charter is clear", revision = 0 });
        await official.Put(path + "/communication", new { score = 2, comment = "Nobody reads it", revision = 1 });
        Assert.Equal("rounds.wheel.raced", (await official.PutAsJsonAsync(path + "/communication", new { score = 5, comment = "Late", revision = 1 }).Refused()).Code);

        var factor = Factor(await app.Anonymous.Get(path), "communication");
        Assert.Equal((2, "2.3"), (factor.GetProperty("score").GetInt32(), factor.Text("code")));
        Assert.Equal([2, 4], factor.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("score").GetInt32()));
        Assert.Equal([3, 3], factor.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("suggested").GetInt32()));
        var page = await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/wheel");
        Assert.Contains("Nobody reads it", page, StringComparison.Ordinal);
        Assert.Contains("role=\"img\"", page, StringComparison.Ordinal);
        Assert.Contains("The charter is clear", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_is_made_where_the_data_say_something_and_nowhere_else()
    {
        var round = await app.OpenRound();
        await app.Until(app.As("official"), round.Api("rounds", "/wheel"), w => Suggested(w, "innovation") is not null);
        var wheel = await app.As("official").Get(round.Api("rounds", "/wheel"));
        // One sector; two firms have proposed, and an institute that belongs to no group; the list is frozen and nothing is published.
        Assert.Equal((1, 1, 4), (Suggested(wheel, "innovation"), Suggested(wheel, "participation"), Suggested(wheel, "communication")));
        Assert.Equal(2, Suggested(wheel, "dynamics"));
        foreach (var unknown in new[] { "assets", "outward", "structures", "challenges", "scenarios", "past", "consistency", "mass", "roadmap", "balance", "framework", "indicators", "mechanism", "update" })
            Assert.Null(Suggested(wheel, unknown));
    }

    [Fact]
    public async Task Only_officials_of_the_region_confirm_and_always_with_a_comment()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var (official, path) = (app.As("official", round.Slug), round.Api("rounds", "/wheel/assets"));
        var good = new { score = 3, comment = "By the report", revision = 0 };
        Assert.Equal(401, (await app.Anonymous.PutAsJsonAsync(path, good).Refused()).Status);
        foreach (var who in new[] { app.As("official", "elsewhere"), app.As("auditor"), app.AsVoter((await app.Town).Firms[0].Person), app.AsTool() })
            Assert.Equal(403, (await who.PutAsJsonAsync(path, good).Refused()).Status);
        foreach (var bad in new object[] { new { score = 3, comment = " ", revision = 0 }, new { score = 6, comment = "Six", revision = 0 }, new { comment = "No score", revision = 0 }, new { score = 3, comment = new string('x', 1001), revision = 0 } })
            Assert.Equal(400, (await official.PutAsJsonAsync(path, bad).Refused()).Status);
        Assert.Equal(404, (await official.PutAsJsonAsync(round.Api("rounds", "/wheel/weather"), good).Refused()).Status);
        await official.Put(path, good);

        var draft = await TestRound.DraftAsync(app, new() { Origin = "live" });
        Assert.Equal("rounds.wheel.draft", (await app.As("official").PutAsJsonAsync(draft.Api("rounds", "/wheel/assets"), good).Refused()).Code);
        Assert.Equal(404, (await app.Anonymous.GetAsync(draft.Api("rounds", "/wheel")).Refused()).Status);
    }

    static JsonElement Factor(JsonElement wheel, string factor) => wheel.GetProperty("steps").EnumerateArray().SelectMany(s => s.GetProperty("factors").EnumerateArray()).Single(f => f.Text("factor") == factor);

    static int? Suggested(JsonElement wheel, string factor) => Factor(wheel, factor).GetProperty("suggestion").GetProperty("score") is { ValueKind: JsonValueKind.Number } score ? score.GetInt32() : null;
}
