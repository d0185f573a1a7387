using System.Net.Http.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>An author takes a proposal back.</summary>
public sealed class WithdrawalTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task What_was_public_is_gone_with_its_reason_and_a_new_one_takes_a_new_number()
    {
        var town = await app.Town;
        var round = await app.CollectingAsync(2);
        using var author = app.AsVoter(town.Firms[0].Person);
        using var stranger = app.AsVoter(town.Firms[3].Person);
        Assert.Equal((403, "proposals.no-mandate"), await stranger.PutAsJsonAsync(round.Path(1, "/withdrawal"), new { reason = "I do not like it" }).RefusedAs());
        Assert.Equal((403, "proposals.no-mandate"), await app.As("official").PutAsJsonAsync(round.Path(1, "/withdrawal"), new { reason = "We do not like it" }).RefusedAs());
        Assert.Equal(400, (await author.PutAsJsonAsync(round.Path(1, "/withdrawal"), new { reason = "" }).Refused()).Status);
        await author.Put(round.Path(1, "/withdrawal"), new { reason = "The mill has burnt down" });
        Assert.Equal((409, "proposals.is-withdrawn"), await author.PutAsJsonAsync(round.Path(1, "/withdrawal"), new { reason = "The mill has burnt down" }).RefusedAs());

        var gone = await app.Anonymous.GetAsync(round.Path(1)).Refused();
        Assert.Equal((410, "proposals.gone.withdrawn"), (gone.Status, gone.Code));
        Assert.Contains("The mill has burnt down", gone.Detail, StringComparison.Ordinal);
        using (var page = await app.Anonymous.GetAsync($"/en/rounds/{round.Slug}/proposals/1"))
        {
            Assert.Equal(410, (int)page.StatusCode);
            Assert.Contains("The mill has burnt down", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal("withdrawn", (await author.Get(round.Path(1))).Text("state"));
        Assert.Equal([2], (await app.Anonymous.Get(round.Api("proposals"))).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Equal(201, await round.SubmitAsync(author, town.Firms[0].Subject, 3));
        Assert.Equal("waiting", (await author.Get(round.Path(3))).Text("state"));

        // What nobody has seen is simply not there, and moderators have nothing to decide on.
        using var moderator = app.As("official");
        await round.CaseAsync(moderator, 3);
        await author.Put(round.Path(3, "/withdrawal"), new { reason = "Sent by mistake" });
        Assert.Equal((404, "proposals.unknown"), await app.Anonymous.GetAsync(round.Path(3)).RefusedAs());
        await app.Until(moderator, round.Api("moderation", "/cases"), cases => cases.EnumerateArray().All(c => c.GetProperty("number").GetInt32() != 3));
    }
}
