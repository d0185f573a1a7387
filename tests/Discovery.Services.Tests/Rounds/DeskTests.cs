using System.Net;

namespace Discovery.ServicesTests.Rounds;

public sealed class DeskTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Theory]
    [InlineData("moderation/waiting")]
    [InlineData("proposals/desk/waiting")]
    [InlineData("organisations/waiting")]
    [InlineData("organisations/participation")]
    [InlineData("ballot/desk/waiting")]
    [InlineData("ballot/desk/turnout")]
    [InlineData("results/waiting")]
    public async Task A_part_of_the_desk_is_for_officials_of_the_region_with_and_without_the_shell(string part)
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var path = $"/en/rounds/{round.Slug}/{part}";
        var official = app.As("official", round.Slug);
        await Portal.Until(async () => (await official.GetAsync(path)).StatusCode == HttpStatusCode.OK, $"the service of {part} knows the round");
        Assert.Equal(HttpStatusCode.Redirect, (await app.Anonymous.GetAsync(path)).StatusCode);
        foreach (var who in new[] { app.As("official", "elsewhere"), app.AsVoter((await app.Town).Firms[0].Person), app.AsTool() })
            Assert.Equal(part.StartsWith("ballot", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, (await who.GetAsync(path)).StatusCode);
        var (whole, alone) = (await official.GetStringAsync(path), await official.GetStringAsync(path + "?part"));
        Assert.Contains("</main>", whole, StringComparison.Ordinal);
        Assert.Contains("<h1", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", alone, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_counts_what_waits_and_the_desk_warns_while_the_list_is_missing()
    {
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 2 });
        var (official, author) = (app.As("official"), (await app.Town).Firms[1]);
        Task<string> Queue(string part) => official.GetStringAsync($"/en/rounds/{round.Slug}/{part}/waiting?part");
        Assert.Contains("nothing waits", await Queue("moderation"), StringComparison.Ordinal);
        using (var http = app.AsVoter(author.Person))
            await Portal.Until(async () => await round.SubmitAsync(http, author.Subject, 3) == 201, "the mandate is known");
        await Portal.Until(async () => !(await Queue("moderation")).Contains("nothing waits", StringComparison.Ordinal), "Moderation has heard of it");
        var waiting = await Queue("moderation");
        Assert.Contains("tile--hot", waiting, StringComparison.Ordinal);
        Assert.Contains("the oldest since", waiting, StringComparison.Ordinal);

        await round.StartAsync("admission");
        var desk = await official.GetStringAsync($"/en/rounds/{round.Slug}/run");
        Assert.Contains("The ballot list is not frozen", desk, StringComparison.Ordinal);
        foreach (var part in new[] { "moderation/waiting", "proposals/desk/waiting", "organisations/waiting", "organisations/participation", "ballot/desk/waiting", "ballot/desk/turnout", "results/waiting" })
            Assert.Contains($"href=\"/en/rounds/{round.Slug}/{part}\"", desk, StringComparison.Ordinal);

        await round.StartAsync("voting");
        Assert.Contains("Voting runs without a list", await official.GetStringAsync($"/en/rounds/{round.Slug}/run"), StringComparison.Ordinal);
        await Portal.Until(async () => (await Queue("ballot/desk")).Contains("There is nothing to vote on", StringComparison.Ordinal), "Voting says that the list is missing");
    }

    [Fact]
    public async Task Turnout_is_told_after_the_seal_and_small_groups_are_withheld()
    {
        var (town, round) = (await app.Town, await app.OpenRound());
        Task<string> Turnout() => app.As("official").GetStringAsync($"/en/rounds/{round.Slug}/ballot/desk/turnout?part");
        Assert.Contains("Until the seal nobody learns", await Turnout(), StringComparison.Ordinal);
        await round.CastAsync(town.Firms[1], 3);
        await round.CloseAsync();
        var sealedTurnout = await Turnout();
        // One firm has voted: that is fewer than five, and so are the others.
        Assert.Contains("is not shown", sealedTurnout, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"of \d+ entitled", sealedTurnout);
    }
}
