using System.Net;
using System.ServiceModel.Syndication;
using System.Xml;

namespace Discovery.ServicesTests.Rounds;

public sealed class FeedsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task A_feed_is_valid_Atom_in_each_language_and_its_ids_stay_while_the_round_goes_on()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        await round.StartAsync("proposals");
        var before = await FeedAsync($"/ru/rounds/{round.Slug}/feed");
        await round.StartAsync("admission");
        var (after, english) = (await FeedAsync($"/ru/rounds/{round.Slug}/feed"), await FeedAsync($"/en/rounds/{round.Slug}/feed"));

        Assert.Equal(["published", "proposals-started"], before.Items.Select(Key).Reverse());
        Assert.Equal(["published", "proposals-started", "proposals-ended", "admission-started"], after.Items.Select(Key).Reverse());
        Assert.Equal(before.Id, after.Id);
        Assert.Subset(after.Items.Select(i => i.Id).ToHashSet(), before.Items.Select(i => i.Id).ToHashSet());
        Assert.Equal(before.Items.Last().LastUpdatedTime, after.Items.Last().LastUpdatedTime);
        Assert.Equal(after.Items.Max(i => i.LastUpdatedTime), after.LastUpdatedTime);
        Assert.All(after.Items.Select(i => i.Id).Append(after.Id), id => Assert.Matches(@"^tag:[a-z0-9.-]+,\d{4}:rounds/[0-9a-f]{32}[a-z/-]*$", id));
        Assert.NotEmpty(after.Authors);
        Assert.Contains(after.Links, l => l.RelationshipType == "self" && l.Uri.IsAbsoluteUri && l.Uri.AbsolutePath == $"/ru/rounds/{round.Slug}/feed");
        Assert.All(after.Items, i => Assert.Single(i.Links));
        Assert.Equal(("ru", "en"), (after.Language, english.Language));
        Assert.Empty(after.Items.Select(i => i.Id).Intersect(english.Items.Select(i => i.Id)));
        Assert.Contains(english.Items, i => i.Title.Text.Contains("has started", StringComparison.Ordinal) && i.Summary.Text.Contains("the test goes on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_published_list_and_shortlist_are_news_and_regions_have_a_feed_of_their_own()
    {
        var round = await app.OpenRound();
        await round.CastAsync((await app.Town).Firms[1], 3);
        await round.CloseAsync();
        await round.ResultsAsync();
        await app.Until(app.Anonymous, round.Api("rounds"), r => r.Text("status") == "closed");
        Assert.Superset(new HashSet<string> { "listed", "voting-started", "voting-ended", "closed" }, (await FeedAsync($"/en/rounds/{round.Slug}/feed")).Items.Select(Key).ToHashSet());
        // In the tests every round has a region of its own.
        var region = await FeedAsync($"/en/feed?region={round.Slug}");
        Assert.Equal("Land of tests", region.Title.Text);
        Assert.All(region.Items, i => Assert.StartsWith($"Round {round.Slug}: ", i.Title.Text, StringComparison.Ordinal));
        Assert.Contains((await FeedAsync("/en/feed")).Items, i => i.Title.Text.Contains(round.Slug, StringComparison.Ordinal));
        Assert.Empty((await FeedAsync("/en/feed?region=nowhere")).Items);
    }

    [Theory]
    [InlineData("feed", "application/atom+xml")]
    [InlineData("calendar.ics", "text/calendar")]
    public async Task Who_has_a_feed_already_is_told_that_nothing_has_changed_and_a_draft_has_none(string document, string type)
    {
        var round = await TestRound.DraftAsync(app, new() { Origin = "live" });
        Assert.Equal(404, (await app.As("official").GetAsync($"/ru/rounds/{round.Slug}/{document}").Refused()).Status);
        await round.PublishAsync();
        using var first = await app.Anonymous.GetAsync($"/ru/rounds/{round.Slug}/{document}");
        Assert.Equal(type, first.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(first.Content.Headers.LastModified);
        using var again = await app.Anonymous.SendAsync(new(HttpMethod.Get, first.RequestMessage!.RequestUri) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        await round.StartAsync("proposals");
        using var changed = await app.Anonymous.SendAsync(new(HttpMethod.Get, first.RequestMessage.RequestUri) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_calendar_keeps_its_UIDs_when_dates_change_and_says_that_they_did()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var before = await CalendarAsync(round);
        await round.StartAsync("proposals");
        var after = await CalendarAsync(round);

        Assert.Equal(4, before.Events.Count);
        Assert.Equal(before.Events.Select(e => e.Uid), after.Events.Select(e => e.Uid));
        Assert.Distinct(after.Events.Select(e => e.Uid));
        var (planned, begun) = (before.Events.First(), after.Events.First());
        Assert.True(begun.Start!.AsUtc < planned.Start!.AsUtc);
        Assert.All(before.Events.Zip(after.Events), pair => Assert.True(pair.First.Sequence < pair.Second.Sequence));
        Assert.All(after.Events, e => Assert.True(e.Start!.IsUtc && e.End!.IsUtc && e.Start.AsUtc < e.End.AsUtc && e.DtStamp is not null && e.Url!.IsAbsoluteUri));
    }

    [Fact]
    public async Task Pages_name_their_feeds()
    {
        var round = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        var page = await app.Anonymous.GetStringAsync($"/ru/rounds/{round.Slug}");
        foreach (var path in new[] { "feed", "calendar.ics" })
        {
            Assert.Matches($"<link rel=\"alternate\"[^>]* href=\"/ru/rounds/{round.Slug}/{path}\"", page);
            Assert.Contains($"<a href=\"/ru/rounds/{round.Slug}/{path}\"", page, StringComparison.Ordinal);
        }
        Assert.Matches("<link rel=\"alternate\"[^>]* href=\"/en/feed\"", await app.Anonymous.GetStringAsync("/en/rounds"));
    }

    [Fact]
    public async Task The_archive_is_filtered_by_region_and_state_and_a_filter_it_does_not_know_changes_nothing()
    {
        var (one, other) = (await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync(), await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync());
        Task<string> Page(string query) => app.Anonymous.GetStringAsync("/en/rounds" + query);
        var found = await Page($"?region={one.Slug}&status=running");
        Assert.Contains($"href=\"/en/rounds/{one.Slug}\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/en/rounds/{other.Slug}\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/en/rounds/{one.Slug}\"", await Page($"?region={one.Slug}&status=closed"), StringComparison.Ordinal);
        Assert.Contains($"href=\"/en/rounds/{other.Slug}\"", await Page("?region=nowhere&status=odd"), StringComparison.Ordinal);
    }

    static string Key(SyndicationItem item) => item.Id.Split('/')[2];

    async Task<SyndicationFeed> FeedAsync(string path)
    {
        using var xml = XmlReader.Create(new StringReader(await app.Anonymous.GetStringAsync(path)));
        return SyndicationFeed.Load(xml);
    }

    async Task<Ical.Net.Calendar> CalendarAsync(TestRound round) => Ical.Net.Calendar.Load(await app.Anonymous.GetStringAsync($"/ru/rounds/{round.Slug}/calendar.ics"))!;
}
