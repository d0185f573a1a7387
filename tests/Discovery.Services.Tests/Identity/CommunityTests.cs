using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Identity;

public sealed class CommunityTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Members_join_by_list_by_code_and_by_request_and_each_votes_once_in_the_own_name()
    {
        var town = await SettleAsync("three ways", "Анна", "Борис", "Вера");
        var (speaker, anna, boris, vera) = (app.AsVoter(town.Speaker), app.AsVoter(town.People[0]), app.AsVoter(town.People[1]), app.AsVoter(town.People[2]));
        Assert.Equal(1, (await ListAsync(speaker, town, town.Email(0).ToUpperInvariant())).GetProperty("total").GetInt32());
        await anna.Post(town.Membership("/list"));
        Assert.Equal((409, "identity.join.not-listed"), await boris.PostAsJsonAsync(town.Membership("/list"), new { }).Refused() is var no ? (no.Status, no.Code) : default);

        var codes = (await speaker.Post(town.Members("/codes"), new { count = 2 })).GetProperty("codes").EnumerateArray().Select(c => c.GetString()!).ToList();
        Assert.All(codes, code => Assert.Matches("^[ACEFHJKMNPRTVWXY34679]{5}-[ACEFHJKMNPRTVWXY34679]{5}$", code));
        // As somebody types it: small, with blanks, and with a Russian layout where the letters look the same.
        await boris.Post(town.Membership("/code"), new { code = " " + codes[0].ToLowerInvariant().Replace('-', ' ').Replace('a', 'а').Replace('c', 'с') });
        await vera.Post(town.Membership("/request"));
        var asking = (await speaker.Get(town.Members())).GetProperty("requests")[0];
        Assert.Equal("Вера", asking.Text("name"));
        await speaker.Post(town.Members("/requests"), new { people = new[] { town.People[2] }, confirm = true });

        var members = await speaker.Get(town.Members());
        Assert.Equal(["Анна list", "Борис code", "Вера speaker"], members.GetProperty("members").EnumerateArray().Select(m => $"{m.Text("name")} {m.Text("route")}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("@", members.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((1, 0), (members.GetProperty("codes").GetInt32(), members.GetProperty("waiting").GetInt32()));

        var round = await app.OpenRound();
        foreach (var (http, person) in new[] { (anna, town.People[0]), (boris, town.People[1]), (vera, town.People[2]) })
        {
            var ballot = await app.Until(http, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 1);
            Assert.Equal((person, "consumers", true), Capacity(ballot));
            Assert.Equal(1, (await round.CastAsync(new(person, person, "consumers"), 3)).Revision);
            Assert.Equal(2, (await round.CastAsync(new(person, person, "consumers"), 4)).Revision);
        }
        Assert.Equal(0, (await speaker.Get(round.Api("voting", "/ballot"))).GetProperty("capacities").GetArrayLength());
    }

    [Fact]
    public async Task The_speaker_has_no_vote_but_a_members_own_and_a_member_of_two_communities_has_one()
    {
        var (first, second) = (await SettleAsync("two of them A", "Анна"), await SettleAsync("two of them B"));
        var both = first.People[0];
        var (speakerOfFirst, speakerOfSecond, anna) = (app.AsVoter(first.Speaker), app.AsVoter(second.Speaker), app.AsVoter(both));
        // The speaker is confirmed like anybody else.
        await speakerOfFirst.Post(first.Membership("/request"));
        await speakerOfFirst.Post(first.Members("/requests"), new { people = new[] { first.Speaker }, confirm = true });
        foreach (var (town, speaker) in new[] { (first, speakerOfFirst), (second, speakerOfSecond) })
        {
            await anna.Post(town.Membership("/request"));
            await speaker.Post(town.Members("/requests"), new { people = new[] { both }, confirm = true });
        }
        var round = await app.OpenRound();
        foreach (var (http, person) in new[] { (anna, both), (speakerOfFirst, first.Speaker) })
            Assert.Equal((person, "consumers", true), Capacity(await app.Until(http, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 1)));
        Assert.Equal((403, "voting.notyours"), await CastAsAsync(speakerOfFirst, round, first.Id));
        Assert.Equal((403, "voting.notyours"), await CastAsAsync(anna, round, second.Id));
        Assert.Equal((403, "voting.stranger"), await CastAsAsync(speakerOfSecond, round, second.Id));

        // Out of one of the two: the vote stays. Out of both: it goes. In again: it comes back, whatever had been heard before.
        await anna.DeleteAsync(first.Membership()).Json();
        await round.CastAsync(new(both, both, "consumers"), 3);
        await anna.DeleteAsync(second.Membership()).Json();
        await app.Until(anna, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 0);
        Assert.Equal(404, (await anna.DeleteAsync(second.Membership()).Refused()).Status);
        await anna.Post(first.Membership("/request"));
        await speakerOfFirst.Post(first.Members("/requests"), new { people = new[] { both }, confirm = true });
        await app.Until(anna, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 1);
        Assert.Equal(3, await app.Read("identity", db => db.Database.SqlQuery<long>($"""select sequence as "Value" from members where community = {first.Id} and person = {both}""").SingleAsync()));
        Assert.Equal(2, (await round.CastAsync(new(both, both, "consumers"), 4)).Revision);
    }

    [Fact]
    public async Task A_code_opens_once_and_unknown_used_and_old_ones_are_answered_alike()
    {
        var town = await SettleAsync("codes", "Анна", "Борис", "Вера");
        var speaker = app.AsVoter(town.Speaker);
        var codes = (await speaker.Post(town.Members("/codes"), new { count = 3 })).GetProperty("codes").EnumerateArray().Select(c => c.GetString()!).ToList();
        await app.AsVoter(town.People[0]).Post(town.Membership("/code"), new { code = codes[0] });
        var boris = app.AsVoter(town.People[1]);
        Assert.Equal(2, await app.Read("identity", db => db.Database.ExecuteSqlAsync($"update member_codes set expires_at = created_at where community = {town.Id} and used_at is null")));
        var refused = new List<Problem>();
        foreach (var code in new[] { "AAAAA-AAAAA", "not a code", codes[0], codes[1], codes[2] }) refused.Add(await boris.PostAsJsonAsync(town.Membership("/code"), new { code }).Refused());
        var first = refused[0];
        Assert.Equal((409, "identity.join.code.wrong"), (first.Status, first.Code));
        Assert.All(refused, r => Assert.Equal((first.Status, first.Code, first.Detail), (r.Status, r.Code, r.Detail)));
        // The sixth try of the hour is not looked at, right or wrong; others are not shut out by it.
        using var over = await boris.PostAsJsonAsync(town.Membership("/code"), new { code = codes[1] });
        Assert.Equal(429, (int)over.StatusCode);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        var again = (await speaker.Post(town.Members("/codes"), new { count = 1 })).GetProperty("codes")[0].GetString();
        await app.AsVoter(town.People[2]).Post(town.Membership("/code"), new { code = again });
        Assert.Equal(2, (await speaker.Get(town.Members())).GetProperty("total").GetInt32());
        Assert.Equal(400, (await speaker.PostAsJsonAsync(town.Members("/codes"), new { count = 101 }).Refused()).Status);
    }

    [Fact]
    public async Task Twenty_people_with_one_code_at_once_are_one_member()
    {
        var town = await SettleAsync("race", [.. Enumerable.Range(0, 20).Select(i => $"Гость {i}")]);
        var speaker = app.AsVoter(town.Speaker);
        var code = (await speaker.Post(town.Members("/codes"), new { count = 1 })).GetProperty("codes")[0].GetString();
        var answers = await Task.WhenAll(town.People.Select(p => app.AsVoter(p).PostAsJsonAsync(town.Membership("/code"), new { code })));
        Assert.Equal(1, answers.Count(a => a.IsSuccessStatusCode));
        Assert.All(answers.Where(a => !a.IsSuccessStatusCode), a => Assert.Contains((int)a.StatusCode, new[] { 409, 429 }));
        Assert.Equal(1, (await speaker.Get(town.Members())).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_list_is_read_in_any_encoding_and_kept_as_hashes()
    {
        var town = await SettleAsync("lists", "Анна");
        var speaker = app.AsVoter(town.Speaker);
        var cp1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        byte[][] files =
        [
            Encoding.UTF8.GetBytes($"Имя;Почта\r\nИванова Анна;{town.Email(0)}\r\n\"Петров; Пётр\";petrov@почта.рф\r\n"),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("name,e-mail\none,one@lists.example\n\ntwo, Two <two@lists.example> \n")],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("three@lists.example\nfour@lists.example")],
            Encoding.BigEndianUnicode.GetBytes("five@lists.example\r\nsix@lists.example"),
            cp1251.GetBytes("ФИО\tАдрес\nСидоров «Сидор»\tseven@lists.example\n"),
            Encoding.UTF8.GetBytes("ONE@lists.example\none@LISTS.example"),
        ];
        var totals = new List<int>();
        foreach (var file in files) totals.Add((await speaker.PostAsync(town.Members("/list"), File(file)).Json()).GetProperty("total").GetInt32());
        Assert.Equal([2, 4, 6, 8, 9, 9], totals);
        var kept = await app.Read("identity", db => db.Database.SqlQuery<byte[]>($"""select address as "Value" from listed_members where community = {town.Id}""").ToListAsync());
        Assert.All(kept, hash => Assert.Equal(32, hash.Length));
        await app.AsVoter(town.People[0]).Post(town.Membership("/list"));
    }

    [Theory]
    [InlineData("a@b.example\nno address\n=cmd()@x.example\n\"b@c.example\nc@d.example", "2, 3")]
    [InlineData("+7900@x.example\n@SUM(A1)\na\u0000b@c.example\na@b", "1, 2, 3, 4")]
    [InlineData("", "identity.list.empty")]
    [InlineData("Почта\n\n", "identity.list.empty")]
    public async Task Wrong_rows_are_named_and_nothing_of_the_file_is_taken(string file, string wrong)
    {
        var town = await SettleAsync("wrong lists");
        var speaker = app.AsVoter(town.Speaker);
        var refused = await speaker.PostAsync(town.Members("/list"), File(Encoding.UTF8.GetBytes(file))).Refused();
        Assert.Equal(409, refused.Status);
        if (wrong.StartsWith("identity", StringComparison.Ordinal)) Assert.Equal(wrong, refused.Code);
        else Assert.Contains($"rows {wrong}", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await speaker.Get(town.Members())).GetProperty("listed").GetInt32());
    }

    [Fact]
    public async Task A_list_that_is_too_large_is_refused()
    {
        var town = await SettleAsync("large lists");
        var speaker = app.AsVoter(town.Speaker);
        foreach (var file in new[] { new string('a', (1 << 20) + 1), string.Join('\n', Enumerable.Range(0, 10_001).Select(i => $"{i}@large.example")), new string('"', 1 << 20) })
            Assert.Contains((await speaker.PostAsync(town.Members("/list"), File(Encoding.UTF8.GetBytes(file))).Refused()).Code, new[] { "identity.list.large", "identity.list.rows", "identity.list.empty" });
    }

    [Fact]
    public async Task Whoever_is_removed_reads_why_and_does_not_come_back_by_the_list()
    {
        var town = await SettleAsync("removed", "Анна", "Борис");
        var (speaker, anna, boris) = (app.AsVoter(town.Speaker), app.AsVoter(town.People[0]), app.AsVoter(town.People[1]));
        await ListAsync(speaker, town, town.Email(0));
        await anna.Post(town.Membership("/list"));
        Assert.Equal(400, (await speaker.PostAsJsonAsync(town.Members($"/{town.People[0]}/removal"), new { }).Refused()).Status);
        await speaker.Post(town.Members($"/{town.People[0]}/removal"), new { reason = "Переехала\u202e в другой край" });
        var mine = (await anna.Get(town.Membership())).GetProperty("refused");
        Assert.Equal(("removed", "Переехала в другой край"), (mine.Text("kind"), mine.Text("reason")));
        Assert.Equal("identity.join.not-listed", (await anna.PostAsJsonAsync(town.Membership("/list"), new { }).Refused()).Code);
        Assert.Equal(404, (await speaker.PostAsJsonAsync(town.Members($"/{town.People[0]}/removal"), new { reason = "again" }).Refused()).Status);

        await boris.Post(town.Membership("/request"));
        Assert.Equal(400, (await speaker.PostAsJsonAsync(town.Members("/requests"), new { people = new[] { town.People[1] }, confirm = false }).Refused()).Status);
        await speaker.Post(town.Members("/requests"), new { people = new[] { town.People[1] }, confirm = false, reason = "Не знаю вас" });
        Assert.Equal("declined", (await boris.Get(town.Membership())).GetProperty("refused").Text("kind"));
        var trail = await app.Read("identity", db => db.Database.SqlQuery<string>($"""select kind as "Value" from audit where organisation = {town.Id} order by at""").ToListAsync());
        Assert.Equal(["community.listed", "community.joined", "community.removed", "community.declined"], trail);
    }

    [Fact]
    public async Task Only_the_speaker_sees_members_and_the_authority_is_never_one()
    {
        var (town, other) = (await SettleAsync("doors", "Анна"), await SettleAsync("other doors"));
        await app.AsTool().Post("/api/identity/import", new { accounts = new[] { new { id = Portal.Id("doors role"), email = "role@doors.example", displayName = "Role", roles = new[] { "*:official" } } } });
        foreach (var who in new[] { app.AsVoter(town.People[0]), app.AsVoter(other.Speaker), app.As("official"), app.As("administrator") })
        {
            Assert.Equal(404, (await who.GetAsync(town.Members()).Refused()).Status);
            Assert.Equal(404, (await who.PostAsJsonAsync(town.Members("/codes"), new { count = 1 }).Refused()).Status);
            Assert.Equal(404, (await who.PostAsync(town.Members("/list"), File("a@b.example"u8.ToArray())).Refused()).Status);
            Assert.Equal(404, (await who.DeleteAsync(town.Members("/list")).Refused()).Status);
            Assert.Equal(404, (await who.PostAsJsonAsync(town.Members("/requests"), new { people = new[] { town.People[0] }, confirm = true }).Refused()).Status);
            Assert.Equal(404, (await who.PostAsJsonAsync(town.Members($"/{town.People[0]}/removal"), new { reason = "x" }).Refused()).Status);
        }
        Assert.Equal(401, (await app.Anonymous.GetAsync(town.Members()).Refused()).Status);
        // A firm is no community, and neither is what does not exist.
        foreach (var id in new[] { (await app.Town).Firms[0].Subject, Guid.NewGuid() })
            Assert.Equal(404, (await app.AsVoter(town.People[0]).PostAsJsonAsync($"/api/identity/organisations/{id}/membership/request", new { }).Refused()).Status);
        // A role that the session does not show (no second factor) keeps out as well.
        foreach (var who in new[] { app.As("official"), app.AsVoter(Portal.Id("doors role")) })
            Assert.Equal((403, "identity.member.authority"), await who.PostAsJsonAsync(town.Membership("/request"), new { }).Refused() is var no ? (no.Status, no.Code) : default);
        Assert.Equal("identity.member.authority", (await app.AsTool().PostAsJsonAsync("/api/identity/import", new { members = new[] { new { community = town.Id, person = Portal.Id("doors role") } } }).Refused()).Code);
    }

    static (Guid, string?, bool) Capacity(JsonElement ballot) =>
        ballot.GetProperty("capacities")[0] is var one ? (one.GetProperty("subject").GetGuid(), one.Text("group"), one.GetProperty("isPerson").GetBoolean()) : default;

    static async Task<(int, string?)> CastAsAsync(HttpClient http, TestRound round, Guid subject) =>
        await http.PutAsJsonAsync(round.Api("voting", "/ballot"), new { @as = subject, tiers = new[] { new[] { 3 } } }).Refused() is var no ? (no.Status, no.Code) : default;

    static Task<JsonElement> ListAsync(HttpClient speaker, Community town, string addresses) => speaker.PostAsync(town.Members("/list"), File(Encoding.UTF8.GetBytes(addresses))).Json();

    static ByteArrayContent File(byte[] bytes) => new(bytes) { Headers = { ContentType = new("text/csv") } };

    internal sealed record Community(Guid Id, Guid Speaker, IReadOnlyList<Guid> People, string Name)
    {
        public string Members(string rest = "") => $"/api/identity/organisations/{Id}/members{rest}";

        public string Membership(string rest = "") => $"/api/identity/organisations/{Id}/membership{rest}";

        public string Email(int person) => $"{People[person]:N}@community.example";
    }

    Task<Community> SettleAsync(string name, params string[] people) => SettleAsync(app, name + Guid.NewGuid(), people);

    /// <summary>A community with its speaker, and people with accounts who are no members yet.</summary>
    internal static async Task<Community> SettleAsync(Portal app, string name, params string[] people)
    {
        var community = new Community(Portal.Id(name), Portal.Id(name + " speaker"), [.. people.Select((_, i) => Portal.Id($"{name} {i}"))], name);
        await app.AsTool().Post("/api/identity/import", new
        {
            organisations = new[] { new { id = community.Id, name = new { ru = $"Сообщество «{name}»", en = $"Community «{name}»" }, kind = "community" } },
            accounts = people.Select((p, i) => new { id = community.People[i], email = community.Email(i), displayName = p, organisations = Array.Empty<Guid>() })
                .Append(new { id = community.Speaker, email = $"{community.Speaker:N}@community.example", displayName = "Speaker", organisations = new[] { community.Id } }),
        });
        return community;
    }
}
