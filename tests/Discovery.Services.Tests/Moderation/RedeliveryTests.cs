using Discovery.Contracts.Moderation;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Moderation;

/// <summary>An installation of their own, in which every message comes twice.</summary>
public sealed class RedeliveryTests
{
    [Fact]
    public async Task Facts_may_come_twice_late_and_in_any_order()
    {
        await using var app = await DiscoveryApp.StartAsync("--Bus:Times=2");
        var (town, round) = (await app.Town, await app.Live());
        var (firm, a, b) = (app.AsVoter(town.Firms[3].Person), app.As("moderator"), app.As("moderator 2"));
        var (number, id) = await round.SubmitOwnAsync(firm, town.Firms[3].Subject);
        await round.DecideAsync(number, "hide", "abuse", "this is abuse", a);
        await firm.Post(round.Api("moderation", $"/contents/{id}/appeal"), new { text = "It is not, nobody is named" });
        await round.DecideAsync(number, "grant", text: "nobody is named", by: b, why: "appeal");
        await Steps("submitted", "hidden", "appealed", "restored");

        // What was said before the appeal was granted, again and late, does not bring the decision back; nor does one on other words than the present ones.
        var record = (await app.Anonymous.Get(round.Api("moderation", "/log"))).GetProperty("record").GetGuid();
        var (now, who) = (DateTimeOffset.UtcNow, Portal.Id("moderator"));
        await SayAsync(new ModerationDecided(record, id, 1, now, ContentKinds.Proposal, 1, Decisions.Hide, ReasonCodes.Abuse, "again", who));
        await SayAsync(new AppealFiled(record, id, 2, now, ContentKinds.Proposal));
        await SayAsync(new ModerationDecided(record, id, 8, now, ContentKinds.Proposal, 7, Decisions.Hide, ReasonCodes.Abuse, "of words that nobody knows", who));
        // An answer that overtakes its appeal: the appeal that comes later is over.
        await SayAsync(new AppealDecided(record, id, 10, now, ContentKinds.Proposal, false, "no", who));
        await SayAsync(new AppealFiled(record, id, 9, now, ContentKinds.Proposal));
        await SayAsync(new ModerationDecided(record, id, 11, now, ContentKinds.Proposal, 1, Decisions.Return, ReasonCodes.Unclear, "say it again", who));
        await Steps("submitted", "hidden", "appealed", "restored", "appeal-refused", "returned");
        Assert.Null((await firm.Get(round.Api("proposals", $"/{number}"))).Text("appealedAt"));

        async Task Steps(params string[] expected) => Assert.Equal(expected, (await app.Until(firm, round.Api("proposals", $"/{number}/record"), r => r.GetProperty("entries").GetArrayLength() >= expected.Length))
            .GetProperty("entries").EnumerateArray().Select(e => e.Text("what")!));

        async Task SayAsync<T>(T fact) where T : class
        {
            await app.Read("moderation", async db =>
            {
                db.Announce(fact);
                return await db.SaveChangesAsync();
            });
            await Portal.Until(async () => await app.Read("moderation", db => db.Database.SqlQueryRaw<int>("select count(*) as \"Value\" from outbox").SingleAsync()) == 0, "the fact has gone out");
        }
    }
}
