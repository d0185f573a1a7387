using System.Text;
using System.Text.Json;
using Discovery.Platform.Records;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Moderation;

public sealed class LogTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check36_whoever_changes_deletes_or_moves_an_entry_is_found_out()
    {
        var (town, round) = (await app.Town, await app.Live());
        var firm = app.AsVoter(town.Firms[3].Person);
        for (var i = 0; i < 4; i++) await round.DecideAsync((await round.SubmitOwnAsync(firm, town.Firms[3].Subject)).Number, i % 2 == 0 ? "publish" : "return", "unclear", "say it again");
        var whole = await app.Anonymous.Get(round.Api("moderation", "/log"));
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("brokenAt").ValueKind);
        Assert.Equal(whole.Text("head"), Chain.Recompute(whole));
        var record = whole.GetProperty("record").GetGuid();

        foreach (var (sql, broken) in new (FormattableString, long)[]
        {
            ($"update record_entries set what = 'hide' where record = {record} and sequence = 2", 2),
            ($"update record_details set json = replace(json, 'unclear', 'abusive') where record = {record} and sequence = 3", 3),
            ($"delete from record_entries where record = {record} and sequence = 2", 2),
            ($"delete from record_entries where record = {record} and sequence = 5", 5),
            ($"update record_entries set sequence = case sequence when 2 then 3 else 2 end where record = {record} and sequence in (2, 3)", 2),
        })
            Assert.Equal(broken, await app.Read("moderation", async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                // Keys are checked row by row: moved over a place that is free.
                if (sql.Format.Contains("case sequence", StringComparison.Ordinal))
                    foreach (var (from, to) in new[] { (2, -2), (3, 2), (-2, 3) }) await db.Database.ExecuteSqlAsync($"update record_entries set sequence = {to} where record = {record} and sequence = {from}");
                else await db.Database.ExecuteSqlAsync(sql);
                return await db.CheckAsync(record, CancellationToken.None);
            }));
        Assert.Null(await app.Read("moderation", db => db.CheckAsync(record, CancellationToken.None)));

        // What is erased leaves the chain whole.
        Assert.Null(await app.Read("moderation", async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"delete from record_details where record = {record} and sequence = 2");
            return await db.CheckAsync(record, CancellationToken.None);
        }));
    }

    [Fact]
    public async Task The_page_is_for_everybody_and_filters_and_the_file_opens_in_a_spreadsheet()
    {
        var round = await app.Live();
        foreach (var lang in new[] { "ru", "en" })
        {
            var page = await app.Anonymous.GetStringAsync($"/{lang}/rounds/{round.Slug}/moderation/log?what=publish");
            Assert.Contains((await app.Anonymous.Get(round.Api("moderation", "/log"))).Text("head")!, page, StringComparison.Ordinal);
            Assert.Contains("<th scope=\"row\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<th scope=\"row\">", await app.Anonymous.GetStringAsync($"/{lang}/rounds/{round.Slug}/moderation/log?what=hide"), StringComparison.Ordinal);
        }
        Assert.StartsWith("\uFEFFsequence,at,what,moderator,kind,number", Encoding.UTF8.GetString(await app.Anonymous.GetByteArrayAsync(round.Api("moderation", "/log/csv"))), StringComparison.Ordinal);
    }
}
