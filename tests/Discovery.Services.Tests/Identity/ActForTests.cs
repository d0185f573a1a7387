using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Discovery.ServicesTests.Identity;

public sealed partial class ActForTests(Everybody everybody)
{
    const string ActForMe = "/api/identity/account/act-for";

    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Every_page_of_every_service_shows_for_whom_one_acts()
    {
        var hats = await HatsAsync("header", "firm", "university");
        var round = await app.OpenRound();
        string[] pages = ["", "/rounds", $"/rounds/{round.Slug}", $"/rounds/{round.Slug}/proposals", $"/rounds/{round.Slug}/proposals/1", $"/rounds/{round.Slug}/ballot", $"/rounds/{round.Slug}/results", "/organisations", "/account/act-for", "/about/count", "/no/such/page"];
        var (undecided, token) = (await ChooseAsync(app.AsVoter(hats.Person), hats.Organisations[0]), "");
        foreach (var (chosen, shown) in new[] { (hats.Organisations[0], "header 0"), (hats.Organisations[1], "header 1"), ((Guid?)null, "in your own name") })
        {
            token = await ChooseAsync(app.WithToken(token.Length > 0 ? token : undecided), chosen);
            foreach (var page in pages) Assert.Contains(shown, await ActsAsync(app.WithToken(token), page), StringComparison.Ordinal);
            Assert.Equal(chosen?.ToString(), (await app.WithToken(token).Get(ActForMe)).Text("chosen"));
        }
        Assert.Null(await ActsAsync(app.AsVoter(hats.Person), ""));

        // Who has signed in and not chosen yet reads that there is something to choose; who represents nobody sees no line.
        var open = Sessions.Token(app.Of("identity"), new(ClaimTypes.NameIdentifier, hats.Person.ToString()), new(Sessions.Mandates, "2"));
        foreach (var page in pages) Assert.Contains("have not chosen", await ActsAsync(app.WithToken(open), page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check20_the_session_id_changes_with_the_choice_and_the_old_one_opens_nothing()
    {
        var hats = await HatsAsync("session", "firm", "university");
        var first = await ChooseAsync(app.AsVoter(hats.Person), hats.Organisations[0]);
        var second = await ChooseAsync(app.WithToken(first), hats.Organisations[1]);
        Assert.NotEqual(Claim(first, Sessions.SessionId), Claim(second, Sessions.SessionId));
        Assert.Equal(hats.Organisations[1].ToString(), Claim(second, Sessions.ActsFor));
        var round = await app.OpenRound();
        foreach (var path in new[] { "/api/identity/account", round.Api("voting", "/ballot") })
            await Portal.Until(async () => (int)(await app.WithToken(first).GetAsync(path)).StatusCode == 401, $"{path} has heard that the session is over", 10);
        Assert.Equal(hats.Person, (await app.WithToken(second).Get("/api/identity/account")).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_strangers_organisation_does_not_exist_and_nothing_changes()
    {
        var (hats, other) = (await HatsAsync("forged", "firm", "university"), await HatsAsync("victim", "firm"));
        var token = await ChooseAsync(app.AsVoter(hats.Person), hats.Organisations[0]);
        foreach (var forged in new[] { other.Organisations[0], Guid.NewGuid(), Guid.Empty, hats.Person })
            Assert.Equal((404, "identity.organisation.unknown"), await app.WithToken(token).PostAsJsonAsync(ActForMe, new { organisation = forged }).Refused() is var no ? (no.Status, no.Code) : default);
        Assert.Equal(hats.Organisations[0].ToString(), (await app.WithToken(token).Get(ActForMe)).Text("chosen"));
        Assert.Equal(401, (await app.Anonymous.PostAsJsonAsync(ActForMe, new { organisation = other.Organisations[0] }).Refused()).Status);
        Assert.Equal(2, (await app.WithToken(token).Get(ActForMe)).GetProperty("organisations").GetArrayLength());
    }

    [Fact]
    public async Task The_choice_is_the_default_and_a_choice_that_is_over_gives_nothing()
    {
        var hats = await HatsAsync("default", "firm", "university");
        var round = await app.OpenRound();
        await app.Until(app.AsVoter(hats.Person), round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 2);
        var ballot = new { tiers = new[] { new[] { 3 } } };
        Assert.Equal((400, "voting.choose"), await app.AsVoter(hats.Person).PutAsJsonAsync(round.Api("voting", "/ballot"), ballot).Refused() is var no ? (no.Status, no.Code) : default);

        var chosen = app.WithToken(await ChooseAsync(app.AsVoter(hats.Person), hats.Organisations[1]));
        await chosen.Put(round.Api("voting", "/ballot"), ballot);
        var mine = await chosen.Get(round.Api("voting", "/ballot"));
        Assert.Equal(hats.Organisations[1], mine.GetProperty("capacities")[mine.GetProperty("chosen").GetInt32()].GetProperty("subject").GetGuid());
        Assert.Equal(JsonValueKind.Object, mine.GetProperty("ballot").ValueKind);
        // What is named goes before what was chosen.
        Assert.Equal(JsonValueKind.Null, (await chosen.Get(round.Api("voting", $"/ballot?as={hats.Organisations[0]}"))).GetProperty("ballot").ValueKind);
        Assert.Equal(2, (await chosen.DeleteAsync(round.Api("voting", "/ballot")).Json()).GetProperty("revision").GetInt32());

        var collecting = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        var content = JsonSerializer.SerializeToNode(TestRound.Content(Guid.Empty, 2))!.AsObject();
        content.Remove("organisation");
        await Portal.Until(async () => (int)(await chosen.PostAsJsonAsync(collecting.Api("proposals"), content)).StatusCode == 201, "Proposals knows the mandate");
        Assert.Equal(hats.Organisations[1], (await chosen.Get(collecting.Api("proposals", "/2"))).GetProperty("organisation").GetProperty("id").GetGuid());

        // The mandate ends; the session still says so, and no service believes it.
        var account = await app.As("official").Get($"/api/identity/organisations/{hats.Organisations[1]}");
        await app.As("official").DeleteAsync($"/api/identity/mandates/{account.GetProperty("mandates")[0].Text("mandate")}").Json();
        await app.Until(chosen, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 1);
        Assert.Equal(hats.Organisations[0], (await chosen.Get(round.Api("voting", "/ballot"))).GetProperty("capacities")[0].GetProperty("subject").GetGuid());
        await Portal.Until(async () => await chosen.PostAsJsonAsync(collecting.Api("proposals"), content) is { StatusCode: System.Net.HttpStatusCode.BadRequest }, "Proposals has heard of the revocation");
        Assert.Single((await chosen.Get(ActForMe)).GetProperty("organisations").EnumerateArray());
        Assert.Null((await chosen.Get(ActForMe)).Text("chosen"));
    }

    async Task<string?> ActsAsync(HttpClient http, string page)
    {
        using var answer = await http.GetAsync("/en" + page);
        var line = Line().Match(await answer.Content.ReadAsStringAsync());
        return line.Success ? line.Value : null;
    }

    async Task<string> ChooseAsync(HttpClient http, Guid? organisation) => (await http.Post(ActForMe, new { organisation })).Text("accessToken")!;

    string? Claim(string token, string type) =>
        app.Of("identity").GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(Sessions.Bearer).BearerTokenProtector.Unprotect(token)!.Principal.FindFirst(type)?.Value;

    sealed record Hats(Guid Person, IReadOnlyList<Guid> Organisations);

    async Task<Hats> HatsAsync(string name, params string[] kinds)
    {
        var hats = new Hats(Portal.Id("hats " + name), [.. kinds.Select((_, i) => Portal.Id($"hats {name} {i}"))]);
        await app.AsTool().Post("/api/identity/import", new
        {
            organisations = kinds.Select((kind, i) => new { id = hats.Organisations[i], name = new { ru = $"{name} {i}", en = $"{name} {i}" }, kind }),
            accounts = new[] { new { id = hats.Person, email = $"{name}@hats.example", displayName = name, organisations = hats.Organisations } },
        });
        return hats;
    }

    [GeneratedRegex("<p class=\"wrap acts\">.*?</p>", RegexOptions.Singleline)]
    private static partial Regex Line();
}
