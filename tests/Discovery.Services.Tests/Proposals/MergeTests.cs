using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Discovery.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Merges with consent (features.md). Number 1 is of a firm, 2 of the owner of a family, 3 and more of the institute.</summary>
public sealed class MergeTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task All_agree_the_lead_goes_on_the_others_close_and_silent_support_stays_where_it_was()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(4);
        foreach (var (number, who) in new[] { (1, town.Universities[0]), (2, town.Universities[1]), (2, town.Universities[2]), (2, town.Firms[5]), (1, town.Family[0]) }) await app.EndorseAsync(round, number, who);
        var merge = await ProposeAsync(round, town.Firms[0], [1, 2, 3], 1, new { title = new { en = "One text of three" } });
        Assert.Equal("open", merge.Text("state"));
        var path = round.Api("proposals", "/merges/" + merge.Text("id"));
        Assert.Equal(3, (await app.Anonymous.Get(path)).GetProperty("answers").GetArrayLength());
        Assert.Single((await app.Anonymous.Get(round.Path(2))).GetProperty("merges").EnumerateArray());

        using var second = app.AsVoter(town.Family[0].Person);
        using var third = app.AsVoter(town.Institute.Person);
        foreach (var who in new[] { app.AsVoter(town.Firms[7].Person), app.As("official"), app.AsVoter(town.Family[1].Person) })
            using (who) Assert.Equal((403, "proposals.merge.not-author"), await who.PutAsJsonAsync(path + "/answer", new { agrees = true }).RefusedAs());
        Assert.Equal("open", (await second.Put(path + "/answer", new { agrees = true })).Text("state"));
        Assert.Equal("published", (await app.Anonymous.Get(round.Path(2))).Text("state"));
        Assert.Equal("done", (await third.Put(path + "/answer", new { agrees = true })).Text("state"));

        var lead = await app.Anonymous.Get(round.Path(1));
        Assert.Equal("One text of three", lead.GetProperty("content").GetProperty("title").Text("en"));
        Assert.Equal([town.Family[0].Subject, town.Institute.Subject], lead.GetProperty("coAuthors").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()).OrderBy(o => o != town.Family[0].Subject));
        Assert.Equal("merged", (await app.Anonymous.Get(round.Path(1, "/versions"))).GetProperty("versions")[1].Text("why"));
        // The owner of the family was a supporter and is an author now.
        Assert.Equal(1, Voices(lead));
        foreach (var number in new[] { 2, 3 })
        {
            var closed = await app.Anonymous.Get(round.Path(number));
            Assert.Equal(("merged", 1), (closed.Text("state"), closed.GetProperty("mergedInto").GetInt32()));
        }
        Assert.Equal([1, 4], (await app.Anonymous.Get(round.Api("proposals"))).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()).Order());
        Assert.Equal([1, 4], (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("proposals").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Contains("/proposals/1", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/2"), StringComparison.Ordinal);
        // Read only.
        Assert.Equal((404, "proposals.unknown"), await second.PutAsJsonAsync(round.Path(2, "/content"), Changing.Content(2, "Words for a text that is closed already.", 1)).RefusedAs());
        using (var late = app.AsVoter(town.Firms[8].Person)) Assert.Equal(404, (await late.PutAsJsonAsync(round.Path(2, "/endorsement"), new { organisation = town.Firms[8].Subject }).Refused()).Status);

        // One keeps, one returns, one says nothing.
        using (var keeps = app.AsVoter(town.Universities[1].Person)) await keeps.Put(path + "/support", new { organisation = town.Universities[1].Subject, keeps = true });
        using (var returns = app.AsVoter(town.Universities[2].Person))
        {
            await returns.Put(path + "/support", new { organisation = town.Universities[2].Subject, keeps = false });
            Assert.Equal((409, "proposals.merge.support-answered"), await returns.PutAsJsonAsync(path + "/support", new { organisation = town.Universities[2].Subject, keeps = true }).RefusedAs());
            Assert.Equal((403, "proposals.no-mandate"), await returns.PutAsJsonAsync(path + "/support", new { organisation = town.Firms[5].Subject, keeps = true }).RefusedAs());
        }
        using (var none = app.AsVoter(town.Firms[8].Person)) Assert.Equal((404, "proposals.merge.no-support"), await none.PutAsJsonAsync(path + "/support", new { organisation = town.Firms[8].Subject, keeps = true }).RefusedAs());
        var part = (await app.Anonymous.Get(path)).GetProperty("others")[0];
        Assert.Equal((1, 1, 1), (part.GetProperty("kept").GetInt32(), part.GetProperty("returned").GetInt32(), part.GetProperty("silent").GetInt32()));
        Assert.Equal((2, 1), (Voices(await app.Anonymous.Get(round.Path(1))), Voices(await app.Anonymous.Get(round.Path(2)))));

        // Rounds counts them no more.
        await KnownToRoundsAsync(round, 2);

        // Any of the authors undoes it: all as before, answers of supporters too, and both texts are kept.
        Assert.Equal(400, (await second.PutAsJsonAsync(path + "/undo", new { reason = " " }).Refused()).Status);
        using (var stranger = app.AsVoter(town.Firms[7].Person)) Assert.Equal((403, "proposals.merge.not-author"), await stranger.PutAsJsonAsync(path + "/undo", new { reason = "We want it so" }).RefusedAs());
        await second.Put(path + "/undo", new { reason = "Our own text says it better" });
        Assert.Equal((409, "proposals.merge.undo-late"), await second.PutAsJsonAsync(path + "/undo", new { reason = "Our own text says it better" }).RefusedAs());
        lead = await app.Anonymous.Get(round.Path(1));
        Assert.Equal(("Proposal number 1", 0, 2), (lead.GetProperty("content").GetProperty("title").Text("en"), lead.GetProperty("coAuthors").GetArrayLength(), Voices(lead)));
        var back = await app.Anonymous.Get(round.Path(2));
        Assert.Equal(("published", 3), (back.Text("state"), Voices(back)));
        Assert.Equal(["submitted", "merged", "parted"], (await app.Anonymous.Get(round.Path(1, "/versions"))).GetProperty("versions").EnumerateArray().Select(v => v.Text("why")));
        Assert.Equal([1, 2, 3, 4], (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("proposals").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        await KnownToRoundsAsync(round, 4);
    }

    [Fact]
    public async Task One_no_a_changed_text_or_a_withdrawal_ends_it_and_there_is_one_merge_at_a_time()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(4);
        var (firm, owner) = (town.Firms[0], town.Family[0]);
        using var first = app.AsVoter(firm.Person);
        using var second = app.AsVoter(owner.Person);
        string At(JsonElement merge) => round.Api("proposals", "/merges/" + merge.Text("id"));
        async Task<string?> StateAsync(JsonElement merge) => (await first.Get(At(merge))).Text("state");

        var refused = await ProposeAsync(round, firm, [1, 2], 2);
        Assert.Equal((409, "proposals.merge.is-asked"), await second.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 3], 2)).RefusedAs());
        Assert.Equal(400, (await second.PutAsJsonAsync(At(refused) + "/answer", new { agrees = false }).Refused()).Status);
        await second.Put(At(refused) + "/answer", new { agrees = false, reason = "They are different things" });
        Assert.Equal("refused", await StateAsync(refused));
        Assert.Equal((409, "proposals.merge.ended"), await second.PutAsJsonAsync(At(refused) + "/answer", new { agrees = true }).RefusedAs());

        var overtaken = await ProposeAsync(round, firm, [1, 2], 1);
        await second.Put(round.Path(2, "/content"), Changing.Content(2, "The second text is changed while all are asked.", 1));
        Assert.Equal("overtaken", await StateAsync(overtaken));

        var takenBack = await ProposeAsync(round, firm, [1, 3], 1);
        Assert.Equal((403, "proposals.merge.not-yours"), await second.DeleteAsync(At(takenBack)).RefusedAs());
        using (var gone = await first.DeleteAsync(At(takenBack))) Assert.Equal(204, (int)gone.StatusCode);

        // An official suggests; the authors are asked all the same.
        using var official = app.As("official");
        var advised = await official.Post(round.Api("proposals", "/merges"), Form([1, 2], 1));
        Assert.Equal("open", advised.Text("state"));
        Assert.All((await app.Anonymous.Get(At(advised))).GetProperty("answers").EnumerateArray(), a => Assert.Equal(JsonValueKind.Null, a.GetProperty("agrees").ValueKind));
        await first.Put(round.Path(1, "/withdrawal"), new { reason = "We go on without it" });
        Assert.Equal("overtaken", await StateAsync(advised));

        // Those of one author merge at once.
        var own = await ProposeAsync(round, town.Institute, [3, 4], 4);
        Assert.Equal("done", own.Text("state"));
        Assert.Equal((404, "proposals.merge.unknown-number"), await second.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 3], 2)).RefusedAs());
        using var institute = app.AsVoter(town.Institute.Person);
        Assert.Equal((409, "proposals.withdraw.merged"), await institute.PutAsJsonAsync(round.Path(4, "/withdrawal"), new { reason = "We go on without it" }).RefusedAs());
        // The later one first.
        var later = await ProposeAsync(round, owner, [2, 4], 2);
        await institute.Put(At(later) + "/answer", new { agrees = true });
        Assert.Equal((409, "proposals.merge.later"), await institute.PutAsJsonAsync(At(own) + "/undo", new { reason = "Each for itself again" }).RefusedAs());
        await institute.Put(At(later) + "/undo", new { reason = "Each for itself again" });
        await institute.Put(At(own) + "/undo", new { reason = "Each for itself again" });
        Assert.Equal("published", (await app.Anonymous.Get(round.Path(3))).Text("state"));

        foreach (var (numbers, lead) in new[] { (new[] { 2 }, 2), ([2, 3, 4, 5, 6, 7], 2), ([2, 3], 4) })
            Assert.Equal(400, (await second.PostAsJsonAsync(round.Api("proposals", "/merges"), Form(numbers, lead)).Refused()).Status);
        Assert.Equal((404, "proposals.merge.unknown-number"), await second.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 99], 2)).RefusedAs());
        using (var stranger = app.AsVoter(town.Firms[7].Person)) Assert.Equal((403, "proposals.merge.not-author"), await stranger.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 3], 2)).RefusedAs());
        using (var elsewhere = app.As("official", "elsewhere")) Assert.Equal((403, "proposals.merge.not-author"), await elsewhere.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 3], 2)).RefusedAs());
        var other = await app.CollectingAsync(1);
        Assert.Equal((404, "proposals.merge.unknown"), await app.Anonymous.GetAsync(other.Api("proposals", "/merges/" + own.Text("id"))).RefusedAs());
        Assert.Equal((404, "proposals.merge.unknown"), await institute.PutAsJsonAsync(other.Api("proposals", $"/merges/{own.Text("id")}/undo"), new { reason = "From another round" }).RefusedAs());
    }

    [Fact]
    public async Task Two_agree_at_the_same_moment_and_it_happens_once()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(3);
        var merge = await ProposeAsync(round, town.Firms[0], [1, 2, 3], 1);
        var path = round.Api("proposals", $"/merges/{merge.Text("id")}/answer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.AsVoter((i % 2 == 0 ? town.Family[0] : town.Institute).Person).PutAsJsonAsync(path, new { agrees = true })));
        Assert.Contains(answers, a => a.IsSuccessStatusCode);
        Assert.All(answers.Where(a => !a.IsSuccessStatusCode), a => Assert.Equal(409, (int)a.StatusCode));
        Assert.Equal(2, (await app.Anonymous.Get(round.Path(1))).GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task The_freeze_waits_for_merges_unless_both_officials_settle_them()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(4);
        var open = await ProposeAsync(round, town.Firms[0], [1, 2], 1);
        var done = await ProposeAsync(round, town.Institute, [3, 4], 3);
        await round.StartAsync("admission");
        using var official = app.As("official");
        using var second = app.As("official 2");
        var list = await app.Until(official, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean() && l.Text("obstacle") is null);
        Assert.Equal((1, 1), (list.GetProperty("openMerges").GetInt32(), list.GetProperty("undoableMerges").GetInt32()));
        Assert.Equal((409, "proposals.list.merges-open"), await official.PostAsJsonAsync(round.Api("proposals", "/ballot-list"), new { }).RefusedAs());
        await official.Post(round.Api("proposals", "/ballot-list"), new { settlesMerges = true });

        using var owner = app.AsVoter(town.Family[0].Person);
        using var institute = app.AsVoter(town.Institute.Person);
        Assert.Equal((409, "proposals.list.is-asked"), await owner.PutAsJsonAsync(round.Api("proposals", $"/merges/{open.Text("id")}/answer"), new { agrees = true }).RefusedAs());
        Assert.Equal((409, "proposals.list.is-asked"), await institute.PutAsJsonAsync(round.Api("proposals", $"/merges/{done.Text("id")}/undo"), new { reason = "Each for itself again" }).RefusedAs());
        Assert.Equal((409, "proposals.list.is-asked"), await owner.PostAsJsonAsync(round.Api("proposals", "/merges"), Form([2, 3], 2)).RefusedAs());
        Assert.Equal((409, "proposals.list.merges-open"), await second.PostAsJsonAsync(round.Api("proposals", "/ballot-list"), new { }).RefusedAs());
        await second.Post(round.Api("proposals", "/ballot-list"), new { settlesMerges = true });

        Assert.Equal("settled", (await app.Anonymous.Get(round.Api("proposals", "/merges/" + open.Text("id")))).Text("state"));
        Assert.Equal((409, "proposals.list.is-frozen"), await institute.PutAsJsonAsync(round.Api("proposals", $"/merges/{done.Text("id")}/undo"), new { reason = "Each for itself again" }).RefusedAs());
        Assert.Equal([1, 2, 3], (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("proposals").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Equal((409, "proposals.list.is-frozen"), await institute.PutAsJsonAsync(round.Path(3, "/withdrawal"), new { reason = "Much too late for it" }).RefusedAs());
    }

    [Fact]
    public async Task No_answer_within_seven_days_is_no_merge_and_two_weeks_end_the_undoing()
    {
        using var folder = new Folder();
        var (clock, began) = (System.IO.Path.Combine(folder.Path, "clock"), DateTimeOffset.UtcNow);
        await using var own = await DiscoveryApp.StartAsync("--Rehearsal:Clock=" + clock);
        var round = await own.CollectingAsync(4);
        var town = await own.Town;
        var late = await ProposeAsync(own, round, town.Firms[0], [1, 2], 1);
        var done = await ProposeAsync(own, round, town.Institute, [3, 4], 3);
        await File.WriteAllTextAsync(clock, TimeSpan.FromDays(6.9).ToString());
        await ShiftedAsync(6.9);
        Assert.Equal("open", (await own.Anonymous.Get(round.Api("proposals", "/merges/" + late.Text("id")))).Text("state"));
        await File.WriteAllTextAsync(clock, TimeSpan.FromDays(7.01).ToString());
        using var owner = Lasting(town.Family[0]);
        await ShiftedAsync(7.01);
        Assert.Equal((409, "proposals.merge.ended"), await owner.PutAsJsonAsync(round.Api("proposals", $"/merges/{late.Text("id")}/answer"), new { agrees = true }).RefusedAs());
        await own.Until(own.Anonymous, round.Api("proposals", "/merges/" + late.Text("id")), m => m.Text("state") == "lapsed" && m.Text("endedAt") is not null);
        Assert.Equal("published", (await own.Anonymous.Get(round.Path(2))).Text("state"));
        using (var firm = Lasting(town.Firms[0])) await firm.Post(round.Api("proposals", "/merges"), Form([1, 2], 1));

        await File.WriteAllTextAsync(clock, TimeSpan.FromDays(14.01).ToString());
        await ShiftedAsync(14.01);
        using var institute = Lasting(town.Institute);
        Assert.Equal((409, "proposals.merge.undo-late"), await institute.PutAsJsonAsync(round.Api("proposals", $"/merges/{done.Text("id")}/undo"), new { reason = "Each for itself again" }).RefusedAs());
        await institute.Put(round.Path(3, "/withdrawal"), new { reason = "Nobody needs it any more" });

        Task ShiftedAsync(double days) => Portal.Until(() => Task.FromResult(own.Of("proposals").GetRequiredService<TimeProvider>().GetUtcNow() > began.AddDays(days)), $"the clock of Proposals is {days} days ahead");

        // Signed in for longer than the clock is moved.
        HttpClient Lasting(Voter voter) => own.WithToken(Sessions.TokenUntil(own.Of("identity"), DateTimeOffset.UtcNow.AddDays(30), new(ClaimTypes.NameIdentifier, voter.Person.ToString()), new Claim(ClaimTypes.Name, "Voter")));
    }

    Task KnownToRoundsAsync(TestRound round, int proposals) => Portal.Until(
        async () => await app.Read("rounds", db => db.Database.SqlQuery<int>($"""select count(*) as "Value" from proposals p where p.sequence > p.hidden_sequence and exists (select 1 from rounds r where r.id = p.round and r.slug = {round.Slug})""").SingleAsync()) == proposals, $"Rounds counts {proposals} proposals", 30);

    static int Voices(JsonElement proposal) => proposal.GetProperty("support").GetProperty("voices").GetInt32();

    static object Form(int[] with, int lead) => new { with, lead, reason = "They say the same thing" };

    Task<JsonElement> ProposeAsync(TestRound round, Voter voter, int[] with, int lead, object? words = null) => ProposeAsync(app, round, voter, with, lead, words);

    static Task<JsonElement> ProposeAsync(Portal app, TestRound round, Voter voter, int[] with, int lead, object? words = null)
    {
        var form = JsonSerializer.SerializeToNode(Form(with, lead), JsonSerializerOptions.Web)!.AsObject();
        if (words is not null)
            foreach (var (name, value) in JsonSerializer.SerializeToNode(words)!.AsObject()) form[name] = value?.DeepClone();
        return app.KnownAsync(voter, http => http.PostAsJsonAsync(round.Api("proposals", "/merges"), form));
    }
}
