using System.Net.Http.Json;

namespace Discovery.ServicesTests.Rounds;

/// <summary>What of a published charter may still change, and how.</summary>
public sealed class AmendmentTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Dates_and_texts_change_in_public_and_the_rules_of_the_count_never()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        using var official = app.As("official");
        var before = await app.Anonymous.Get(round.Api("rounds"));
        var results = before.GetProperty("phases")[3];
        var ends = results.GetProperty("ends").GetDateTimeOffset().AddDays(5);

        Task<Problem> Refused(object form) => official.PostAsJsonAsync(round.Api("rounds", "/amendments"), form).Refused();
        Assert.Equal(400, (await Refused(new { summary = Town.Both("Иначе", "Differently") })).Status);
        Assert.Equal("rounds.amend.nothing", (await Refused(new { reason = "why not" })).Code);
        Assert.Equal("rounds.amend.past", (await Refused(new { reason = "r", phases = new[] { new { kind = "proposals", starts = DateTimeOffset.UtcNow.AddDays(-1), ends = DateTimeOffset.UtcNow.AddDays(22) } } })).Code);
        Assert.Equal("rounds.amend.order", (await Refused(new { reason = "r", phases = new[] { new { kind = "proposals", starts = DateTimeOffset.UtcNow.AddDays(1), ends = ends.AddDays(30) } } })).Code);
        Assert.Equal(403, (await app.As("official", "elsewhere").PostAsJsonAsync(round.Api("rounds", "/amendments"), new { reason = "r", title = Town.Both("а", "a") }).Refused()).Status);

        await official.Post(round.Api("rounds", "/amendments"), new
        {
            reason = "Universities are on holiday",
            summary = Town.Both("Иначе сказано", "Said differently"),
            phases = new[] { new { kind = "results", starts = results.GetProperty("starts").GetDateTimeOffset(), ends } },
        });
        var after = await app.Anonymous.Get(round.Api("rounds"));
        Assert.Equal((2, before.Text("rulesHash"), before.Text("rules")), (after.GetProperty("charterVersion").GetInt32(), after.Text("rulesHash"), after.Text("rules")));
        Assert.Equal(ends, after.GetProperty("phases")[3].GetProperty("ends").GetDateTimeOffset());
        var amendment = Assert.Single(after.GetProperty("amendments").EnumerateArray());
        Assert.Equal(("Universities are on holiday", "applied"), (amendment.Text("reason"), amendment.Text("state")));
        Assert.Equal(["summary", "phase.results.ends"], amendment.GetProperty("what").EnumerateArray().Select(c => c.Text("field")!));
        Assert.Contains("Said differently", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}"), StringComparison.Ordinal);
        Assert.Contains("Universities are on holiday", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}"), StringComparison.Ordinal);

        Assert.Contains("Universities are on holiday", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/feed"), StringComparison.Ordinal);

        // A question that people have answered stays.
        await official.Post(round.Api("rounds", "/amendments"), new { reason = "a typing error", question = Town.Both("Что важно нам?", "What matters to us?") });
        await round.StartAsync("proposals");
        Assert.Equal("rounds.amend.question", (await Refused(new { reason = "r", question = Town.Both("Другое?", "Another?") })).Code);
        Assert.Equal("rounds.amend.started", (await Refused(new { reason = "r", phases = new[] { new { kind = "proposals", starts = DateTimeOffset.UtcNow.AddDays(2), ends = DateTimeOffset.UtcNow.AddDays(22) } } })).Code);
    }

    [Fact]
    public async Task The_end_of_a_running_vote_moves_when_Voting_confirms_it_and_not_after_its_close()
    {
        var round = await app.OpenRound(new() { Origin = "live" });
        using var official = app.As("official");
        var phase = (await app.Anonymous.Get(round.Api("rounds"))).GetProperty("phases")[2];
        var ends = phase.GetProperty("endsAt").GetDateTimeOffset().AddHours(7);
        object Moved(DateTimeOffset to) => new { reason = "a week more", phases = new[] { new { kind = "voting", starts = phase.GetProperty("starts").GetDateTimeOffset(), ends = to }, new { kind = "results", starts = to, ends = to.AddDays(3) } } };

        await official.Post(round.Api("rounds", "/amendments"), Moved(ends));
        var moved = await app.Until(app.Anonymous, round.Api("rounds"), r => r.GetProperty("amendments").EnumerateArray().All(a => a.Text("state") == "applied"));
        Assert.Equal(ends, moved.GetProperty("phases")[2].GetProperty("endsAt").GetDateTimeOffset());
        Assert.Equal(ends, (await app.Anonymous.Get(round.Api("voting"))).GetProperty("closesAt").GetDateTimeOffset());
        await round.CastAsync((await app.Town).Firms[3], 3, 4);

        await official.Post(round.Api("voting", "/close"), new { reason = "all have voted" });
        // Rounds hears of the close while it is asked: whichever comes first, the end does not move.
        var refusal = "rounds.raced";
        while (refusal == "rounds.raced")
        {
            var late = await official.PostAsJsonAsync(round.Api("rounds", "/amendments"), Moved(ends.AddDays(1)));
            refusal = late.IsSuccessStatusCode ? null : (await Task.FromResult(late).Refused()).Code;
        }
        if (refusal is null) await app.Until(app.Anonymous, round.Api("rounds"), r => r.GetProperty("amendments").EnumerateArray().Any(a => a.Text("state") == "refused"));
        else Assert.Equal("rounds.amend.ended", refusal);
        Assert.Equal(ends, (await app.Anonymous.Get(round.Api("rounds"))).GetProperty("phases")[2].GetProperty("endsAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_new_end_that_is_confirmed_before_the_list_is_there_is_the_one_that_the_vote_opens_with()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 2 });
        using var official = app.As("official");
        await round.StartAsync("admission");
        await round.StartAsync("voting");
        var phase = (await app.Anonymous.Get(round.Api("rounds"))).GetProperty("phases")[2];
        var ends = phase.GetProperty("endsAt").GetDateTimeOffset().AddHours(9);
        await official.Post(round.Api("rounds", "/amendments"), new
        {
            reason = "the list is late",
            phases = new[] { new { kind = "voting", starts = phase.GetProperty("starts").GetDateTimeOffset(), ends }, new { kind = "results", starts = ends, ends = ends.AddDays(3) } },
        });
        await official.Post(round.Api("proposals", "/ballot-list"));
        using (var second = app.As("official 2")) await second.Post(round.Api("proposals", "/ballot-list"));
        await app.Until(app.Anonymous, round.Api("voting"), v => v.Text("state") == "open");
        Assert.Equal(ends, (await app.Anonymous.Get(round.Api("voting"))).GetProperty("closesAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Whoever_read_an_older_charter_takes_nothing_back_and_no_promise_is_removed()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        using var official = app.As("official");
        await official.Post(round.Api("rounds", "/amendments"), new { reason = "a clearer title", title = Town.Both("Ясно", "Clear"), version = 1 });
        Assert.Equal("rounds.raced", (await official.PostAsJsonAsync(round.Api("rounds", "/amendments"), new { reason = "as I read it", title = Town.Both("Мутно", "Muddy"), version = 1 }).Refused()).Code);
        foreach (var form in new object[] { new { reason = "r", appeals = new { name = new { }, address = "" } }, new { reason = "r", moderation = new { } } })
            Assert.Equal("rounds.amend.promise", (await official.PostAsJsonAsync(round.Api("rounds", "/amendments"), form).Refused()).Code);
    }
}
