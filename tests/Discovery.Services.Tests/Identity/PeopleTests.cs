using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Identity.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Identity;

public sealed class PeopleTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Check7_a_role_lost_or_gained_and_a_block_end_live_sessions_everywhere_within_a_minute()
    {
        var id = await app.NewAccount("live.session@people.example", "Live Session", roles: ["lake:official"]);
        var administrator = app.As("administrator", "lake");

        var official = await app.SignInWithRoles("live.session@people.example");
        await official.Get("/api/identity/people");
        await administrator.DeleteAsync($"/api/identity/people/{id}/roles/lake:official").Json();
        await EndsEverywhereAsync(official);

        var participant = await app.SignIn("live.session@people.example");
        Assert.Equal(403, (await participant.GetAsync("/api/identity/people").Refused()).Status);
        await administrator.PutAsync($"/api/identity/people/{id}/roles/lake:auditor", null).Json();
        await EndsEverywhereAsync(participant);

        var auditor = await app.SignInWithRoles("live.session@people.example");
        await administrator.PutAsJsonAsync($"/api/identity/people/{id}/block", new { reason = "the key was lost" }).Json();
        await EndsEverywhereAsync(auditor);
        Assert.NotEqual(JsonValueKind.Null, (await administrator.Get($"/api/identity/people/{id}")).GetProperty("blockedAt").ValueKind);
        await administrator.DeleteAsync($"/api/identity/people/{id}/block").Json();

        var again = await app.SignIn("live.session@people.example");
        await administrator.DeleteAsync($"/api/identity/people/{id}/sessions").Json();
        await EndsEverywhereAsync(again);
        var trail = (await administrator.Get($"/api/identity/audit?whom={id}")).GetProperty("entries").EnumerateArray().Select(e => e.Text("kind")).ToList();
        foreach (var kind in new[] { "role.removed", "role.granted", "account.blocked", "account.unblocked", "sessions.ended" }) Assert.Contains(kind, trail);
    }

    [Fact]
    public async Task A_role_and_a_mandate_exclude_each_other()
    {
        var firm = Guid.CreateVersion7();
        await app.AsTool().Post("/api/identity/import", new { organisations = new[] { new { id = firm, name = new { ru = "Пара", en = "Pair" }, kind = "firm" } } });
        var voter = await app.NewAccount("acts@pair.example", organisations: [firm]);
        Assert.Equal("identity.role.participant.refused", (await app.As("administrator").PutAsync($"/api/identity/people/{voter}/roles/lake:official", null).Refused()).Code);
        await app.NewAccount("runs@pair.example", roles: ["lake:official"]);
        Assert.Equal("identity.mandate.authority", (await app.As("official").PostAsJsonAsync($"/api/identity/organisations/{firm}/mandates", new { email = "runs@pair.example", displayName = "Runs" }).Refused()).Code);
        foreach (var account in new object[] { new { email = "runs@pair.example", displayName = "Runs", organisations = new[] { firm }, roles = Array.Empty<string>() }, new { email = "both@pair.example", displayName = "Both", organisations = new[] { firm }, roles = new[] { "lake:official" } } })
            Assert.Equal("identity.mandate.authority", (await app.AsTool().PostAsJsonAsync("/api/identity/import", new { accounts = new[] { account } }).Refused()).Code);
        Assert.Equal(1, await app.InIdentity((_, db) => db.Mandates.CountAsync(m => m.Organisation == firm)));
    }

    [Fact]
    public async Task Check2_a_person_of_another_region_does_not_exist_and_nothing_happens_to_them()
    {
        var there = await app.NewAccount("there@hill.example", "There", roles: ["hill:official"]);
        var everywhere = await app.NewAccount("everywhere@hill.example", "Everywhere", roles: ["*:official"]);
        var nobody = Guid.CreateVersion7();
        foreach (var who in new[] { app.As("administrator", "lake"), app.As("official", "lake"), app.As("auditor", "lake") })
            foreach (var person in new[] { there, nobody })
            {
                var path = "/api/identity/people/" + person;
                foreach (var asked in new[] { who.GetAsync(path), who.PutAsync(path + "/roles/lake:auditor", null), who.DeleteAsync(path + "/roles/hill:official"), who.PutAsJsonAsync(path + "/block", new { reason = "for the test" }), who.DeleteAsync(path + "/block"), who.DeleteAsync(path + "/sessions") })
                    Assert.Equal((404, "identity.person.unknown"), await asked.Refused() is var p ? (p.Status, p.Code) : default);
            }
        var lake = app.As("administrator", "lake");
        // Seen because the role holds here too; administered only by who administers every region.
        Assert.Equal(["*:official"], (await lake.Get("/api/identity/people/" + everywhere)).GetProperty("roles").EnumerateArray().Select(r => r.Text("name")));
        foreach (var asked in new[] { lake.DeleteAsync($"/api/identity/people/{everywhere}/roles/*:official"), lake.PutAsync($"/api/identity/people/{everywhere}/roles/hill:auditor", null), lake.PutAsJsonAsync($"/api/identity/people/{everywhere}/block", new { reason = "for the test" }), lake.DeleteAsync($"/api/identity/people/{everywhere}/sessions") })
            Assert.Equal(403, (await asked.Refused()).Status);
        foreach (var who in new[] { app.As("moderator"), app.AsVoter(there) })
            foreach (var asked in new[] { who.GetAsync("/api/identity/people"), who.GetAsync("/api/identity/people/bursts"), who.GetAsync("/api/identity/audit"), who.GetAsync("/api/identity/audit/export"), who.GetAsync("/api/identity/people/" + everywhere), who.PutAsync($"/api/identity/people/{everywhere}/roles/lake:auditor", null) })
                Assert.Equal(403, (await asked.Refused()).Status);
        Assert.Equal(["*:official", "hill:official"], await app.InIdentity(async (_, db) => await db.Roles.Where(r => r.Person == there || r.Person == everywhere).OrderBy(r => r.Name).Select(r => r.Name).ToListAsync()));
        Assert.DoesNotContain("There", await lake.GetStringAsync("/api/identity/people?find=There"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Officials_and_auditors_see_and_change_nothing()
    {
        var someone = await app.NewAccount("someone@seen.example", "Seen Somebody");
        foreach (var who in new[] { app.As("official"), app.As("auditor") })
        {
            Assert.Equal("Seen Somebody", (await who.Get("/api/identity/people/" + someone)).Text("displayName"));
            foreach (var asked in new[] { who.PutAsync($"/api/identity/people/{someone}/roles/lake:auditor", null), who.PutAsJsonAsync($"/api/identity/people/{someone}/block", new { reason = "for the test" }), who.DeleteAsync($"/api/identity/people/{someone}/sessions") })
                Assert.Equal(403, (await asked.Refused()).Status);
        }
        Assert.Equal(403, (await app.As("auditor").PostAsJsonAsync("/api/identity/accounts", new { email = "made@seen.example", displayName = "Made" }).Refused()).Status);
    }

    [Fact]
    public async Task Check3_each_role_gets_the_fields_of_its_own_and_no_address_below_an_official()
    {
        var firm = Guid.CreateVersion7();
        await app.AsTool().Post("/api/identity/import", new { organisations = new[] { new { id = firm, name = new { ru = "Поля", en = "Fields" }, kind = "firm" } } });
        var person = await app.NewAccount("field.level@fields.example", "Field Level", organisations: [firm]);
        var own = await app.SignIn("field.level@fields.example");

        Assert.Equal("communities, displayName, email, hasBounced, hasOneTimePassword, id, language, mandates, mandates.isDisputed, mandates.kind, mandates.name, mandates.name.en, mandates.name.ru, mandates.organisation, mandates.role, mandates.seat, mandates.until, mandates.verifiedAt, roles", Fields(await own.Get("/api/identity/account")));
        const string row = "page, people, people.communities, people.createdAt, people.displayName, people.email, people.hasBounced, people.id, people.isBlocked, people.mandates, people.roles, total";
        const string details = "blockedAt, bouncedAt, communities, createdAt, displayName, email, id, isDemonstration, mandates, mandates.name, mandates.name.en, mandates.name.ru, mandates.organisation, mandates.revokedAt, mandates.role, mandates.until, mandates.verifiedAt, mayAdminister, roles, sessions";
        foreach (var who in new[] { "administrator", "official", "auditor" })
        {
            var (list, one) = (await app.As(who).Get("/api/identity/people?find=Field Level"), await app.As(who).Get("/api/identity/people/" + person));
            Assert.Equal((row, details), (Fields(list), Fields(one)));
            Assert.Equal(who == "auditor" ? null : "field.level@fields.example", one.Text("email"));
            Assert.Equal(who == "auditor" ? null : "field.level@fields.example", list.GetProperty("people")[0].Text("email"));
        }
        // Who does not see addresses cannot find out one by searching either.
        Assert.Equal(1, (await app.As("official").Get("/api/identity/people?find=field.level@fields")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await app.As("auditor").Get("/api/identity/people?find=field.level@fields")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await app.As("auditor").Get("/api/identity/audit?whom=field.level@fields")).GetProperty("total").GetInt32());
        foreach (var path in new[] { "/api/identity/people", "/api/identity/people/" + person, "/api/identity/audit", "/api/identity/audit/export", "/ru/people", "/ru/people/" + person, "/ru/people/audit" })
            Assert.DoesNotContain("@fields.example", await app.As("auditor").GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check4_members_that_a_form_has_not_say_nothing()
    {
        var made = await app.As("official").Post("/api/identity/accounts", new { email = "mass@assign.example", displayName = "Mass", id = Guid.Empty, emailConfirmed = true, createdAt = "2000-01-01T00:00:00Z", blockedAt = "2000-01-01T00:00:00Z", isAdministrator = true, network = "AAAA", grantedRoles = new[] { "*:administrator" } });
        var id = Guid.Parse(made.Text("id")!);
        var person = await app.InIdentity((_, db) => db.Users.AsNoTracking().SingleAsync(p => p.Id == id));
        Assert.Equal((false, null, null, true), (person.EmailConfirmed, person.BlockedAt, person.Network, person.CreatedAt.Year > 2020));
        await app.As("administrator").PutAsJsonAsync($"/api/identity/people/{id}/block", new { reason = "for the test", blockedAt = "2000-01-01T00:00:00Z", displayName = "Other", roles = new[] { "*:official" } }).Json();
        person = await app.InIdentity((_, db) => db.Users.AsNoTracking().SingleAsync(p => p.Id == id));
        Assert.Equal(("Mass", true), (person.DisplayName, person.BlockedAt!.Value.Year > 2020));
        Assert.False(await app.InIdentity((_, db) => db.Roles.AnyAsync(r => r.Person == id)));
        Assert.Equal(403, (await app.As("official").PostAsJsonAsync("/api/identity/accounts", new { email = "mass2@assign.example", displayName = "Mass", roles = new[] { "*:administrator" } }).Refused()).Status);
    }

    [Fact]
    public async Task Check11_nobody_signs_in_as_somebody_else()
    {
        var victim = await app.NewAccount("victim@alone.example", "Victim");
        var endpoints = app.Of("identity").GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/identity", StringComparison.Ordinal)).ToList();
        Assert.True(endpoints.Count > 15);
        var tried = 0;
        foreach (var endpoint in endpoints)
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                // Every door with a place for somebody's id, with all that an impersonator would send.
                var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.Parts[0] switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "role" } => "lake:auditor",
                    _ => victim.ToString(),
                }));
                if (path.Contains("openapi", StringComparison.Ordinal)) continue;
                using var request = new HttpRequestMessage(new(method), $"/{path}?actAs={victim}&user={victim}&person={victim}&impersonate={victim}");
                foreach (var header in new[] { "X-User-Id", "X-Impersonate", "X-Act-As" }) request.Headers.Add(header, victim.ToString());
                if (method is not ("GET" or "HEAD" or "DELETE")) request.Content = JsonContent.Create(new { id = victim, person = victim, user = victim, actAs = victim, email = "victim@alone.example" });
                using var answer = await app.As("administrator").SendAsync(request);
                var said = await answer.Content.ReadAsStringAsync();
                Assert.DoesNotContain("accessToken", said, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie" && h.Value.Any(v => v.StartsWith("discovery=", StringComparison.Ordinal)));
                Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
                tried++;
            }
        Assert.True(tried > 15);
    }

    [Fact]
    public async Task Check59_many_accounts_of_one_network_within_an_hour_are_flagged_and_weigh_nothing()
    {
        var town = await app.Town;
        var round = await app.OpenRound();
        var now = DateTimeOffset.UtcNow;
        List<Guid> puppets = [];
        for (var i = 0; i < 100; i++) puppets.Add(Guid.CreateVersion7());
        await app.AsTool().Post("/api/identity/import", new { accounts = puppets.Select((id, i) => new { id, email = $"puppet{i}@puppets.example", displayName = $"Puppet {i}" }) });
        await app.InIdentity(async (services, db) =>
        {
            var (network, other) = (services.GetRequiredService<Keyed>().Hash("network", "203.0.113.0/24"), services.GetRequiredService<Keyed>().Hash("network", "198.51.100.0/24"));
            foreach (var (person, i) in (await db.Users.Where(p => puppets.Contains(p.Id)).ToListAsync()).OrderBy(p => puppets.IndexOf(p.Id)).Select((p, i) => (p, i)))
                // 60 within half an hour; 30 of the same network one an hour; 10 of another network, too few at once.
                (person.Network, person.CreatedAt) = i < 60 ? (network, now.AddMinutes(-i / 2.0)) : i < 91 ? (network, now.AddHours(-3 - i)) : (other, now.AddMinutes(-i));
            return await db.SaveChangesAsync();
        });
        var official = app.As("official");
        var burst = Assert.Single((await official.Get("/api/identity/people/bursts")).EnumerateArray(), b => b.GetProperty("accounts").EnumerateArray().Any(a => puppets.Contains(a.GetGuid())));
        Assert.Equal(puppets.Take(60).Order(), burst.GetProperty("accounts").EnumerateArray().Select(a => a.GetGuid()).Order());
        var first = burst.GetProperty("accounts")[0].GetGuid();
        var flagged = await official.Get($"/api/identity/people?burst={first}");
        Assert.Equal(60, flagged.GetProperty("total").GetInt32());
        Assert.Contains($"burst={first}", await official.GetStringAsync("/en/people"), StringComparison.Ordinal);

        // A hundred accounts are a hundred strangers: the vote is of verified organisations and members.
        foreach (var puppet in puppets.Take(3)) Assert.Equal("voting.stranger", (await app.AsVoter(puppet).PutAsJsonAsync(round.Api("voting", "/ballot"), new { tiers = new[] { new[] { 3 } } }).Refused()).Code);
        await round.CastAsync(town.Firms[1], 3);
        await round.CloseAsync();
        Assert.Equal(1, (await round.ResultsAsync()).GetProperty("ballots").GetProperty("firms").GetInt32());
    }

    [Fact]
    public async Task Cve1_the_order_of_the_list_and_its_filters_are_words_from_a_list()
    {
        await app.NewAccount("order1@order.example", "Порядкова Анна");
        await app.NewAccount("order2@order.example", "Порядков Борис");
        var official = app.As("official");
        async Task<List<string?>> Names(string query) => [.. (await official.Get("/api/identity/people?" + query)).GetProperty("people").EnumerateArray().Select(p => p.Text("displayName"))];
        Assert.Equal(["Порядков Борис", "Порядкова Анна"], await Names("find=порядков"));
        Assert.Equal("Порядков Борис", (await Names("find=Порядков&order=new"))[0]);
        foreach (var wrong in new[] { "name desc; drop table people", "(select 1)", "email", "1,(case when 1=1 then 1 else 2 end)", "'" })
        {
            Assert.Equal(["Порядков Борис", "Порядкова Анна"], await Names("find=Порядков&order=" + Uri.EscapeDataString(wrong)));
            foreach (var filter in new[] { "find", "role", "region", "state" })
                using (var answer = await official.GetAsync($"/api/identity/people?{filter}={Uri.EscapeDataString(wrong)}")) Assert.Equal(200, (int)answer.StatusCode);
            foreach (var filter in new[] { "kind", "who", "whom", "organisation", "region" })
                using (var answer = await official.GetAsync($"/api/identity/audit?{filter}={Uri.EscapeDataString(wrong)}")) Assert.Equal(200, (int)answer.StatusCode);
        }
        foreach (var page in new[] { "-1", "0", "100000" })
            using (var answer = await official.GetAsync("/api/identity/people?page=" + page)) Assert.Equal(200, (int)answer.StatusCode);
        using (var answer = await official.GetAsync("/en/people?p=99999999999&burst=x")) Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_trail_is_filtered_by_each_of_its_columns_and_goes_into_a_file()
    {
        var administrator = app.As("administrator");
        var made = await administrator.Post("/api/identity/accounts", new { email = "trail@trail.example", displayName = "=Trail Person", roles = new[] { "lake:auditor", "hill:auditor" } });
        var id = made.Text("id");
        async Task<List<string?>> Kinds(HttpClient who, string query) => [.. (await who.Get("/api/identity/audit?" + query)).GetProperty("entries").EnumerateArray().Select(e => e.Text("kind"))];
        Assert.Equal(3, (await Kinds(administrator, $"whom={id}")).Count);
        Assert.Equal(3, (await Kinds(administrator, "whom=trail@trail.example")).Count);
        Assert.Equal(["account.created"], await Kinds(administrator, $"whom={id}&kind=account.created"));
        Assert.Equal(["role.granted"], await Kinds(administrator, $"whom={id}&region=hill"));
        Assert.Equal(3, (await Kinds(administrator, $"whom={id}&who={Portal.Id("administrator")}")).Count);
        Assert.Empty(await Kinds(administrator, $"whom={id}&who={Guid.NewGuid()}"));
        Assert.Empty(await Kinds(administrator, $"whom={id}&to=2020-01-01"));
        Assert.Equal(3, (await Kinds(administrator, $"whom={id}&from=2020-01-01&to=2999-01-01")).Count);
        // What belongs to another region is not seen; the auditor reads all of it.
        Assert.Equal(2, (await Kinds(app.As("official", "lake"), $"whom={id}")).Count);
        Assert.Equal(3, (await Kinds(app.As("auditor"), $"whom={id}")).Count);

        using var answer = await app.As("auditor").GetAsync($"/api/identity/audit/export?whom={id}");
        Assert.Equal(("text/csv", true), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore));
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(5, lines.Length);
        Assert.Contains("'=Trail Person", lines[1], StringComparison.Ordinal);
        Assert.Equal(401, (await app.Anonymous.GetAsync("/api/identity/audit/export").Refused()).Status);
    }

    [Fact]
    public void The_version_of_the_terms_goes_with_their_texts()
    {
        // Whoever changes the page on personal data gives it a new version, and writes both here.
        var texts = new System.Resources.ResourceManager("Discovery.Site.SiteTexts", typeof(Discovery.Site.Terms).Assembly);
        var all = string.Join('\n', new[] { "ru", "en" }.SelectMany(lang => new[] { "lead", "kept.text", "vote.text", "cookies.text", "rights.text" }.Select(part => texts.GetString("about.privacy." + part, new(lang)))));
        Assert.Equal(("2026-11-27", "e18e822a2f4e6ba7"), (Discovery.Site.Terms.Version, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all)))[..16]));
    }

    async Task EndsEverywhereAsync(HttpClient session)
    {
        foreach (var service in DiscoveryApp.ServiceNames)
            await Portal.Until(async () => (int)(await session.GetAsync($"/api/{service}/me/export")).StatusCode == 401, "the session is over at " + service, seconds: 60);
    }

    /// <summary>Names of members at every depth, in order.</summary>
    static string Fields(JsonElement json)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Walk(json, "");
        return string.Join(", ", names);

        void Walk(JsonElement at, string path)
        {
            if (at.ValueKind == JsonValueKind.Array) foreach (var item in at.EnumerateArray()) Walk(item, path);
            if (at.ValueKind != JsonValueKind.Object) return;
            foreach (var member in at.EnumerateObject())
            {
                names.Add(path + member.Name);
                Walk(member.Value, path + member.Name + ".");
            }
        }
    }
}
