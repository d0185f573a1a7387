using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.ServicesTests;

public sealed class WholeRoundTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_live_round_goes_from_the_first_proposal_to_a_result_that_anybody_recounts()
    {
        var town = await app.Town;
        var round = await app.OpenRound(new() { Origin = "live" });
        foreach (var (voter, i) in town.Everybody.Skip(1).Select((v, i) => (v, i))) await round.CastAsync(voter, 3 + i % 4, 3 + (i + 1) % 4);
        await round.CastAsync(town.Firms[1], 5, 6);
        await round.WithdrawAsync(town.Firms[2]);
        await round.CloseAsync();

        using var first = app.As("official");
        using var second = app.As("official 2");
        Assert.Equal(404, (await app.Anonymous.GetAsync(round.Api("aggregation")).Refused()).Status);
        await app.Until(first, round.Api("aggregation"), r => r.Text("countedAt") is not null);
        Assert.False((await first.Post(round.Api("aggregation", "/publication"))).GetProperty("published").GetBoolean());
        Assert.Equal("results.sameofficial", (await first.PostAsync(round.Api("aggregation", "/publication"), null).Refused()).Code);
        Assert.True((await second.Post(round.Api("aggregation", "/publication"))).GetProperty("published").GetBoolean());
        Assert.Equal("results.published", (await second.PostAsync(round.Api("aggregation", "/publication"), null).Refused()).Code);

        var results = await app.Anonymous.Get(round.Api("aggregation"));
        Assert.Equal(3, results.GetProperty("shortlist").GetArrayLength());
        Assert.Equal((10, 12, 12), (Ballots(results, "firms"), Ballots(results, "science"), Ballots(results, "consumers")));
        await app.Until(app.Anonymous, round.Api("rounds"), r => r.Text("status") == "closed" && r.GetProperty("shortlist").Ints().SequenceEqual(results.GetProperty("shortlist").Ints()));

        using var folder = new Folder();
        var (auditor, open) = await round.BundlesAsync(folder.Path);
        var recount = await TheProgram.RunAsync("recount", auditor);
        Assert.True(recount.Code == 0, recount.Errors);
        Assert.Contains("Shortlist: " + string.Join(", ", results.GetProperty("shortlist").Ints()), recount.Output, StringComparison.Ordinal);
        recount = await TheProgram.RunAsync("recount", open);
        Assert.True(recount.Code == 0, recount.Errors);
    }

    [Fact]
    public async Task A_recount_names_the_ballot_that_was_changed()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        foreach (var voter in town.Everybody.Skip(1)) await round.CastAsync(voter, 3, 4);
        await round.CloseAsync();
        await round.ResultsAsync();

        using var folder = new Folder();
        var (auditor, open) = await round.BundlesAsync(folder.Path);
        await ChangeAsync(auditor, 5, entry => entry["payload"] = entry["payload"]!.GetValue<string>().Replace("\"t\":[[\"3\"],[\"4\"]]", "\"t\":[[\"4\"],[\"3\"]]", StringComparison.Ordinal));
        var recount = await TheProgram.RunAsync("recount", auditor);
        Assert.Equal(1, recount.Code);
        Assert.Contains("entry 5 was changed", recount.Errors, StringComparison.Ordinal);

        await ChangeAsync(open, 7, entry => entry["leaf"] = new string('0', 64));
        Assert.Equal(1, (await TheProgram.RunAsync("recount", open)).Code);
    }

    [Fact]
    public async Task Two_officials_freeze_the_list_and_nobody_else_does()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 3 });
        await round.StartAsync("admission");
        using var first = app.As("official");
        using var second = app.As("official 2");
        var path = round.Api("proposals", "/ballot-list");
        await app.Until(first, path, l => l.GetProperty("isTime").GetBoolean() && l.Text("obstacle") is null);

        using var voter = app.AsVoter((await app.Town).Firms[0].Person);
        Assert.Equal(403, (await voter.PostAsJsonAsync(path, new { }).Refused()).Status);
        Assert.Equal(403, (await app.As("official", "elsewhere").PostAsJsonAsync(path, new { }).Refused()).Status);
        Assert.Equal(401, (await app.Anonymous.PostAsJsonAsync(path, new { }).Refused()).Status);
        Assert.Equal("asked", (await first.Post(path)).Text("state"));
        Assert.Equal("proposals.list.same-official", (await first.PostAsJsonAsync(path, new { }).Refused()).Code);
        Assert.Equal("frozen", (await second.Post(path)).Text("state"));
        Assert.Equal("proposals.list.is-frozen", (await second.PostAsJsonAsync(path, new { }).Refused()).Code);
    }

    static int Ballots(JsonElement results, string group) => results.GetProperty("ballots").GetProperty(group).GetInt32();

    static async Task ChangeAsync(string file, int sequence, Action<JsonObject> change)
    {
        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        change(bundle["entries"]!.AsArray()[sequence - 1]!.AsObject());
        await File.WriteAllTextAsync(file, bundle.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
