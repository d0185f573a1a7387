using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Ranking;
using Discovery.Ranking.Ledger;

namespace Discovery.Host.Tools;

/// <summary>
/// <c>discovery recount BUNDLE</c>: checks an exported round without a server. The auditor's bundle is recounted from its ballots, and a changed one is named;
/// the public bundle is checked as far as it goes, and says how far that is.
/// </summary>
internal static class RecountCommand
{
    public static Command Describe()
    {
        var file = new Argument<string>("BUNDLE") { Description = "An auditor's or a public bundle, as exported" };
        var command = new Command("recount", "Verify chain, Merkle root and result of an exported round") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            try
            {
                using var bundle = JsonDocument.Parse(Refused.ReadFile(path));
                new Recount(path, bundle.RootElement).Run();
                return 0;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException) { throw new Refused(path, "is not a bundle, or a damaged one: " + e.Message); }
        });
        return command;
    }

    sealed class Recount(string path, JsonElement bundle)
    {
        public void Run()
        {
            var audited = Text("format") switch
            {
                "discovery-auditor-bundle/1" => true,
                "discovery-public-bundle/1" => false,
                var other => throw new Refused(path, $"the format '{other}' is not known here"),
            };
            Must(Sha(Text("rules")) == Text("rulesHash"), "the rules are not those of rulesHash");
            Must(Sha(Text("list")) == Text("listHash"), "the ballot list is not that of listHash");
            var rules = new LedgerRules(Text("rules"));
            Must(Convert.ToHexStringLower(SHA256.HashData(Hex("r"))) == rules.SeedCommitment, "r is not the number that the charter committed to");
            Must(Sha(Text("result")) == Text("resultHash"), "the result is not that of resultHash");
            var proposals = JsonDocument.Parse(Text("list")).RootElement.EnumerateArray().Select(p => p.GetProperty("number").GetRawText()).ToList();
            var tally = audited ? new LedgerTally(rules, proposals) : null;
            var ballotHash = Convert.ToHexStringLower(SHA256.HashData([.. Hex("rulesHash"), .. Hex("listHash")]));
            var leaves = Chain(tally, ballotHash);
            Must(Convert.ToHexStringLower(Audit.MerkleRoot(leaves)) == Text("merkleRoot"), "the leaves do not give the Merkle root");
            Say($"{leaves.Count} entries: chain and Merkle root hold.");
            var seed = Convert.ToHexStringLower(Audit.Seed(Hex("r"), Hex("merkleRoot")));
            if (tally is not null) CompareWhole(tally.Count(seed).Result);
            else ComparePublic(rules, seed);
        }

        List<byte[]> Chain(LedgerTally? tally, string ballotHash)
        {
            var (leaves, head, sequence) = (new List<byte[]>(), Audit.ChainStart, 0L);
            string kind = "";
            foreach (var entry in bundle.GetProperty("entries").EnumerateArray())
            {
                sequence++;
                kind = entry.GetProperty("kind").GetString()!;
                var leaf = Convert.FromHexString(entry.GetProperty("leaf").GetString()!);
                Must(entry.GetProperty("sequence").GetInt64() == sequence, $"entry {sequence} is missing or out of order");
                if (tally is not null)
                {
                    var payload = Encoding.UTF8.GetBytes(entry.GetProperty("payload").GetString()!);
                    Must(Audit.Leaf(Convert.FromHexString(entry.GetProperty("salt").GetString()!), payload).AsSpan().SequenceEqual(leaf), $"entry {sequence} was changed: its content is not that of its leaf");
                    Must(JsonDocument.Parse(payload).RootElement.GetProperty("c").GetString() == ballotHash, $"entry {sequence} belongs to other rules or another list");
                    try { tally.Apply(kind, payload); }
                    catch (FormatException e) { throw new Refused(path, $"entry {sequence}: {e.Message}"); }
                }
                leaves.Add(leaf);
                head = Audit.Chain(head, Audit.Entry(kind, leaf));
            }
            Must(kind == "seal", "the ledger does not end with its seal");
            Must(Convert.ToHexStringLower(head) == Text("head"), "the entries do not give the head of the chain: a leaf or a kind was replaced");
            return leaves;
        }

        void CompareWhole(Result result)
        {
            Must(result.ResultHash() == Text("resultHash"), $"the ballots give another result: {result.ResultHash()} instead of {Text("resultHash")}");
            Say($"Recounted from {result.Groups.Sum(g => g.Ballots)} ballots: the same result, {Text("resultHash")}.");
            Say("Shortlist: " + string.Join(", ", result.Seats.Select(s => result.Proposals[s.Proposal])));
        }

        void ComparePublic(LedgerRules rules, string seed)
        {
            var counted = bundle.GetProperty("counted");
            var proposals = Read<string[]>(counted.GetProperty("proposals"));
            var matrices = Read<GroupMatrix[]>(counted.GetProperty("groups"));
            var rows = Read<ApprovalRow[]>(counted.GetProperty("rows"));
            var groups = rules.Groups.Where(g => matrices.Any(m => m.Group == g.Id));
            var result = Count.FromMatrices(proposals, matrices, rows, rules.For(groups, proposals.Length, seed));
            var published = JsonDocument.Parse(Text("result")).RootElement;
            Must(published.GetProperty("consensus").EnumerateArray().Select(p => p.GetString()).SequenceEqual(result.Consensus.Select(p => result.Proposals[p])), "the matrices give another consensus ranking");
            Say("The matrices give the published consensus ranking.");
            var withheld = bundle.GetProperty("withheldBallots").GetInt64();
            if (withheld > 0)
            {
                Say($"{withheld} ballots with rare approval sets are in the auditor's bundle only: the shortlist cannot be recounted from this one.");
                return;
            }
            Must(result.ResultHash() == Text("resultHash"), "the approval sets give another result");
            Say($"The approval sets give the published result, {Text("resultHash")}.");
        }

        static T Read<T>(JsonElement json) => json.Deserialize<T>(Platform.Messaging.Wire.Json)!;

        string Text(string name) => bundle.GetProperty(name).GetString() ?? throw new Refused(path, $"{name} is missing: export the bundle after the result is published");

        byte[] Hex(string name) => Convert.FromHexString(Text(name));

        static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        void Must(bool holds, string otherwise)
        {
            if (!holds) throw new Refused(path, otherwise);
        }

        static void Say(string line) => Console.WriteLine(line);
    }
}
