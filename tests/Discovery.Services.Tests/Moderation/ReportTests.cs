using System.Net.Http.Json;

namespace Discovery.ServicesTests.Moderation;

public sealed class ReportTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Three_reports_or_one_on_something_with_a_hint_bring_it_into_the_queue_and_hide_nothing()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, moderator) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"));
        var (plain, plainId) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject);
        var (hinted, hintedId) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, "Whoever wants it writes to ivan.petrov@mailbox.example or calls +7 (846) 123-45-67");
        string Of(Guid id) => round.Api("moderation", $"/contents/{id}/reports");
        var form = new { reason = "advertising", text = "they advertise" };
        await round.CaseAsync(moderator, plain);
        var waiting = await app.AsVoter(town.Universities[0].Person).PostAsJsonAsync(Of(plainId), form).Refused();
        Assert.Equal(404, waiting.Status);
        var item = await round.CaseAsync(moderator, hinted);
        Assert.Equal(["contacts"], item.GetProperty("hints").EnumerateArray().Select(h => h.GetString()!));
        foreach (var number in new[] { plain, hinted }) await round.DecideAsync(number, "publish");

        Assert.Equal(401, (await app.Anonymous.PostAsJsonAsync(Of(plainId), form).Refused()).Status);
        Assert.Equal((403, "moderation.report.own"), Said(await firm.PostAsJsonAsync(Of(plainId), form).Refused()));
        Assert.Equal((403, "moderation.report.office"), Said(await moderator.PostAsJsonAsync(Of(plainId), form).Refused()));
        var reporters = town.Universities.Take(3).Select(u => app.AsVoter(u.Person)).ToList();
        foreach (var bad in new object[] { new { }, new { reason = "in-order", text = "they advertise" }, new { reason = "advertising", text = "" } }) Assert.Equal(400, (await reporters[0].PostAsJsonAsync(Of(plainId), bad).Refused()).Status);
        foreach (var (reporter, i) in reporters.Select((r, i) => (r, i)))
        {
            Assert.Empty((await moderator.Get(round.Api("moderation", "/cases"))).EnumerateArray());
            await reporter.Post(Of(plainId), form);
            if (i == 0) Assert.Equal((409, "moderation.report.once"), Said(await reporter.PostAsJsonAsync(Of(plainId), form).Refused()));
        }
        var reported = await round.CaseAsync(moderator, plain, "reported");
        Assert.Equal(3, reported.GetProperty("reports").GetInt32());
        Assert.Equal("published", (await app.Anonymous.Get(round.Api("proposals", $"/{plain}"))).Text("state"));
        var view = await moderator.GetStringAsync(round.Api("moderation", $"/cases/{plainId}"));
        foreach (var reporter in town.Universities.Take(3)) Assert.DoesNotContain(reporter.Person.ToString(), view, StringComparison.OrdinalIgnoreCase);

        await reporters[0].Post(Of(hintedId), form);
        Assert.Equal(1, (await round.CaseAsync(moderator, hinted, "reported")).GetProperty("reports").GetInt32());
        // Decided: whoever sees it again may report again.
        await round.DecideAsync(plain, "publish", why: "reported");
        await reporters[0].Post(Of(plainId), form);
        Assert.Single((await moderator.Get(round.Api("moderation", "/cases"))).EnumerateArray());
    }

    [Fact]
    public async Task Ten_reports_a_day_are_enough()
    {
        var town = await app.Town;
        var round = await app.CollectingRound(new() { Origin = "demonstration", Proposals = 12 });
        using var zealot = app.AsVoter(Portal.Id("zealot"));
        for (var number = 1; number <= 11; number++)
        {
            var id = (await zealot.Get(round.Api("proposals", $"/{number}"))).GetProperty("id").GetGuid();
            var path = round.Api("moderation", $"/contents/{id}/reports");
            HttpResponseMessage answer = null!;
            await Portal.Until(async () => (answer = await zealot.PostAsJsonAsync(path, new { reason = "abuse", text = "I do not like it" })).StatusCode != System.Net.HttpStatusCode.NotFound, "Moderation knows it");
            Assert.Equal(number <= 10 ? 204 : 429, (int)answer.StatusCode);
            if (number > 10) Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        }
    }

    [Fact]
    public async Task Hints_name_what_was_found()
    {
        var (town, round) = (await app.Town, await app.Live());
        var (firm, moderator) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"));
        const string said = "We would build a mill on the river where our grandfathers had theirs, and grind rye for the bakers of three districts";
        var (first, _) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, string.Join(". ", Enumerable.Range(1, 12).Select(i => $"{said} in year {i}")));
        await round.CaseAsync(moderator, first);
        var (copy, _) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, string.Join(". ", Enumerable.Range(1, 12).Select(i => $"{said} in year {i}")));
        var (links, _) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, "See https://one.example/a and https://two.example/b and www.three.example for it");
        var (rude, _) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, "Only a swindler would not see that those idiots are wrong about it");
        var (loud, _) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject, title: "WE WANT THIS MILL HERE AND NOW");
        foreach (var (number, kind, found) in new[] { (copy, "duplicate", null), (links, "links", "https://one.example/a"), (rude, "words", "swindler"), (loud, "capitals", "WE WANT THIS MILL") })
        {
            var item = await round.CaseAsync(moderator, number);
            var hint = Assert.Single((await moderator.Get(round.Api("moderation", $"/cases/{item.Text("id")}"))).GetProperty("hints").EnumerateArray());
            Assert.Equal(kind, hint.Text("kind"));
            if (found is null) Assert.Equal(first, hint.GetProperty("number").GetInt32());
            else Assert.Contains(found, hint.Text("found"), StringComparison.Ordinal);
        }
    }

    static (int, string?) Said(Problem problem) => (problem.Status, problem.Code);
}
