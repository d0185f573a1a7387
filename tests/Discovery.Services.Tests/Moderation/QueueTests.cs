using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Moderation;

public sealed class QueueTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task What_is_handed_in_waits_in_the_queue_of_those_who_moderate_and_of_nobody_else()
    {
        var (town, round) = (await app.Town, await app.Live());
        var firm = town.Firms[3];
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(firm.Person), firm.Subject);
        var moderator = app.As("moderator", round.Slug);
        var item = await round.CaseAsync(moderator, number);
        Assert.Equal(("new", id), (item.Text("why"), item.GetProperty("id").GetGuid()));
        Assert.False(item.GetProperty("isLate").GetBoolean());
        var view = await moderator.Get(round.Api("moderation", $"/cases/{id}"));
        Assert.True(view.GetProperty("mayDecide").GetBoolean());

        foreach (var path in new[] { "/cases", $"/cases/{id}" })
        {
            foreach (var who in new[] { app.AsVoter(firm.Person), app.As("moderator", "elsewhere"), app.As("auditor"), app.AsTool() }) Assert.Equal(403, (await who.GetAsync(round.Api("moderation", path)).Refused()).Status);
            Assert.Equal(401, (await app.Anonymous.GetAsync(round.Api("moderation", path)).Refused()).Status);
        }
        Assert.Equal(404, (await moderator.GetAsync(round.Api("moderation", $"/cases/{Guid.NewGuid()}")).Refused()).Status);

        // A case older than a day is late.
        await app.Read("moderation", db => db.Database.ExecuteSqlAsync(DiscoveryApp.IsDistributed
            ? (FormattableString)$"update cases set opened_at = opened_at - interval '25 hours' where id = {id}" : $"update cases set opened_at = opened_at - 90000000000 where id = {id}"));
        Assert.True((await round.CaseAsync(moderator, number)).GetProperty("isLate").GetBoolean());
        Assert.Single((await moderator.Get(round.Api("moderation", "/cases?late=yes&why=new"))).EnumerateArray());
        Assert.Empty((await moderator.Get(round.Api("moderation", "/cases?why=appeal"))).EnumerateArray());
    }

    [Fact]
    public async Task A_claim_holds_for_ten_minutes_then_whoever_wants_takes_over()
    {
        var (town, round) = (await app.Town, await app.Live());
        var firm = town.Firms[3];
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(firm.Person), firm.Subject);
        var (one, two) = (app.As("moderator"), app.As("moderator 2"));
        await round.CaseAsync(one, number);
        var claim = round.Api("moderation", $"/cases/{id}/claim");
        var until = (await one.Put(claim, new { })).GetProperty("until").GetDateTimeOffset();
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(9.5), TimeSpan.FromMinutes(10.1));
        Assert.Equal((409, "moderation.claimed"), Said(await two.PutAsJsonAsync(claim, new { }).Refused()));
        Assert.Equal((409, "moderation.claimed"), Said(await two.Decide(round, id.ToString(), new { decision = "publish" }).Refused()));
        Assert.True((await one.Put(claim, new { })).GetProperty("until").GetDateTimeOffset() >= until);

        await one.DeleteAsync(claim).Json();
        await two.Put(claim, new { });
        Assert.Equal((409, "moderation.claimed"), Said(await one.PutAsJsonAsync(claim, new { }).Refused()));
        await app.Read("moderation", db => db.Database.ExecuteSqlAsync(DiscoveryApp.IsDistributed
            ? (FormattableString)$"update cases set claimed_until = claimed_until - interval '601 seconds' where id = {id}" : $"update cases set claimed_until = claimed_until - 601000000 where id = {id}"));
        await one.Put(claim, new { });
        // A decision lets it go.
        await one.Decide(round, id.ToString(), new { decision = "publish" }).Json();
        Assert.Equal((409, "moderation.decided"), Said(await two.PutAsJsonAsync(claim, new { }).Refused()));
    }

    [Fact]
    public async Task A_decision_on_words_that_have_changed_is_refused_and_says_what_changed()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, moderator) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"));
        var (number, id) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, "The old words stand here, and there are enough of them");
        await round.DecideAsync(number, "return", "unclear", "what is it?", moderator);
        await firm.Put(round.Api("proposals", $"/{number}"), Scenes.Content(town.Firms[3].Subject, "The new words stand here, and there are enough of them"));
        var item = await round.CaseAsync(moderator, number, "edited");
        Assert.Equal(2, item.GetProperty("of").GetInt64());
        Assert.Equal((409, "moderation.changed"), Said(await moderator.Decide(round, id.ToString(), new { decision = "publish", of = 1 }).Refused()));
        var since = (await moderator.Get(round.Api("moderation", $"/cases/{id}?read=1"))).GetProperty("since");
        Assert.Contains(since.GetProperty("gone").EnumerateArray(), p => p.GetString()!.StartsWith("The old words", StringComparison.Ordinal));
        Assert.Contains(since.GetProperty("come").EnumerateArray(), p => p.GetString()!.StartsWith("The new words", StringComparison.Ordinal));
        await moderator.Decide(round, id.ToString(), new { decision = "publish", of = 2 }).Json();
        await app.WaitAsync(round, number, "published");
    }

    [Fact]
    public async Task What_is_against_the_author_needs_a_reason_and_words_and_what_is_hidden_is_gone_for_all_others()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, moderator, stranger) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"), app.AsVoter(town.Firms[5].Person));
        var (number, id) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject);
        await round.CaseAsync(moderator, number);
        foreach (var form in new object[] { new { }, new { decision = "vanish" }, new { decision = "hide", text = "long enough" }, new { decision = "return", reason = "unclear" }, new { decision = "hide", reason = "in-order", text = "long enough" }, new { decision = "suggest-merge" }, new { decision = "grant", text = "long enough" }, new { decision = "suggest-merge", other = 4711 } })
            Assert.Equal(400, (await moderator.Decide(round, id.ToString(), form).Refused()).Status);

        await moderator.Decide(round, id.ToString(), new { decision = "suggest-merge", other = 1 }).Json();
        Assert.Equal(1, (await app.WaitAsync(round, number, "published")).GetProperty("suggestedMerge").GetInt32());
        // Reported and hidden: author and officials see it, all others learn the reason code and nothing else.
        foreach (var reporter in town.Universities.Take(3)) await app.AsVoter(reporter.Person).Post(round.Api("moderation", $"/contents/{id}/reports"), new { reason = "advertising", text = "pure advertising" });
        await round.DecideAsync(number, "hide", "advertising", "this is advertising", moderator, "reported");
        var gone = await stranger.GetAsync(round.Api("proposals", $"/{number}")).Refused();
        Assert.Equal((410, "proposals.gone.advertising"), Said(gone));
        Assert.Equal(410, (int)(await app.Anonymous.GetAsync($"/en/rounds/{round.Slug}/proposals/{number}")).StatusCode);
        Assert.Equal("hidden", (await firm.Get(round.Api("proposals", $"/{number}"))).Text("state"));
        Assert.Equal(1, (await app.Anonymous.Get(round.Api("proposals"))).GetProperty("published").GetInt32());
        await app.Until(app.Anonymous, $"/api/rounds/{round.Slug}", _ => true);
        var record = await firm.Get(round.Api("proposals", $"/{number}/record"));
        Assert.Equal(["submitted", "published", "hidden"], record.GetProperty("entries").EnumerateArray().Select(e => e.Text("what")!));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, record.GetProperty("brokenAt").ValueKind);
    }

    [Fact]
    public async Task Who_escalates_leaves_it_to_the_officials()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(town.Firms[3].Person), town.Firms[3].Subject);
        var moderator = app.As("moderator");
        await round.CaseAsync(moderator, number);
        await moderator.Decide(round, id.ToString(), new { decision = "escalate" }).Json();
        Assert.True((await round.CaseAsync(moderator, number)).GetProperty("isEscalated").GetBoolean());
        Assert.Equal((403, "moderation.escalated"), Said(await moderator.Decide(round, id.ToString(), new { decision = "publish" }).Refused()));
        Assert.Equal("waiting", (await app.As("official").Get(round.Api("proposals", $"/{number}"))).Text("state"));
        await round.DecideAsync(number, "publish");
    }

    [Fact]
    public async Task A_case_is_given_to_somebody_who_moderates()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(town.Firms[3].Person), town.Firms[3].Subject);
        var moderator = app.As("moderator");
        await round.CaseAsync(moderator, number);
        var colleague = (await app.As("administrator").Post("/api/identity/accounts", new { email = $"colleague-{id:N}@moderation.example", displayName = "Colleague" })).GetProperty("id").GetGuid();
        var assignee = round.Api("moderation", $"/cases/{id}/assignee");
        Assert.Equal((409, "moderation.assign.unknown"), Said(await moderator.PutAsJsonAsync(assignee, new { person = colleague }).Refused()));
        await app.As("administrator").PutAsJsonAsync($"/api/identity/people/{colleague}/roles/{round.Slug}:moderator", new { reason = "the test needs one" }).Json();
        await Portal.Until(async () => (await moderator.PutAsJsonAsync(assignee, new { person = colleague })).IsSuccessStatusCode, "the role is known to Moderation");
        Assert.NotNull((await round.CaseAsync(moderator, number)).Text("assignedTo"));
        await moderator.PutAsJsonAsync(assignee, new { }).Json();
        Assert.Null((await round.CaseAsync(moderator, number)).Text("assignedTo"));
    }

    [Fact]
    public async Task One_decision_on_several_takes_effect_after_half_a_minute_and_can_be_undone_before()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, moderator, other) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"), app.As("moderator 2"));
        var all = new List<(int Number, Guid Id)>();
        for (var i = 0; i < 3; i++) all.Add(await round.SubmitOwnAsync(firm, town.Firms[3].Subject));
        foreach (var (number, _) in all) await round.CaseAsync(moderator, number);
        var path = round.Api("moderation", "/decisions");
        Assert.Equal(400, (await moderator.PostAsJsonAsync(path, new { cases = Array.Empty<string>(), decision = "publish" }).Refused()).Status);
        Assert.Equal(400, (await moderator.PostAsJsonAsync(path, new { cases = all.Select(a => a.Id), decision = "return", reason = "unclear", text = "what is it?" }).Refused()).Status);

        await other.Put(round.Api("moderation", $"/cases/{all[2].Id}/claim"), new { });
        var form = new { cases = all.Select(a => $"{a.Id}:1"), decision = "publish" };
        var answer = await moderator.Post(path, form);
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        Assert.Equal("moderation.claimed", answer.GetProperty("refused")[0].Text("code"));
        Assert.Equal((409, "moderation.pending"), Said(await moderator.Decide(round, all[0].Id.ToString(), new { decision = "publish" }).Refused()));
        Assert.Equal("waiting", (await app.As("official").Get(round.Api("proposals", $"/{all[0].Number}"))).Text("state"));
        Assert.Equal(409, (await other.DeleteAsync($"{path}/{answer.Text("batch")}").Refused()).Status);
        await moderator.DeleteAsync($"{path}/{answer.Text("batch")}").Json();
        Assert.Equal((409, "moderation.undo.late"), Said(await moderator.DeleteAsync($"{path}/{answer.Text("batch")}").Refused()));
        Assert.Equal(3, (await moderator.Get(round.Api("moderation", "/cases"))).GetArrayLength());

        answer = await moderator.Post(path, form);
        await app.Read("moderation", db => db.Database.ExecuteSqlAsync($"update decisions set due_at = at where batch = {answer.GetProperty("batch").GetGuid()}"));
        foreach (var (number, _) in all.Take(2)) await app.WaitAsync(round, number, "published");
        Assert.Equal((409, "moderation.undo.late"), Said(await moderator.DeleteAsync($"{path}/{answer.Text("batch")}").Refused()));
        Assert.Equal(1, (await moderator.Get(round.Api("moderation", "/cases"))).GetArrayLength());
    }

    static (int, string?) Said(Problem problem) => (problem.Status, problem.Code);
}
