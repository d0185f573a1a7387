using System.Net.Http.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Public support of proposals, and what it decides: who comes onto the ballot list.</summary>
public sealed class EndorsementTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Support_of_others_brings_a_proposal_onto_the_list_and_the_rest_stays_in_the_nursery_with_its_reason()
    {
        var round = await CollectingAsync(endorsements: 2, groups: 2, proposals: 4);
        var town = await app.Town;
        // 1: an owner's two firms are one voice. 2: two firms, one group. 3: a firm and a university. 4: nobody.
        await EndorseAsync(round, 1, town.Family[0]);
        await EndorseAsync(round, 1, town.Family[1]);
        await EndorseAsync(round, 2, town.Firms[2]);
        await EndorseAsync(round, 2, town.Firms[3]);
        await EndorseAsync(round, 3, town.Firms[2]);
        await EndorseAsync(round, 3, town.Universities[1]);
        await EndorseAsync(round, 3, town.Universities[1]);

        var third = await app.Anonymous.Get(round.Api("proposals", "/3"));
        Assert.Equal(2, third.GetProperty("support").GetProperty("voices").GetInt32());
        Assert.Equal(3, (await app.Anonymous.Get(round.Api("proposals", "?sort=supported"))).GetProperty("items").EnumerateArray().Where(p => p.GetProperty("support").EnumerateObject().Count() == 2).Select(p => p.GetProperty("number").GetInt32()).Single());
        Assert.Equal(4, (await app.Anonymous.Get(round.Api("proposals", "?sort=unsupported"))).GetProperty("items")[0].GetProperty("number").GetInt32());

        await round.StartAsync("admission");
        using var official = app.As("official");
        var list = await app.Until(official, round.Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean() && l.Text("obstacle") is null);
        Assert.Equal([3], list.GetProperty("proposals").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Equal(["1 few-voices 1 1", "2 few-groups 2 1", "4 few-voices 0 0"], list.GetProperty("leftOut").EnumerateArray()
            .Select(l => $"{l.GetProperty("number").GetInt32()} {l.Text("reason")} {l.GetProperty("voices").GetInt32()} {l.GetProperty("groups").GetInt32()}"));

        // Support may still come while the list is being made; then it is over.
        await EndorseAsync(round, 2, town.Universities[2]);
        await official.Post(round.Api("proposals", "/ballot-list"));
        using (var second = app.As("official 2")) await second.Post(round.Api("proposals", "/ballot-list"));
        Assert.Equal([2, 3], (await app.Anonymous.Get(round.Api("proposals", "/ballot-list"))).GetProperty("proposals").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        using (var late = app.AsVoter(town.Universities[2].Person))
            Assert.Equal("proposals.list.is-frozen", (await late.PutAsJsonAsync(round.Api("proposals", "/4/endorsement"), new { }).Refused()).Code);
        var left = await app.Anonymous.Get(round.Api("proposals", "/4"));
        Assert.False(left.GetProperty("isListed").GetBoolean());
        Assert.Equal("few-voices", left.GetProperty("leftOut").Text("reason"));
        Assert.Contains("nursery", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/4"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_others_with_a_mandate_support_and_only_what_is_published()
    {
        var round = await CollectingAsync(endorsements: 1, groups: 1, proposals: 2);
        var town = await app.Town;
        Task<Problem> Refused(HttpClient who, int number, object? form = null) => who.PutAsJsonAsync(round.Api("proposals", $"/{number}/endorsement"), form ?? new { }).Refused();
        using var firm = app.AsVoter(town.Firms[0].Person);
        Assert.Equal((409, "proposals.endorse.own"), Of(await Refused(firm, 1)));
        using (var sibling = app.AsVoter(town.Family[1].Person)) Assert.Equal((409, "proposals.endorse.own"), Of(await Refused(sibling, 2)));
        Assert.Equal((404, "proposals.unknown"), Of(await Refused(firm, 99)));
        Assert.Equal((403, "proposals.no-mandate"), Of(await Refused(firm, 2, new { organisation = town.Firms[1].Subject })));
        Assert.Equal((403, "proposals.no-mandate"), Of(await Refused(app.AsVoter(Portal.Id("nobody at all")), 2)));
        Assert.Equal((403, "proposals.endorse.official"), Of(await Refused(app.As("official"), 2)));
        Assert.Equal(401, (await Refused(app.Anonymous, 2)).Status);

        await EndorseAsync(round, 2, town.Firms[0]);
        using (var taken = await firm.DeleteAsync(round.Api("proposals", "/2/endorsement"))) Assert.Equal(204, (int)taken.StatusCode);
        Assert.Equal(0, (await app.Anonymous.Get(round.Api("proposals", "/2"))).GetProperty("support").GetProperty("voices").GetInt32());
    }

    static (int, string?) Of(Problem problem) => (problem.Status, problem.Code);

    async Task EndorseAsync(TestRound round, int number, Voter voter)
    {
        using var http = app.AsVoter(voter.Person);
        await Portal.Until(async () => (await http.PutAsJsonAsync(round.Api("proposals", $"/{number}/endorsement"), new { organisation = voter.Subject })).IsSuccessStatusCode, "the mandate is known to Proposals");
    }

    Task<TestRound> CollectingAsync(int endorsements, int groups, int proposals) => app.CollectingRound(new() { Origin = "live", Proposals = proposals, Endorsements = (endorsements, groups) });
}
