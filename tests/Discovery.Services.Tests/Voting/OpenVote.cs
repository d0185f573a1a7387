using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Voting;

/// <summary>One open round for the tests of a class; proposal 6 has been withdrawn.</summary>
public sealed class OpenVote(Everybody everybody) : IAsyncLifetime
{
    public DiscoveryApp App => everybody.App;

    public TestRound Round { get; private set; } = null!;

    public Town Town { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Town = await App.Town;
        Round = await App.OpenRound();
        await App.AsTool().Post(Round.Api("voting", "/withdrawn-proposals"), new { number = 6, reason = "its author has gone" });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal static class Ledgers
{
    /// <summary>The entries of a round's ledger, also while voting runs and the door shows steps of ten only.</summary>
    public static Task<long> EntriesAsync(this DiscoveryApp app, TestRound round) => app.Read("voting", db => db.Database.SqlQuery<long>(
        $"""select count(*) as "Value" from ledger join round_copies on round_copies.id = ledger.round where slug = {round.Slug}""").SingleAsync());

    /// <summary>What the door says to this body; the ledger must be as it was.</summary>
    public static async Task<Problem> MustRefuseAsync(this DiscoveryApp app, TestRound round, HttpClient who, string body)
    {
        var before = await app.EntriesAsync(round);
        var problem = await who.PutAsync(round.Api("voting", "/ballot"), new StringContent(body, Encoding.UTF8, "application/json")).Refused();
        Assert.Equal(before, await app.EntriesAsync(round));
        Assert.Equal("application/problem+json", problem.MediaType);
        Assert.Equal(problem.Status, problem.Body.GetProperty("status").GetInt32());
        return problem;
    }
}
