using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.ServicesTests.Rounds;

/// <summary>From a draft to a frozen charter: the checklist, and two officials.</summary>
public sealed class PublicationTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task The_checklist_blocks_what_would_be_unfair_and_the_draft_can_be_mended()
    {
        var round = await TestRound.DraftAsync(app, new() { Origin = "live" });
        using var official = app.As("official");
        await app.Until(official, round.Api("rounds"), r => r.Text("seedCommitment") is not null);
        var whole = JsonSerializer.SerializeToNode(round.Charter())!.AsObject();

        JsonObject Without(params string[] fields)
        {
            var some = whole.DeepClone().AsObject();
            foreach (var field in fields) some.Remove(field);
            return some;
        }
        var poor = Without("verification", "appeals", "moderation");
        poor["groups"]![1]!["weight"] = 0;
        poor["phases"] = JsonSerializer.SerializeToNode(new[] { new { kind = "voting", starts = DateTimeOffset.UtcNow.AddDays(-3), ends = DateTimeOffset.UtcNow.AddDays(-1) } });
        await official.Put(round.Api("rounds"), poor);

        var blocked = await BlockingAsync(official, round);
        Assert.Equal(["appeals", "dates", "moderation", "verification", "weights"], blocked);
        var refused = await official.PostAsJsonAsync(round.Api("rounds", "/publish"), new { }).Refused();
        Assert.Equal((409, "rounds.publish.unready"), (refused.Status, refused.Code));
        Assert.Null((await official.Get(round.Api("rounds", "/readiness"))).Text("proposedAt"));

        await official.Put(round.Api("rounds"), whole);
        Assert.Empty(await BlockingAsync(official, round));
        Assert.Equal("proposed", (await official.Post(round.Api("rounds", "/publish"))).Text("state"));
    }

    [Fact]
    public async Task One_official_proposes_and_another_confirms_what_the_first_has_seen()
    {
        var round = await TestRound.DraftAsync(app, new() { Origin = "live" });
        using var first = app.As("official");
        using var second = app.As("official 2");
        await app.Until(first, round.Api("rounds"), r => r.Text("seedCommitment") is not null);

        await first.Post(round.Api("rounds", "/publish"));
        Assert.Equal("rounds.publish.second", (await first.PostAsJsonAsync(round.Api("rounds", "/publish"), new { }).Refused()).Code);
        Assert.Equal(404, (int)(await app.Anonymous.GetAsync(round.Api("rounds"))).StatusCode);
        var seen = await second.Get(round.Api("rounds", "/readiness"));
        Assert.True(seen.GetProperty("mayConfirm").GetBoolean());
        Assert.Equal("official", seen.Text("proposedBy"));

        // A change takes the proposal back, and nobody confirms what somebody else has changed meanwhile.
        await first.Put(round.Api("rounds"), round.Charter());
        var version = seen.GetProperty("version").GetInt32();
        Assert.Equal("rounds.publish.changed", (await second.PostAsJsonAsync(round.Api("rounds", "/publish"), new { version }).Refused()).Code);
        Assert.Null((await second.Get(round.Api("rounds", "/readiness"))).Text("proposedBy"));
        Assert.Equal("rounds.raced", (await second.PutAsJsonAsync(round.Api("rounds") + $"?version={version}", round.Charter()).Refused()).Code);

        Assert.Equal("proposed", (await second.Post(round.Api("rounds", "/publish"))).Text("state"));
        using (var taken = await first.DeleteAsync(round.Api("rounds", "/publish"))) Assert.Equal(204, (int)taken.StatusCode);
        Assert.Equal("proposed", (await second.Post(round.Api("rounds", "/publish"))).Text("state"));
        Assert.Equal("published", (await first.Post(round.Api("rounds", "/publish"))).Text("state"));
        Assert.Equal("published", (await app.Anonymous.Get(round.Api("rounds"))).Text("status"));
        Assert.Equal("rounds.publish.frozen", (await first.PutAsJsonAsync(round.Api("rounds"), round.Charter()).Refused()).Code);
        Assert.Equal("rounds.publish.frozen", (await first.DeleteAsync(round.Api("rounds", "/publish")).Refused()).Code);
    }

    [Fact]
    public async Task A_region_with_an_official_without_second_factor_publishes_nothing()
    {
        var round = await TestRound.DraftAsync(app, new() { Origin = "live" });
        using var official = app.As("official");
        using var administrator = app.As("administrator");
        await app.Until(official, round.Api("rounds"), r => r.Text("seedCommitment") is not null);
        // The region of a test's round has the round's own address.
        var role = round.Slug + ":official";
        var account = await administrator.Post("/api/identity/accounts", new { email = $"{round.Slug}@tests.example", displayName = "Newly appointed", roles = new[] { role } });
        await Portal.Until(async () => (await BlockingAsync(official, round)).SequenceEqual(["factor"]), "Rounds has heard of the official");
        Assert.Equal("rounds.publish.unready", (await official.PostAsJsonAsync(round.Api("rounds", "/publish"), new { }).Refused()).Code);

        using (var removed = await administrator.DeleteAsync($"/api/identity/people/{account.Text("id")}/roles/{role}")) Assert.True(removed.IsSuccessStatusCode);
        await Portal.Until(async () => !(await BlockingAsync(official, round)).Any(), "Rounds has heard that the role is gone");
        await official.Post(round.Api("rounds", "/publish"));
    }

    [Theory, InlineData("regional", 3, 12, "ranking"), InlineData("city", 4, 8, "ranking"), InlineData("local-social", 3, 5, "approval")]
    public async Task A_template_of_each_profile_lacks_only_who_answers(string profile, int groups, int k, string ballot)
    {
        var (http, form) = app.AsBrowser([new(System.Security.Claims.ClaimTypes.NameIdentifier, Portal.Id("official").ToString()), new(System.Security.Claims.ClaimTypes.Name, "official"), new(System.Security.Claims.ClaimTypes.Role, "*:official")]);
        using var _ = http;
        var slug = $"template-{profile}-{Guid.NewGuid().ToString("N")[..6]}";
        using var saved = await http.PostAsync("/en/rounds/new", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form, ["From"] = profile, ["Input.Slug"] = slug, ["Input.Title[en]"] = "Priorities", ["Input.Question[en]"] = "What shall the region be good at?",
            ["Input.Region.Name[en]"] = "Land", ["Input.Region.Slug"] = "land", ["Input.Region.Zone"] = "Europe/Samara", ["Input.Region.Brand"] = "bor", ["Input.Region.Cells"] = "Город / Town\nСело",
        }));
        Assert.Equal($"/en/rounds/{slug}/run/ready", saved.Headers.Location?.ToString());

        using var official = app.As("official");
        await app.Until(official, $"/api/rounds/{slug}", r => r.Text("seedCommitment") is not null);
        var draft = await official.Get($"/api/rounds/{slug}");
        Assert.Equal((groups, profile), (draft.GetProperty("groups").GetArrayLength(), draft.Text("profile")));
        var ready = await official.Get($"/api/rounds/{slug}/readiness");
        Assert.Equal((k, ballot), (ready.GetProperty("plan").GetProperty("k").GetInt32(), ready.GetProperty("plan").Text("ballot")));
        Assert.Equal(["appeals", "verification"], ready.GetProperty("checks").EnumerateArray().Where(c => c.Text("state") == "block").Select(c => c.Text("key")!).Order(StringComparer.Ordinal));
    }

    static async Task<IEnumerable<string>> BlockingAsync(HttpClient official, TestRound round) =>
        (await official.Get(round.Api("rounds", "/readiness"))).GetProperty("checks").EnumerateArray().Where(c => c.Text("state") == "block").Select(c => c.Text("key")!).Order(StringComparer.Ordinal);
}
