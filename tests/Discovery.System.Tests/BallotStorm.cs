using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.SystemTests;

/// <summary>Many voters at once, who try again until they hold a receipt; every receipt that was handed out is remembered.</summary>
internal sealed class BallotStorm(Installation installation, TestRound round, IReadOnlyList<Voter> voters)
{
    const int Clients = 12;

    readonly ConcurrentQueue<int> waiting = new(Enumerable.Range(0, voters.Count));
    int done, refused;

    public ConcurrentBag<Receipt> Receipts { get; } = [];

    /// <summary>How many times a client was sent away or left without an answer.</summary>
    public int Refused => refused;

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(VoteAsync)));

    public Task Reached(double share) => Portal.Until(() => Task.FromResult(done >= voters.Count * share), $"{share:P0} have voted", 120);

    async Task VoteAsync()
    {
        while (waiting.TryDequeue(out var i))
        {
            using var http = installation.AsVoter(voters[i].Person);
            var body = new { tiers = new[] { new[] { 1 + i % 5 }, [1 + (i + 1 + i / 7 % 4) % 5] } };
            var until = DateTime.UtcNow.AddSeconds(90);
            while (true)
            {
                try
                {
                    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                    using var answer = await http.PutAsJsonAsync(round.Api("voting", "/ballot"), body, patience.Token);
                    if (answer.IsSuccessStatusCode)
                    {
                        Receipts.Add(Receipt.Of(await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token)));
                        break;
                    }
                    Assert.True((int)answer.StatusCode >= 500, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(patience.Token)}");
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException) { /* the process was killed under it */ }
                Assert.True(DateTime.UtcNow < until, "A voter tried for 90 s in vain.");
                Interlocked.Increment(ref refused);
                await Task.Delay(100);
            }
            Interlocked.Increment(ref done);
        }
    }

    /// <summary>Closes the vote: every receipt is in the ledger once, everybody counts once, and a recount finds the same shortlist.</summary>
    public async Task SettleAsync()
    {
        Assert.Equal(voters.Count, Receipts.Count);
        await round.CloseAsync();
        var results = await round.ResultsAsync(120);
        Assert.Equal(voters.Count, results.GetProperty("ballots").EnumerateObject().Sum(g => g.Value.GetInt32()));

        using var folder = new Folder();
        var (auditor, open) = await round.BundlesAsync(folder.Path);
        var ledger = JsonDocument.Parse(await File.ReadAllTextAsync(auditor)).RootElement.GetProperty("entries").EnumerateArray().ToLookup(e => e.Text("leaf"));
        Assert.All(Receipts, receipt => Assert.Equal(receipt.Sequence, Assert.Single(ledger[receipt.Leaf]).GetProperty("sequence").GetInt64()));
        var recount = await TheProgram.RunAsync("recount", auditor);
        Assert.True(recount.Code == 0, recount.Errors);
        Assert.Contains("Shortlist: " + string.Join(", ", results.GetProperty("shortlist").Ints()), recount.Output, StringComparison.Ordinal);
        recount = await TheProgram.RunAsync("recount", open);
        Assert.True(recount.Code == 0, recount.Errors);
    }
}
