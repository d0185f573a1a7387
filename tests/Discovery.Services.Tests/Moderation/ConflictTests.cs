using System.Net.Http.Json;
using System.Security.Claims;

namespace Discovery.ServicesTests.Moderation;

public sealed class ConflictTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    HttpClient Moderator(Guid person) => app.With([new(ClaimTypes.NameIdentifier, person.ToString()), new(ClaimTypes.Name, "Somebody"), new(ClaimTypes.Role, "*:moderator")]);

    [Fact]
    public async Task Check9_nobody_decides_on_their_own_their_organisations_or_an_affiliates_and_the_log_says_who_tried()
    {
        var (town, round) = (await app.Town, await app.Live());
        var author = town.Family[1];
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(author.Person), author.Subject);
        await round.CaseAsync(app.As("moderator"), number);
        foreach (var (person, conflict) in new[] { (author.Person, "own"), (town.Family[2].Person, "family") })
        {
            var moderator = Moderator(person);
            await app.Until(moderator, round.Api("moderation", $"/cases/{id}"), c => c.Text("conflict") == conflict && !c.GetProperty("mayDecide").GetBoolean());
            Assert.Equal((403, "moderation.conflict." + conflict), Said(await moderator.PutAsJsonAsync(round.Api("moderation", $"/cases/{id}/claim"), new { }).Refused()));
            Assert.Equal((403, "moderation.conflict." + conflict), Said(await moderator.Decide(round, id.ToString(), new { decision = "publish" }).Refused()));
            var several = await moderator.Post(round.Api("moderation", "/decisions"), new { cases = new[] { id }, decision = "publish" });
            Assert.Equal("moderation.conflict." + conflict, several.GetProperty("refused")[0].Text("code"));
        }
        Assert.Equal(4, (await app.Anonymous.Get(round.Api("moderation", "/log"))).GetProperty("entries").EnumerateArray().Count(e => e.Text("what") == "conflict"));
        var page = await Moderator(author.Person).GetStringAsync($"/en/rounds/{round.Slug}/moderation?case={id}");
        Assert.Contains("This is your own text", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Decide", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_declared_a_tie_does_not_decide_and_officials_and_auditors_read_the_declarations()
    {
        var (town, round) = (await app.Town, await app.Live());
        var firm = town.Firms[3];
        var (number, id) = await round.SubmitOwnAsync(app.AsVoter(firm.Person), firm.Subject);
        var person = Portal.Id("tied " + round.Slug);
        var moderator = Moderator(person);
        await round.CaseAsync(moderator, number);
        var interests = round.Api("moderation", "/interests");
        Assert.Equal(400, (await moderator.PostAsJsonAsync(interests, new { organisation = firm.Subject, kind = "friend" }).Refused()).Status);
        await moderator.Post(interests, new { organisation = firm.Subject, kind = "competitor", text = "they make what we make" });
        Assert.Equal((403, "moderation.conflict.declared"), Said(await moderator.Decide(round, id.ToString(), new { decision = "publish" }).Refused()));
        foreach (var reader in new[] { app.As("official"), app.As("auditor") })
            Assert.Contains((await reader.Get(interests)).GetProperty("others").EnumerateArray(), o => o.GetProperty("organisation").GetGuid() == firm.Subject);
        Assert.Empty((await app.As("moderator 2").Get(interests)).GetProperty("others").EnumerateArray());
        Assert.Equal(403, (await app.AsVoter(firm.Person).GetAsync(interests).Refused()).Status);
        await moderator.DeleteAsync($"{interests}/{firm.Subject}").Json();
        await round.DecideAsync(number, "publish", by: moderator);
    }

    static (int, string?) Said(Problem problem) => (problem.Status, problem.Code);
}
