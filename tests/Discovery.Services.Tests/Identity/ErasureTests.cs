using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Communities;
using Discovery.Identity.Organisations;
using Discovery.Identity.Secrets;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Identity;

public sealed class ErasureTests(Everybody everybody)
{
    const string Name = "Евгения Стираемая-Проверочная", Surname = "Стираемая", Email = "evgenia.erasable@mailbox.example", Local = "evgenia.erasable", FileName = "Доверенность на Стираемую.pdf";

    [Fact]
    public async Task Check64_after_an_erasure_a_search_of_everything_finds_nothing_but_the_account_id_and_the_result_is_the_same()
    {
        // An installation of its own: its log is kept, and everything in it is searched.
        await using var app = await DiscoveryApp.StartAsync("--Logging:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Default=None");
        var everywhere = new Everywhere(app).Listen();
        var town = await app.Town;
        var (firm, community) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.AsTool().Post("/api/identity/import", new
        {
            organisations = new object[] { new { id = firm, name = Both("Фирма опыта", "Firm of the test"), kind = "firm" }, new { id = community, name = Both("Клуб опыта", "Club of the test"), kind = "community" } },
        });
        var id = await app.NewAccount(Email, Name, organisations: [firm]);
        await app.AsTool().Post("/api/identity/import", new { members = new[] { new { community, person = id } } });
        var she = await app.SignIn(Email);
        await LeaveTracesAsync(app, id, firm, community);

        // A proposal, a ballot for the firm and one of her own, and a result.
        var collecting = await app.CollectingRound(new() { Origin = "live", Proposals = 2 });
        await Portal.Until(async () => await collecting.SubmitAsync(she, firm, 3) == 201, "the mandate is known to Proposals");
        await collecting.DecideAsync(3, "publish");
        Assert.Equal(Name, (await app.Anonymous.Get(collecting.Api("proposals", "/3"))).Text("author"));
        var round = await app.OpenRound();
        foreach (var voter in town.Everybody.Skip(1)) await round.CastAsync(voter, 3, 4);
        await app.Until(she, round.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == 2);
        foreach (var subject in new[] { firm, id }) await she.Put(round.Api("voting", "/ballot") + "?as=" + subject, new { @as = subject, tiers = new[] { new[] { 5 }, [6] } });
        await round.CloseAsync();
        var result = (await round.ResultsAsync()).GetRawText();
        using var folder = new Folder();
        var (auditor, open) = await round.BundlesAsync(folder.Path);
        var bundles = (await File.ReadAllTextAsync(auditor), await File.ReadAllTextAsync(open));

        var before = await everywhere.FindAsync(Name, Email, Local, Surname, FileName);
        foreach (var place in new[] { "people", "mandate_claims", "evidence", "disputes", "api_tokens", "audit" })
            Assert.Contains(before, found => found.StartsWith("identity.", StringComparison.Ordinal) && found.Contains(place, StringComparison.Ordinal));
        Assert.Contains(before, found => found.StartsWith("proposals.", StringComparison.Ordinal) && found.Contains("person_copies", StringComparison.Ordinal));
        Assert.Contains(before, found => found.EndsWith(".eml", StringComparison.Ordinal));

        await app.EraseAsync(she, Email);
        // Check 21, erasure: the session is over everywhere.
        var since = DateTime.UtcNow;
        foreach (var service in DiscoveryApp.ServiceNames)
            await Portal.Until(async () => (int)(await she.GetAsync($"/api/{service}/me/export")).StatusCode == 401, "the session is over at " + service, seconds: 20);
        Assert.InRange(DateTime.UtcNow - since, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        foreach (var service in DiscoveryApp.ServiceNames)
            await Portal.Until(() => app.Read(service, db => db.Set<PersonCopy>().AnyAsync(p => p.Id == id && p.ErasedAt != null && p.Name == "")), service + " has heard of the erasure");

        // What old files and old messages say does not bring her back.
        await ReplayAsync(app, id, firm, community);
        await app.AsTool().Post("/api/identity/import", new { members = new[] { new { community, person = id } }, accounts = new object[] { new { id, email = Email, displayName = Name, organisations = new[] { firm } }, new { email = Email, displayName = Name } } });

        var official = app.As("administrator");
        foreach (var path in new[] { $"/api/identity/organisations/{firm}", "/api/identity/people?order=new", "/api/identity/audit", "/api/identity/audit/export", collecting.Api("proposals", "/3"), collecting.Api("proposals"), round.Api("aggregation"), round.Api("voting") })
        {
            var said = await official.GetStringAsync(path);
            foreach (var word in new[] { Name, Surname, Email, Local }) Assert.DoesNotContain(word, said, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(404, (await official.GetAsync("/api/identity/people/" + id).Refused()).Status);
        Assert.Contains(id.ToString(), await official.GetStringAsync($"/api/identity/audit?whom={id}"), StringComparison.Ordinal);
        var left = await everywhere.FindAsync(Name, Email, Local, Surname, FileName);
        Assert.True(left.Count == 0, string.Join(Environment.NewLine, left));
        Assert.True(everywhere.Lines > 0);

        Assert.Equal(result, (await app.Anonymous.Get(round.Api("aggregation"))).GetRawText());
        var (auditorNow, openNow) = await round.BundlesAsync(Directory.CreateDirectory(folder.File("after")).FullName);
        Assert.Equal(bundles, (await File.ReadAllTextAsync(auditorNow), await File.ReadAllTextAsync(openNow)));
        var recount = await TheProgram.RunAsync("recount", auditorNow);
        Assert.True(recount.Code == 0, recount.Errors);

        // The public text of the organisation stays, and the address is free for a new beginning.
        Assert.Equal("published", (await app.Anonymous.Get(collecting.Api("proposals", "/3"))).Text("state"));
        Assert.Null((await app.Anonymous.Get(collecting.Api("proposals", "/3"))).Text("author"));
        Assert.NotEqual(id.ToString(), (await official.Post("/api/identity/accounts", new { email = Email, displayName = "Новая" })).Text("id"));
    }

    [Fact]
    public async Task Check60_an_erased_address_is_suppressed_and_an_old_file_does_not_bring_it_back()
    {
        var app = everybody.App;
        const string address = "suppressed.person@mailbox.example";
        var id = await app.NewAccount(address);
        var who = await app.SignIn(address);
        await app.EraseAsync(who, address);
        Assert.True(await app.InIdentity((services, db) => Task.FromResult(db.Suppressed.AsEnumerable().Any(s => s.Address.SequenceEqual(services.GetRequiredService<Keyed>().OfAddress(address.ToUpperInvariant()))))));
        foreach (var again in new object[] { new { id, email = address, displayName = "Again" }, new { email = address, displayName = "Again" }, new { id, email = "another@mailbox.example", displayName = "Again" } })
            Assert.Equal(0, (await app.AsTool().Post("/api/identity/import", new { accounts = new[] { again } })).GetProperty("accounts").GetInt32());
        Assert.True(await app.InIdentity((_, db) => db.Users.AnyAsync(p => p.Id == id && p.ErasedAt != null && p.DisplayName == "" && p.Email == null)));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(app.DataOf(), "mail"), "*.eml"), file => File.ReadAllText(file).Contains(address, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_erases_proves_to_have_the_mailbox_and_only_the_own_account_goes()
    {
        var app = everybody.App;
        const string mine = "mine@erase.example", theirs = "theirs@erase.example";
        var (me, them) = (await app.NewAccount(mine), await app.NewAccount(theirs));
        var (i, they) = (await app.SignIn(mine), await app.SignIn(theirs));
        Assert.Equal(401, (await app.Anonymous.PostAsJsonAsync("/api/identity/me/erasure/code", new { }).Refused()).Status);
        Assert.Equal(400, (await i.PostAsJsonAsync("/api/identity/me/erasure", new { }).Refused()).Status);

        var asked = (await i.Post("/api/identity/me/erasure/code")).Text("id");
        var code = await app.CodeAsync(mine);
        var wrong = code == "000000" ? "000001" : "000000";
        Assert.Equal("identity.code.wrong", (await i.PostAsJsonAsync("/api/identity/me/erasure", new { id = asked, code = wrong }).Refused()).Code);
        // Somebody else's code erases nobody, neither its owner nor who typed it; members that the form has not say nothing.
        Assert.Equal("identity.code.over", (await they.PostAsJsonAsync("/api/identity/me/erasure", new { id = asked, code, person = me }).Refused()).Code);
        Assert.Equal(2, await app.InIdentity((_, db) => db.Users.CountAsync(p => (p.Id == me || p.Id == them) && p.ErasedAt == null)));

        await app.AsTool().Post("/api/identity/import", new { accounts = new[] { new { email = "shown@erase.example", displayName = "Shown", password = Folk.Password, demonstration = true } } });
        Assert.Equal("identity.erase.demonstration", (await (await app.SignIn("shown@erase.example")).PostAsJsonAsync("/api/identity/me/erasure/code", new { }).Refused()).Code);
    }

    [Fact]
    public async Task The_last_administrator_of_the_installation_neither_goes_nor_loses_the_role()
    {
        await using var app = await DiscoveryApp.StartAsync();
        var first = await app.NewAccount("first@last.example", roles: ["*:administrator"]);
        var administrator = await app.SignIn("first@last.example");
        var door = app.As("administrator");
        Assert.Equal("identity.administrator.last", (await administrator.PostAsJsonAsync("/api/identity/me/erasure/code", new { }).Refused()).Code);
        Assert.Equal("identity.administrator.last", (await door.DeleteAsync($"/api/identity/people/{first}/roles/*:administrator").Refused()).Code);
        Assert.Equal("identity.administrator.last", (await door.PutAsJsonAsync($"/api/identity/people/{first}/block", new { reason = "for the test" }).Refused()).Code);

        await app.NewAccount("second@last.example", roles: ["*:administrator"]);
        await app.EraseAsync(administrator, "first@last.example");
        Assert.False(await app.InIdentity((_, db) => db.Roles.AnyAsync(r => r.Person == first)));
    }

    [Fact]
    public async Task The_own_data_come_as_a_zip_with_everything_and_without_secrets()
    {
        var app = everybody.App;
        const string address = "own.data@export.example";
        var (firm, community) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.AsTool().Post("/api/identity/import", new { organisations = new object[] { new { id = firm, name = Both("=Фирма", "=Firm"), kind = "firm" }, new { id = community, name = Both("Клуб", "Club"), kind = "community" } } });
        var id = await app.NewAccount(address, "=HYPERLINK(1)", organisations: [firm]);
        await app.NewAccount("other.data@export.example", "Other Person");
        await LeaveTracesAsync(app, id, firm, community);
        var who = await app.SignIn(address);

        // Check 2 of the list of real holes, and check 43: there is no address that works without the session.
        Assert.Equal(401, (await app.Anonymous.GetAsync("/api/identity/me/export").Refused()).Status);
        using var answer = await who.GetAsync("/api/identity/me/export");
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var data = JsonDocument.Parse(Read(zip, "data.json")).RootElement;
        Assert.Equal(address, data.GetProperty("profile")[0].Text("email"));
        foreach (var list in new[] { "sessions", "mandates", "claims", "documents", "consents", "tokens", "trail", "membershipRequests", "externalSignIns" })
        {
            Assert.NotEqual(0, data.GetProperty(list).GetArrayLength());
            Assert.NotNull(zip.GetEntry(list + ".csv"));
        }
        Assert.Equal("the deed", Read(zip, data.GetProperty("documents")[0].Text("file")!));
        Assert.Contains("'=HYPERLINK(1)", Read(zip, "profile.csv"), StringComparison.Ordinal);
        foreach (var text in zip.Entries.Select(e => Read(zip, e.FullName)))
            foreach (var secret in new[] { "other.data", "Other Person", "passwordHash", "securityStamp", "\"hash\"", "\"sealed\"" }) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);

        foreach (var service in DiscoveryApp.ServiceNames)
        {
            Assert.Equal(401, (await app.Anonymous.GetAsync($"/api/{service}/me/export").Refused()).Status);
            using var part = new ZipArchive(await who.GetStreamAsync($"/api/{service}/me/export"));
            Assert.NotNull(part.GetEntry("data.json"));
        }
    }

    /// <summary>All kinds of traces that a person can leave in Identity, also those whose doors are elsewhere.</summary>
    static Task<int> LeaveTracesAsync(DiscoveryApp app, Guid id, Guid firm, Guid community) => app.InIdentity(async (services, db) =>
    {
        var (keyed, now) = (services.GetRequiredService<Keyed>(), DateTimeOffset.UtcNow);
        var address = (await db.Users.SingleAsync(p => p.Id == id)).Email!;
        var claim = new MandateClaim { Id = Guid.CreateVersion7(), Person = id, Organisation = firm, Route = ClaimRoutes.Document, Role = MandateRoles.Head, Position = "Директор " + Surname, AskedAt = now, Reason = $"Отказано: {Name}" };
        db.Add(claim);
        db.Add(new Evidence { Id = Guid.CreateVersion7(), Claim = claim.Id, FileName = FileName, ContentType = "application/pdf", Size = 8, Sealed = keyed.SealBytes("evidence", Encoding.UTF8.GetBytes("the deed")), UploadedAt = now });
        db.Add(new Dispute { Id = Guid.CreateVersion7(), Organisation = firm, Claim = claim.Id, OpenedAt = now, ResolvedAt = now, Reason = $"{Name} не права" });
        db.Add(new Consent { Person = id, Document = Discovery.Site.Terms.Document, Version = Discovery.Site.Terms.Version, Language = "ru", At = now });
        db.Add(new ApiToken { Id = Guid.CreateVersion7(), Person = id, Organisation = firm, Name = "Ключ: " + Surname, Scopes = "*/proposals:read", Hash = Guid.NewGuid().ToByteArray(), CreatedAt = now, ExpiresAt = now.AddDays(1) });
        db.Add(new UserSession { Id = Guid.CreateVersion7(), Person = id, StartedAt = now, Until = now.AddDays(1), Device = "Firefox, Linux", Method = "password", HasSecondFactor = false });
        db.Add(new MemberRequest { Community = community, Person = id, AskedAt = now });
        db.Add(new ListedMember { Community = community, Address = keyed.OfAddress(address), AddedAt = now });
        db.Add(new Invitation { Id = Guid.CreateVersion7(), Organisation = firm, InvitedBy = Guid.NewGuid(), TokenHash = Guid.NewGuid().ToByteArray(), Role = MandateRoles.Representative, Address = keyed.Seal("invitation", new { address, language = "ru" }), ExpiresAt = now.AddDays(30) });
        db.Add(new IdentityUserLogin<Guid> { UserId = id, LoginProvider = "broker", ProviderKey = address, ProviderDisplayName = "Broker" });
        db.Add(new IdentityUserToken<Guid> { UserId = id, LoginProvider = "app", Name = "key", Value = Local });
        db.Add(new IdentityUserClaim<Guid> { UserId = id, ClaimType = "sub", ClaimValue = address });
        db.Record(Guid.Empty, now, "mandate.declined", organisation: firm, person: id, note: $"Отказано: {Name} <{address}>");
        db.Record(Guid.Empty, now, "dispute.ended", organisation: firm, note: $"{Name} не права");
        db.Record(id, now, "claim.made", organisation: firm, note: $"Я, {Name}, прошу");
        services.GetRequiredService<Letters>().Write("erase", address, id, "ru", TimeSpan.FromMinutes(5), "24-68-10");
        await db.SaveChangesAsync();
        services.GetRequiredService<LetterSender>().Wake();
        return 0;
    });

    static async Task ReplayAsync(DiscoveryApp app, Guid id, Guid firm, Guid community)
    {
        var mandate = await app.InIdentity(async (_, db) =>
        {
            var own = await db.Mandates.SingleAsync(m => m.Person == id);
            db.Announce(own.Verified());
            db.Announce(new CommunityMemberVerified(community, id, 1, DateTimeOffset.UtcNow));
            db.Announce(new AccountErased(id, DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
            return own;
        });
        Assert.NotNull(mandate.RevokedAt);
        await Portal.Until(() => app.Read("identity", async db => await CountAsync(db, "select count(*) from outbox") == 0), "the facts have gone out");
        await Task.Delay(500);
        Assert.Equal(0, await app.Read("proposals", db => CountAsync(db, $"select count(*) from mandates where id = '{(db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? mandate.Id.ToString().ToUpperInvariant() : mandate.Id.ToString())}' and revoked_at is null")));
        Assert.False(await app.Read("identity", db => db.Set<Member>().AnyAsync(m => m.Person == id && m.LeftAt == null)));
    }

    static async Task<long> CountAsync(DbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    static object Both(string ru, string en) => new { ru, en };
}
