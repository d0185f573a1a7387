using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Growth point or rescue: three people of other groups, drawn by lot, say so (features.md F8).</summary>
public sealed class ReviewTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Three_of_other_groups_are_drawn_and_their_medians_make_the_mark()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var firm = town.Firms[6];
        using var author = app.AsVoter(firm.Person);
        await Portal.Until(async () => (await author.PostAsJsonAsync(round.Api("proposals"), Supported(firm, 3))).IsSuccessStatusCode, "the mandate is known");
        await round.DecideAsync(2, "publish");

        var drawn = await ReviewersAsync(round, 2);
        Assert.Equal(3, drawn.Count);
        Assert.All(drawn, person => Assert.DoesNotContain(town.Firms.Concat(town.Family), f => f.Person == person));
        Assert.Equal(404, (await author.PutAsJsonAsync(round.Api("proposals", "/2/review"), new { novelty = 4, market = 4, stake = 4, spillOver = 4 }).Refused()).Status);

        // A tie: the lot falls on somebody else.
        using (var tied = app.AsVoter(drawn[0]))
        {
            Assert.Equal(2, Assert.Single((await tied.Get(round.Api("proposals", "/reviews"))).EnumerateArray(), r => r.GetProperty("isOpen").GetBoolean() && r.GetProperty("number").GetInt32() == 2).GetProperty("number").GetInt32());
            Assert.Equal(400, (await tied.PutAsJsonAsync(round.Api("proposals", "/2/review"), new { novelty = 5, market = 1, stake = 1, spillOver = 1 }).Refused()).Status);
            await tied.Put(round.Api("proposals", "/2/review"), new { hasInterest = true });
            Assert.Equal("proposals.review.declined", (await tied.PutAsJsonAsync(round.Api("proposals", "/2/review"), new { novelty = 1, market = 1, stake = 1, spillOver = 1 }).Refused()).Code);
        }
        var now = await ReviewersAsync(round, 2);
        Assert.Equal(4, now.Count);

        var marks = new Queue<int>([0, 1, 4]);
        foreach (var person in now.Where(p => p != drawn[0]))
        {
            Assert.Equal(0, (await Growth(2)).GetProperty("score").ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : 1);
            using var reviewer = app.AsVoter(person);
            var mark = marks.Dequeue();
            await reviewer.Put(round.Api("proposals", "/2/review"), new { novelty = mark, market = 2, stake = mark, spillOver = 3 });
        }
        // Medians 1 + 2 + 1 + 3, and support in three of five years.
        Assert.Equal(7, (await Growth(2)).GetProperty("score").GetInt32());
        Assert.True((await Growth(2)).GetProperty("isRescue").GetBoolean());
        Assert.Contains("looks like a rescue", await app.Anonymous.GetStringAsync($"/en/rounds/{round.Slug}/proposals/2"), StringComparison.Ordinal);

        async Task<System.Text.Json.JsonElement> Growth(int number) => (await app.Anonymous.Get(round.Api("proposals", "/" + number))).GetProperty("growth");
    }

    static Dictionary<string, object> Supported(Voter voter, int years) => new(System.Text.Json.JsonSerializer.SerializeToElement(TestRound.Content(voter.Subject, 2)).EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value))
    {
        ["details"] = new { contribution = new { en = "Nothing of our own" }, supportYears = Enumerable.Range(0, years).Select(i => DateTime.UtcNow.Year - i) },
    };

    async Task<List<Guid>> ReviewersAsync(TestRound round, int number) => await app.Read("proposals", async db =>
        (await db.Database.SqlQuery<string>($"select cast(r.person as text) as \"Value\" from reviews r join proposals p on p.id = r.proposal join round_copies c on c.id = p.round where p.number = {number} and c.slug = {round.Slug}").ToListAsync()).ConvertAll(Guid.Parse));
}
