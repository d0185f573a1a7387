using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.ServicesTests.Moderation;

/// <summary>What the tests of moderation have in common: a live round, proposals with words of their own, people who decide.</summary>
internal static class Scenes
{
    static int count;

    /// <summary>A live round in which number 1 is published.</summary>
    public static Task<TestRound> Live(this DiscoveryApp app) => app.CollectingRound(new() { Origin = "live", Proposals = 1 });

    /// <summary>Hands in a proposal whose words no other has.</summary>
    /// <returns>Its number and id.</returns>
    public static async Task<(int Number, Guid Id)> SubmitOwnAsync(this TestRound round, HttpClient author, Guid organisation, string? today = null, string? title = null)
    {
        var submitted = default(JsonElement);
        await Portal.Until(async () =>
        {
            using var answer = await author.PostAsJsonAsync(round.Api("proposals"), Content(organisation, today, title));
            if (answer.IsSuccessStatusCode) submitted = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return answer.IsSuccessStatusCode;
        }, "the mandate is known to Proposals");
        return (submitted.GetProperty("number").GetInt32(), submitted.GetProperty("id").GetGuid());
    }

    public static object Content(Guid organisation, string? today = null, string? title = null) => new
    {
        organisation,
        title = new { en = title ?? Words(4) },
        summary = new { en = Words(8) },
        today = new { en = today ?? Words(12) },
        market = new { en = Words(12) },
        strengths = new { en = Words(12) },
        sector = "agro",
        mode = "general",
        kind = "new",
        track = "main",
        horizon = DateTime.UtcNow.Year + 5,
    };

    public static async Task<JsonElement> WaitAsync(this DiscoveryApp app, TestRound round, int number, string state) =>
        await app.Until(app.As("official"), round.Api("proposals", $"/{number}"), p => p.Text("state") == state);

    public static Task<HttpResponseMessage> Decide(this HttpClient moderator, TestRound round, string? item, object form) => moderator.PostAsJsonAsync(round.Api("moderation", $"/cases/{item}/decision"), form);

    static string Words(int number) => string.Join(' ', Enumerable.Range(0, number).Select(_ => $"word{Interlocked.Increment(ref count)}x{Guid.NewGuid().ToString("N")[..4]}"));
}
