using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Ranking;

namespace Discovery.ServicesTests.Voting;

public sealed class LedgerTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Two_hundred_casts_of_one_voter_at_once_are_all_recorded_and_one_counts()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => round.CastAsync(town.Firms[1], 3 + i % 4)));
        Assert.Equal(Enumerable.Range(1, 200), receipts.Select(r => r.Revision).Order());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), receipts.Select(r => r.Sequence).Order());
        Assert.Equal(200, receipts.Select(r => r.Leaf).Distinct().Count());

        var last = receipts.MaxBy(r => r.Revision)!;
        var mine = await app.AsVoter(town.Firms[1].Person).Get(round.Api("voting", "/ballot"));
        Assert.Equal(last.Leaf, mine.GetProperty("ballot").GetProperty("receipt").Text("leaf"));
        await round.CloseAsync();
        Assert.Equal(1, (await round.ResultsAsync()).GetProperty("ballots").GetProperty("firms").GetInt32());
    }

    [Fact]
    public async Task Ballots_and_chain_are_as_written_down_to_the_byte()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        var receipts = new List<Receipt>
        {
            await round.CastAsync(town.Firms[0], new { tiers = new[] { new[] { 5, 3 }, [4] }, approved = new[] { 5, 3 } }),
            await round.CastAsync(town.Consumers[0], 4, 3),
            await round.CastAsync(town.Consumers[0], 3),
            await round.WithdrawAsync(town.Consumers[0]),
        };
        await app.AsTool().Post(round.Api("voting", "/withdrawn-proposals"), new { number = 6, reason = "ушёл автор" });
        var voting = await round.CloseAsync();
        await round.ResultsAsync();
        using var folder = new Folder();
        var (path, _) = await round.BundlesAsync(folder.Path);
        var bundle = JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement;

        var c = Hex(SHA256.HashData([.. Convert.FromHexString(bundle.Text("rulesHash")!), .. Convert.FromHexString(bundle.Text("listHash")!)]));
        Assert.Equal(c, voting.Text("ballotHash"));
        var entries = bundle.GetProperty("entries").EnumerateArray().ToList();
        var (firm, person) = (Member(entries[0], "b"), Member(entries[1], "b"));
        var family = Member(entries[0], "o");
        Assert.All([firm, person, family], key => Assert.Matches("^[0-9a-f]{64}$", key));
        Assert.Equal(
        [
            $$"""{"a":["3","5"],"b":"{{firm}}","c":"{{c}}","g":"firms","k":"rank","n":["1"],"o":"{{family}}","r":1,"t":[["3","5"],["4"]],"v":1}""",
            $$"""{"a":null,"b":"{{person}}","c":"{{c}}","g":"consumers","k":"rank","n":[],"o":null,"r":1,"t":[["4"],["3"]],"v":1}""",
            $$"""{"a":null,"b":"{{person}}","c":"{{c}}","g":"consumers","k":"rank","n":[],"o":null,"r":2,"t":[["3"]],"v":1}""",
            $$"""{"b":"{{person}}","c":"{{c}}","k":"withdraw","r":3,"v":1}""",
            $$"""{"c":"{{c}}","k":"withdraw-proposal","p":"6","v":1,"w":"ушёл автор"}""",
            $$"""{"c":"{{c}}","k":"close","v":1,"w":"all have voted"}""",
            $$"""{"c":"{{c}}","k":"seal","v":1}""",
        ], entries.Select(e => e.Text("payload")));
        Assert.Equal(["ballot", "ballot", "ballot", "withdraw", "withdraw-proposal", "close", "seal"], entries.Select(e => e.Text("kind")));

        var head = new byte[32];
        foreach (var entry in entries)
        {
            var leaf = SHA256.HashData([.. "ballot/v1"u8, .. Convert.FromHexString(entry.Text("salt")!), .. Encoding.UTF8.GetBytes(entry.Text("payload")!)]);
            Assert.Equal(entry.Text("leaf"), Hex(leaf));
            byte[] chained = [.. Encoding.ASCII.GetBytes(entry.Text("kind")!), .. leaf];
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, chained.Length);
            head = SHA256.HashData([2, .. head, .. length, .. chained]);
        }
        Assert.Equal(voting.Text("head"), Hex(head));
        Assert.Equal(receipts.Select(r => r.Leaf), entries.Take(4).Select(e => e.Text("leaf")!));
        Assert.All(entries, e => Assert.Equal(32, e.Text("salt")!.Length));
        var rules = JsonDocument.Parse(bundle.Text("rules")!).RootElement;
        Assert.Equal(rules.Text("seedCommitment"), Hex(SHA256.HashData(Convert.FromHexString(voting.Text("r")!))));
    }

    [Fact]
    public async Task A_receipt_says_what_became_of_the_ballot_and_its_path_leads_to_the_root()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        var first = await round.CastAsync(town.Firms[1], 3, 4);
        var second = await round.CastAsync(town.Firms[1], 4, 3);
        await round.CastAsync(town.Universities[0], 3);
        var back = await round.WithdrawAsync(town.Universities[0]);
        foreach (var voter in town.Consumers) await round.CastAsync(voter, 5);
        Assert.Matches("^([0-9a-f]{4} ){4}[0-9a-f]{4}$", first.Code);

        async Task<JsonElement> Check(string code) => await app.Anonymous.Get(round.Api("voting", "/receipts/" + Uri.EscapeDataString(code)));
        Assert.Equal("superseded", (await Check(first.Code)).Text("state"));
        Assert.Equal("counted", (await Check(second.Code.ToUpperInvariant())).Text("state"));
        Assert.Equal("counted", (await Check(second.Leaf)).Text("state"));
        Assert.Equal("withdrawn", (await Check(back.Code.Replace(" ", ""))).Text("state"));
        Assert.Equal("unknown", (await Check(new string('0', 20))).Text("state"));
        Assert.Null((await Check(second.Code)).Text("root"));
        foreach (var malformed in new[] { "abc", "nothing at all", new string('a', 66), second.Code[..9] })
            Assert.Equal((400, "voting.receipt.malformed"), await app.Anonymous.GetAsync(round.Api("voting", "/receipts/" + Uri.EscapeDataString(malformed))).Refused() is var p ? (p.Status, p.Code) : default);

        var voting = await round.CloseAsync();
        foreach (var receipt in new[] { first, second, back })
        {
            var proof = await Check(receipt.Code);
            Assert.Equal((receipt.Sequence, voting.Text("merkleRoot")), (proof.GetProperty("sequence").GetInt64(), proof.Text("root")));
            var path = proof.GetProperty("path").EnumerateArray().Select(h => Convert.FromHexString(h.GetString()!)).ToList();
            Assert.True(Audit.Verify(Convert.FromHexString(receipt.Leaf), receipt.Sequence - 1, proof.GetProperty("size").GetInt64(), path, Convert.FromHexString(proof.Text("root")!)));
        }
        // The seal's own entry and the close are nobody's ballots.
        var mine = await app.AsVoter(town.Firms[1].Person).Get(round.Api("voting", "/ballot"));
        Assert.Equal(JsonValueKind.Null, mine.GetProperty("ballot").ValueKind);
    }

    [Fact]
    public async Task While_voting_runs_nobody_sees_single_ballots_arrive()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        foreach (var voter in town.Consumers.Concat(town.Firms.Skip(1)).Take(13)) await round.CastAsync(voter, 3);
        var voting = await app.Anonymous.Get(round.Api("voting"));
        Assert.Equal(10, voting.GetProperty("entries").GetInt64());
        Assert.Null(voting.Text("head"));
        foreach (var who in new[] { app.Anonymous, app.As("official"), app.AsVoter(town.Firms[1].Person) })
            Assert.Contains((await who.GetAsync(round.Api("voting", "/bundle")).Refused()).Status, new[] { 401, 403 });
        Assert.Equal((409, "voting.notsealed"), await app.As("auditor").GetAsync(round.Api("voting", "/bundle")).Refused() is var p ? (p.Status, p.Code) : default);
    }

    static string Member(JsonElement entry, string name) => JsonDocument.Parse(entry.Text("payload")!).RootElement.Text(name)!;

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
