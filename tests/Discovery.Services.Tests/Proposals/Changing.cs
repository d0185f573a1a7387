using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.ServicesTests.Proposals;

/// <summary>What the tests of versions, amendments, co-authors and merges do with the proposals of a round.</summary>
internal static class Changing
{
    /// <summary>A live round that collects: number 1 is of a firm, 2 of the owner of a family, the others of the institute.</summary>
    public static Task<TestRound> CollectingAsync(this Portal app, int proposals) => app.CollectingRound(new() { Origin = "live", Proposals = proposals });

    public static string Path(this TestRound round, int number, string rest = "") => round.Api("proposals", $"/{number}{rest}");

    public static object Content(int number, string summary, int version, string? title = null) => new
    {
        baseVersion = version, title = new { ru = title ?? $"Предложение номер {number}", en = title ?? $"Proposal number {number}" }, summary = new { en = summary },
        today = Long("today"), market = Long("market"), strengths = Long("strengths"), sector = "agro", mode = "general", kind = "new", track = "main", horizon = DateTime.UtcNow.Year + 5,
    };

    // As TestRound writes them: only what a test names is changed.
    static object Long(string what) => Town.Both($"Здесь сказано достаточно много слов о том, что важно: {what}.", $"Here enough words are said about what is important: {what}.");

    /// <summary>Acts as soon as Proposals knows of the mandate.</summary>
    public static async Task<JsonElement> KnownAsync(this Portal app, Voter voter, Func<HttpClient, Task<HttpResponseMessage>> act)
    {
        using var http = app.AsVoter(voter.Person);
        JsonElement answer = default;
        await Portal.Until(async () =>
        {
            using var response = await act(http);
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode) answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
            else if (!text.Contains("no-mandate", StringComparison.Ordinal) && !text.Contains("not-asked", StringComparison.Ordinal)) throw new HttpRequestException(text);
            return response.IsSuccessStatusCode;
        }, "the mandate is known to Proposals", 30);
        return answer;
    }

    public static Task EndorseAsync(this Portal app, TestRound round, int number, Voter voter) =>
        app.KnownAsync(voter, http => http.PutAsJsonAsync(round.Path(number, "/endorsement"), new { organisation = voter.Subject }));

    public static async Task<(int, string?)> RefusedAs(this Task<HttpResponseMessage> asked)
    {
        var problem = await asked.Refused();
        return (problem.Status, problem.Code);
    }
}
