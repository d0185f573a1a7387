using System.Net.Http.Json;

namespace Discovery.ServicesTests.Moderation;

public sealed class AppealTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check7_another_moderator_than_the_first_answers_an_appeal_and_the_log_shows_both_steps()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, stranger, a, b) = (app.AsVoter(town.Firms[3].Person), app.AsVoter(town.Firms[5].Person), app.As("moderator"), app.As("moderator 2"));
        var (number, id) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject);
        var (decision, appeal) = (round.Api("moderation", $"/contents/{id}/decision"), round.Api("moderation", $"/contents/{id}/appeal"));
        await round.CaseAsync(a, number);
        Assert.Equal((409, "moderation.appeal.over"), Said(await firm.PostAsJsonAsync(appeal, new { text = "too early" }).Refused()));
        await round.DecideAsync(number, "hide", "advertising", "this is advertising", a);

        var told = await firm.Get(decision);
        Assert.Equal(("hide", "advertising", "this is advertising"), (told.GetProperty("decided").Text("what"), told.GetProperty("decided").Text("reason"), told.GetProperty("decided").Text("text")));
        foreach (var who in new[] { stranger, a, app.As("official") })
        {
            Assert.Equal(404, (await who.GetAsync(decision).Refused()).Status);
            Assert.Equal(404, (await who.PostAsJsonAsync(appeal, new { text = "I object to it" }).Refused()).Status);
        }
        Assert.Equal(400, (await firm.PostAsJsonAsync(appeal, new { text = " " }).Refused()).Status);
        await firm.Post(appeal, new { text = "It is no advertising, nobody sells anything" });
        Assert.Equal((409, "moderation.appeal.once"), Said(await firm.PostAsJsonAsync(appeal, new { text = "once more" }).Refused()));
        await app.Until(firm, round.Api("proposals", $"/{number}"), p => p.Text("appealedAt") is not null);

        var item = (await round.CaseAsync(b, number, "appeal")).Text("id");
        Assert.Equal((403, "moderation.conflict.first"), Said(await a.PutAsJsonAsync(round.Api("moderation", $"/cases/{item}/claim"), new { }).Refused()));
        Assert.Equal((403, "moderation.conflict.first"), Said(await a.Decide(round, item, new { decision = "grant", text = "I was wrong" }).Refused()));
        Assert.Equal("first", (await a.Get(round.Api("moderation", $"/cases/{item}"))).Text("conflict"));
        Assert.Equal(400, (await b.Decide(round, item, new { decision = "publish" }).Refused()).Status);
        await b.Decide(round, item, new { decision = "grant", text = "nobody sells anything here" }).Json();
        Assert.Equal("published", (await app.WaitAsync(round, number, "published")).Text("state"));
        Assert.True((await firm.Get(decision)).GetProperty("appeal").GetProperty("granted").GetBoolean());

        var log = (await app.Anonymous.Get(round.Api("moderation", "/log"))).GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(["publish", "hide", "appeal", "conflict", "conflict", "grant"], log.Select(e => e.Text("what")!));
        Assert.Equal(log[1].Text("moderator"), log[3].Text("moderator"));
        Assert.NotEqual(log[1].Text("moderator"), log[5].Text("moderator"));
        Assert.Null(log[2].Text("moderator"));
        foreach (var word in new[] { "advertising, nobody", "this is advertising", town.Firms[3].Person.ToString(), Portal.Id("moderator").ToString() })
            Assert.DoesNotContain(word, await app.Anonymous.GetStringAsync(round.Api("moderation", "/log")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_appeal_leaves_it_as_it_is_and_while_one_is_open_the_list_cannot_be_frozen()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, a, b, official) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"), app.As("moderator 2"), app.As("official"));
        var (number, id) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject);
        await round.DecideAsync(number, "return", "unclear", "say it again", a);
        await firm.Post(round.Api("moderation", $"/contents/{id}/appeal"), new { text = "It is clear enough" });
        await app.Until(firm, round.Api("proposals", $"/{number}"), p => p.Text("appealedAt") is not null);
        Assert.Equal("proposals.appealed", (await firm.PutAsJsonAsync(round.Api("proposals", $"/{number}"), Scenes.Content(town.Firms[3].Subject)).Refused()).Code);

        await round.StartAsync("admission");
        var list = await app.Until(official, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean());
        Assert.Equal("proposals.list.appeals-open", list.Text("obstacle"));
        Assert.Equal((409, "proposals.list.appeals-open"), Said(await official.PostAsJsonAsync(round.Api("proposals", "/ballot-list"), new { }).Refused()));

        var item = (await round.CaseAsync(b, number, "appeal")).Text("id");
        await b.Decide(round, item, new { decision = "refuse", text = "it is not clear" }).Json();
        await app.Until(firm, round.Api("proposals", $"/{number}"), p => p.Text("appealedAt") is null && p.Text("state") == "returned");
        Assert.Equal((409, "moderation.appeal.once"), Said(await firm.PostAsJsonAsync(round.Api("moderation", $"/contents/{id}/appeal"), new { text = "once more" }).Refused()));
        await round.FreezeAsync();
        Assert.Equal("listed", (await app.Anonymous.Get(round.Api("proposals", "/1/record"))).GetProperty("entries").EnumerateArray().Last().Text("what"));
    }

    [Fact]
    public async Task A_decision_that_comes_after_the_list_is_frozen_is_noted_and_has_no_effect()
    {
        var (town, round) = (await app.Town, await app.Live());
        var moderator = app.As("moderator");
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(town.Firms[3].Person), town.Firms[3].Subject);
        await round.CaseAsync(moderator, number);
        await round.FreezeAsync();
        await moderator.Decide(round, id.ToString(), new { decision = "publish" }).Json();
        await app.Until(app.As("official"), round.Api("proposals", $"/{number}/record"), r => r.GetProperty("entries").EnumerateArray().Last().Text("what") == "ignored");
        Assert.Equal("waiting", (await app.As("official").Get(round.Api("proposals", $"/{number}"))).Text("state"));
    }

    static (int, string?) Said(Problem problem) => (problem.Status, problem.Code);
}
