using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Platform;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Discovery.ServicesTests.Identity;

public sealed class TokensTests(Everybody everybody)
{
    const string Tokens = "/api/identity/account/tokens";

    readonly DiscoveryApp app = everybody.App;

    /// <summary>What is open to programs, and with which scope. Everything else of the API is for people.</summary>
    static readonly (string Endpoint, string Scope)[] Open =
    [
        ("GET rounds", "rounds:read"), ("GET rounds/{slug}", "rounds:read"), ("GET rounds/{slug}/wheel", "rounds:read"),
        ("GET proposals/rounds/{round}/export.csv", "proposals:read"), ("GET proposals/rounds/{round}/export.xlsx", "proposals:read"), ("GET proposals/rounds/{round}/export.json", "proposals:read"),
        ("GET proposals/rounds/{round}/{number:int}/uniqueness", "proposals:read"),
        ("GET proposals/rounds/{round}", "proposals:read"), ("GET proposals/rounds/{round}/{number:int}", "proposals:read"), ("GET proposals/rounds/{round}/similar", "proposals:read"),
        ("GET proposals/rounds/{round}/{number:int}/versions", "proposals:read"), ("PUT proposals/rounds/{round}/{number:int}/content", "proposals:write"),
        ("GET proposals/rounds/{round}/ballot-list", "proposals:read"), ("GET proposals/rounds/{round}/ballot-list/text", "proposals:read"),
        ("GET proposals/activities", "proposals:read"),
        ("POST proposals/rounds/{round}", "proposals:write"), ("PUT proposals/rounds/{round}/{number:int}", "proposals:write"),
        ("GET voting/rounds/{round}", "voting:read"), ("GET voting/rounds/{round}/electorate", "voting:read"), ("GET voting/rounds/{round}/receipts/{code}", "voting:read"),
        ("GET proposals/rounds/{round}/{number:int}/record", "proposals:read"), ("GET moderation/rounds/{round}/log", "moderation:read"), ("GET moderation/rounds/{round}/log/csv", "moderation:read"),
        ("GET aggregation/rounds/{round}", "aggregation:read"), ("GET aggregation/rounds/{round}/standings", "aggregation:read"), ("GET aggregation/rounds/{round}/bundle", "aggregation:read"),
    ];

