namespace Discovery.ServicesTests.Site;

/// <summary>Pages that are the same for all are answered from memory for two seconds: nobody may notice.</summary>
public sealed class SharedPagesTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task What_has_changed_is_seen_at_once()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var (list, author) = ($"/en/rounds/{round.Slug}/proposals", town.Firms[1]);
        var remembered = 0;
        for (var number = 2; number <= 5; number++)
        {
            // Asked often, so that it lies in memory when the proposal comes.
            for (var i = 0; i < 4; i++)
            {
                using var answer = await app.Anonymous.GetAsync(list);
                if (answer.Headers.Age is not null) remembered++;
                Assert.DoesNotContain($"Proposal number {number}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
            Assert.Equal(201, await round.SubmitAsync(app.AsVoter(author.Person), author.Subject, number));
            await round.DecideAsync(number, "publish");
            Assert.Contains($"Proposal number {number}", await app.Anonymous.GetStringAsync(list), StringComparison.Ordinal);
        }
        Assert.True(remembered > 0, "No page was answered from memory.");
    }

    [Fact]
    public async Task Whoever_is_known_gets_a_page_of_their_own()
    {
        var town = await app.Town;
        var round = await app.CollectingRound();
        var list = $"/ru/rounds/{round.Slug}/proposals";
        var (browser, _) = app.AsBrowser([]);
        foreach (var who in new[] { app.AsVoter(town.Firms[1].Person), app.As("official"), browser })
            for (var i = 0; i < 2; i++)
            {
                await app.Anonymous.GetStringAsync(list);
                using var answer = await who.GetAsync(list);
                Assert.Null(answer.Headers.Age);
            }
        // Languages and questions have pages of their own.
        Assert.Contains("<html lang=\"en\"", await app.Anonymous.GetStringAsync(list.Replace("/ru/", "/en/", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("/proposals/1\"", await app.Anonymous.GetStringAsync(list + "?q=nothing-has-this"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ru/sign-in")]
    [InlineData("/ru/about/privacy")]
    [InlineData("/ru/mail")]
    public async Task A_page_that_does_not_say_so_is_not_kept(string page)
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await app.Anonymous.GetAsync(page);
            Assert.Null(answer.Headers.Age);
        }
    }
}
