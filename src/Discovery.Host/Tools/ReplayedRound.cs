using System.Text.Json;
using Discovery.Contracts;
using Discovery.Contracts.Rounds;

namespace Discovery.Host.Tools;

/// <summary>The steps of a round that a tool goes through by the API, one after the other, as officials would.</summary>
internal sealed class ReplayedRound(Installation installation, string slug)
{
    /// <summary>Far enough apart that no clock interferes: the tool moves the phases by hand.</summary>
    public static IReadOnlyList<Phase> Phases(DateTimeOffset votingEnds)
    {
        var voting = votingEnds.AddDays(-30);
        return
        [
            new(PhaseKinds.Proposals, voting.AddDays(-75), voting.AddDays(-7)), new(PhaseKinds.Admission, voting.AddDays(-7), voting),
            new(PhaseKinds.Voting, voting, votingEnds), new(PhaseKinds.Results, votingEnds, votingEnds.AddDays(14)),
        ];
    }

    public async Task PublishAsync(object charter)
    {
        await installation.PostAsync("/api/rounds", charter);
        await installation.WaitAsync($"/api/rounds/{slug}", round => round.TryGetProperty("seedCommitment", out var seed) && seed.ValueKind == JsonValueKind.String);
        await installation.PostAsync($"/api/rounds/{slug}/publish", null);
    }

    public Task StartAsync(string phase) => installation.PostAsync($"/api/rounds/{slug}/phases/{phase}/start", new { reason = "Раунд ведёт программа discovery · moved by the program discovery" });

    /// <summary>Proposals knows a phase a moment after Rounds has started it.</summary>
    public async Task ProposeAsync(IEnumerable<object> proposals)
    {
        await installation.WaitAsync($"/api/proposals/rounds/{slug}", _ => true);
        foreach (var page in proposals.Chunk(100))
            await installation.PostAsync($"/api/proposals/rounds/{slug}/import", new { reason = "Перенесла программа discovery · taken over by the program discovery", proposals = page });
    }

    public async Task OpenAsync()
    {
        await StartAsync(PhaseKinds.Admission);
        await installation.WaitAsync($"/api/proposals/rounds/{slug}/ballot-list", list => list.GetProperty("obstacle").ValueKind == JsonValueKind.Null);
        await installation.PostAsync($"/api/proposals/rounds/{slug}/ballot-list", new { });
        await StartAsync(PhaseKinds.Voting);
        await installation.WaitAsync($"/api/voting/rounds/{slug}", voting => voting.GetProperty("state").GetString() == "open");
    }

    public async Task EnrolAsync(IReadOnlyList<(Guid Voter, string Group)> electors, IProgress<int> done)
    {
        foreach (var page in electors.Chunk(2000))
        {
            await installation.PostAsync($"/api/voting/rounds/{slug}/electors", page.Select(e => new { voter = e.Voter, group = e.Group }));
            done.Report(page.Length);
        }
    }

    public async Task VoteAsync(IEnumerable<(Guid Voter, IEnumerable<IEnumerable<int>> Tiers, IEnumerable<int>? Approved)> ballots, IProgress<int> done)
    {
        foreach (var page in ballots.Chunk(512))
        {
            await installation.PostAsync($"/api/voting/rounds/{slug}/ballots", page.Select(b => new { voter = b.Voter, tiers = b.Tiers, approved = b.Approved }));
            done.Report(page.Length);
        }
    }

    /// <summary>Closes the vote and waits for the published result.</summary>
    public async Task<JsonElement> FinishAsync()
    {
        await installation.PostAsync($"/api/voting/rounds/{slug}/close", new { reason = "Все бюллетени поданы · all ballots are in" });
        return await installation.WaitAsync($"/api/aggregation/rounds/{slug}", r => r.GetProperty("publishedAt").ValueKind == JsonValueKind.String, TimeSpan.FromMinutes(10));
    }

    public static Text Both(string text) => new(text, text);
}