    [Fact]
    public async Task Each_scope_opens_its_endpoints_and_no_scope_opens_what_is_for_people()
    {
        var round = await app.OpenRound();
        var endpoints = DiscoveryApp.ServiceNames.SelectMany(s => app.Of(s).GetServices<EndpointDataSource>()).Distinct().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IModule>() is not null && e.RoutePattern.RawText!.Contains("openapi", StringComparison.Ordinal) is false)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.Trim('/')["api/".Length..].TrimEnd('/')}")).Distinct().ToList();
        Assert.True(endpoints.Count > 30);
        Assert.Empty(Open.Select(o => o.Endpoint).Except(endpoints));
        Assert.Equal(Scopes.All.Order(StringComparer.Ordinal), Open.Select(o => o.Scope).Distinct().Order(StringComparer.Ordinal));

        var every = Machine([.. Scopes.All.Select(s => "*/" + s), "*/voting:write", "*/identity:read", "*/identity:write", "*/rounds:write", "*/aggregation:write"]);
        foreach (var endpoint in endpoints)
        {
            var needed = Open.FirstOrDefault(o => o.Endpoint == endpoint).Scope;
            if (needed is null)
            {
                Assert.Equal((403, "denied.machine"), await AskAsync(every, endpoint, round));
                continue;
            }
            Assert.NotEqual(401, (await AskAsync(every, endpoint, round)).Status);
            foreach (var scope in Scopes.All)
            {
                var (status, code) = await AskAsync(Machine("*/" + scope), endpoint, round);
                if (scope == needed) Assert.False(code is "denied.scope" or "denied.machine" || status == 401, $"{scope} on {endpoint}: {status} {code}");
                else Assert.Equal((endpoint, scope, 403, "denied.scope"), (endpoint, scope, status, code));
            }
        }
        foreach (var page in new[] { "", "/rounds", $"/rounds/{round.Slug}/ballot", $"/rounds/{round.Slug}/proposals", "/account", "/account/tokens", "/sign-in", "/about/count" })
            Assert.Equal(403, (int)(await every.GetAsync("/ru" + page)).StatusCode);
    }

    [Fact]
    public async Task Check5_a_token_of_region_A_is_refused_on_region_B_and_one_that_cannot_be_read_is_401()
    {
        var (here, there) = (await app.OpenRound(), await app.OpenRound());
        var (a, b) = (await RegionAsync(here), await RegionAsync(there));
        Assert.NotEqual(a, b);
        var token = await MakeAsync(app.As("administrator"), new { name = "Here", scopes = new[] { $"{a}/proposals:read", $"{a}/voting:read" }, expiresOn = InDays(30) });
        var program = app.WithToken(token);
        await program.Get(here.Api("proposals"));
        await program.Get(here.Api("voting"));
        Assert.Equal((403, "denied.scope"), Said(await program.GetAsync(there.Api("proposals")).Refused()));
        Assert.Equal((403, "denied.scope"), Said(await program.GetAsync(there.Api("voting")).Refused()));
        Assert.Equal((403, "denied.scope"), Said(await program.GetAsync(here.Api("aggregation", "/standings")).Refused()));
        Assert.Equal((404, "round.unknown"), Said(await program.GetAsync("/api/voting/rounds/no-such-round").Refused()));

        var protector = app.Of("identity").GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(Sessions.Bearer);
        var foreign = protector.RefreshTokenProtector.Protect(new AuthenticationTicket(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new(Sessions.Machine, "1"), new(Sessions.Scope, "*/proposals:read")], Sessions.Bearer)), Sessions.Bearer));
        var over = Sessions.TokenUntil(app.Of("identity"), DateTimeOffset.UtcNow.AddSeconds(-1), new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new(Sessions.Machine, "1"), new(Sessions.Scope, "*/proposals:read"));
        var middle = token.Length / 2;
        foreach (var wrong in new[] { over, foreign, token[..^1], token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..], "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." })
            foreach (var path in new[] { here.Api("proposals"), here.Api("voting"), "/api/rounds", here.Api("aggregation"), "/api/identity/account" })
            {
                using var answer = await app.WithToken(wrong).GetAsync(path);
                Assert.Equal((401, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            }
    }

    [Fact]
    public async Task Check17_a_token_is_shown_once_and_kept_as_a_hash()
    {
        var (head, organisation) = await FirmAsync("hash");
        var made = await head.Post(Tokens, new { name = "Bridge", organisation, scopes = new[] { "*/proposals:read" }, expiresOn = InDays(365) });
        var token = made.Text("token")!;
        var hash = await app.Read("identity", db => db.Database.SqlQuery<byte[]>($"""select hash as "Value" from api_tokens where id = {made.GetProperty("id").GetGuid()}""").SingleAsync());
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(token)), hash);
        var list = (await head.Get(Tokens)).GetRawText();
        Assert.Contains("Bridge", list, StringComparison.Ordinal);
        Assert.DoesNotContain(token[20..60], list, StringComparison.Ordinal);
        foreach (var table in new[] { "api_tokens", "audit", "outbox", "sessions" })
            Assert.Equal(0, await app.Read("identity", async db =>
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                await db.Database.OpenConnectionAsync();
                command.CommandText = $"select * from {table}";
                await using var rows = await command.ExecuteReaderAsync();
                var found = 0;
                while (await rows.ReadAsync())
                    for (var i = 0; i < rows.FieldCount; i++)
                        if ((rows.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : rows.GetValue(i).ToString()!).Contains(token[20..60], StringComparison.Ordinal)) found++;
                return found;
            }));
    }

    [Fact]
    public async Task Check21_a_revoked_token_opens_nothing_anywhere_within_seconds()
    {
        var (head, organisation) = await FirmAsync("revoked");
        var round = await app.OpenRound();
        string[] paths = ["/api/rounds", round.Api("proposals"), round.Api("voting"), round.Api("aggregation")];
        var made = await head.Post(Tokens, new { name = "Robot", organisation, scopes = Scopes.All.Select(s => "*/" + s), expiresOn = InDays(1) });
        var program = app.WithToken(made.Text("token"));
        foreach (var path in paths) Assert.DoesNotContain((int)(await program.GetAsync(path)).StatusCode, new[] { 401, 403 });
        Assert.Equal(404, (await app.AsVoter(Portal.Id("somebody else")).DeleteAsync($"{Tokens}/{made.Text("id")}").Refused()).Status);
        await head.DeleteAsync($"{Tokens}/{made.Text("id")}").Json();
        var until = DateTime.UtcNow.AddSeconds(5);
        foreach (var path in paths)
            await Portal.Until(async () => (int)(await program.GetAsync(path)).StatusCode == 401, path + " has heard of it", Math.Max(1, (int)(until - DateTime.UtcNow).TotalSeconds + 1));
        Assert.NotNull((await head.Get(Tokens)).GetProperty("tokens")[0].Text("revokedAt"));

        // With the mandate goes the token that rests on it.
        var again = app.WithToken(await MakeAsync(head, new { name = "Robot", organisation, scopes = new[] { "*/rounds:read" }, expiresOn = InDays(1) }));
        await again.Get("/api/rounds");
        var official = app.As("official");
        await official.DeleteAsync($"/api/identity/mandates/{(await official.Get($"/api/identity/organisations/{organisation}")).GetProperty("mandates")[0].Text("mandate")}").Json();
        await Portal.Until(async () => (int)(await again.GetAsync("/api/rounds")).StatusCode == 401, "the token ends with the mandate", 10);
        Assert.Equal(404, (await head.PostAsJsonAsync(Tokens, new { name = "Robot", organisation, scopes = new[] { "*/rounds:read" }, expiresOn = InDays(1) }).Refused()).Status);
    }

    [Fact]
    public async Task A_program_proposes_for_its_organisation_and_for_no_other_of_its_maker()
    {
        var (head, organisation) = await FirmAsync("proposer", "proposer's other");
        var other = Portal.Id("tokens proposer's other");
        var round = await app.CollectingRound(new() { Origin = "live", Proposals = 1 });
        await Portal.Until(async () => await round.SubmitAsync(head, other, 2) == 201, "Proposals knows the mandates");
        var program = app.WithToken(await MakeAsync(head, new { name = "Office", organisation, scopes = new[] { $"{await RegionAsync(round)}/proposals:write", $"{await RegionAsync(round)}/proposals:read" }, expiresOn = InDays(90) }));
        Assert.Equal(201, await round.SubmitAsync(program, organisation, 3));
        Assert.Equal(403, await round.SubmitAsync(program, other, 4));
        Assert.Equal(404, (await program.GetAsync(round.Api("proposals", "/2")).Refused()).Status);
        Assert.Equal(404, (await program.PutAsJsonAsync(round.Api("proposals", "/2"), TestRound.Content(other, 2)).Refused()).Status);
        await round.DecideAsync(3, "return", "incomplete", "say more");
        await program.Put(round.Api("proposals", "/3"), TestRound.Content(organisation, 3));
        // An operator's system has no organisation to propose for.
        var system = app.WithToken(await MakeAsync(app.As("administrator"), new { name = "System", scopes = new[] { "*/proposals:write" }, expiresOn = InDays(1) }));
        Assert.Equal(403, await round.SubmitAsync(system, organisation, 4));
    }

    [Fact]
    public async Task Only_heads_and_administrators_make_tokens_and_only_for_what_is_theirs()
    {
        var (head, organisation) = await FirmAsync("owner");
        object Wanted(object? of, string scope, string? day = null) => new { name = "X", organisation = of, scopes = new[] { scope }, expiresOn = day ?? InDays(1) };
        Assert.Equal(404, (await app.AsVoter(Portal.Id("nobody's head")).PostAsJsonAsync(Tokens, Wanted(organisation, "*/rounds:read")).Refused()).Status);
        Assert.Equal(404, (await app.As("administrator").PostAsJsonAsync(Tokens, Wanted(organisation, "*/rounds:read")).Refused()).Status);
        foreach (var who in new[] { head, app.As("official"), app.As("auditor"), app.As("administrator", "elsewhere") })
            Assert.Equal((403, "denied.administrator"), Said(await who.PostAsJsonAsync(Tokens, Wanted(null, "*/rounds:read")).Refused()));
        foreach (var wrong in new[] { "*/voting:write", "*/identity:read", "rounds:read", "*/rounds:read */voting:write", "a/b/rounds:read", "/rounds:read", "*/rounds:READ", "" })
            Assert.Equal(400, (await head.PostAsJsonAsync(Tokens, Wanted(organisation, wrong)).Refused()).Status);
        Assert.Equal((400, "identity.token.region"), Said(await head.PostAsJsonAsync(Tokens, Wanted(organisation, "no-such-region/rounds:read")).Refused()));
        foreach (var day in new[] { InDays(-1), InDays(400) })
            Assert.Equal(400, (await head.PostAsJsonAsync(Tokens, Wanted(organisation, "*/rounds:read", day)).Refused()).Status);
        // A program does not make more of itself.
        var program = app.WithToken(await MakeAsync(head, Wanted(organisation, "*/rounds:read")));
        Assert.Equal((403, "denied.machine"), Said(await program.PostAsJsonAsync(Tokens, Wanted(organisation, "*/rounds:read")).Refused()));
        Assert.Equal(401, (await app.Anonymous.PostAsJsonAsync(Tokens, Wanted(organisation, "*/rounds:read")).Refused()).Status);
    }

    HttpClient Machine(params string[] scopes) => app.WithToken(Sessions.Token(app.Of("identity"),
        [new(ClaimTypes.NameIdentifier, Portal.Id("machine").ToString()), new(Sessions.SessionId, Guid.NewGuid().ToString()), new(Sessions.Machine, "1"), .. scopes.Select(s => new Claim(Sessions.Scope, s))]));

    static async Task<(int Status, string? Code)> AskAsync(HttpClient http, string endpoint, TestRound round)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1].Replace("{round}", round.Slug).Replace("{slug}", round.Slug).Replace("{number:int}", "1").Replace("{kind}", "voting").Replace("{factor}", "assets").Replace("{code}", new string('0', 20)).Replace("{role}", "lake:auditor").Replace("{token}", new string('A', 43)));
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+:guid\}", Guid.NewGuid().ToString());
        Assert.DoesNotContain("{", path, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(method), "/api/" + path);
        if (method is "POST" or "PUT") request.Content = path.EndsWith("/list", StringComparison.Ordinal) ? new StringContent("a@b.example", Encoding.UTF8, "text/csv") : path.EndsWith("/evidence", StringComparison.Ordinal) ? new StringContent("%PDF-", Encoding.ASCII, "application/pdf") : JsonContent.Create(new { });
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.Text("code") : null);
    }

    static (int, string?) Said(Problem problem) => (problem.Status, problem.Code);

    static string InDays(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static async Task<string> MakeAsync(HttpClient http, object wanted) => (await http.Post(Tokens, wanted)).Text("token")!;

    async Task<string> RegionAsync(TestRound round) => (await app.Anonymous.Get(round.Api("rounds"))).GetProperty("region").Text("slug")!;

    // Somebody who is the only representative of each, which makes a head.
    async Task<(HttpClient Head, Guid Organisation)> FirmAsync(params string[] names)
    {
        var person = Portal.Id($"tokens {names[0]} person");
        await app.AsTool().Post("/api/identity/import", new
        {
            organisations = names.Select(n => new { id = Portal.Id("tokens " + n), name = new { ru = n, en = n }, kind = "firm" }),
            accounts = new[] { new { id = person, email = $"{person:N}@tokens.example", displayName = names[0], organisations = names.Select(n => Portal.Id("tokens " + n)) } },
        });
        return (app.AsVoter(person), Portal.Id("tokens " + names[0]));
    }
}
