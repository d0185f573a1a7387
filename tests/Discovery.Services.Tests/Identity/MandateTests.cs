using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Discovery.Contracts.Identity;
using Discovery.Identity.Organisations;
using Discovery.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Identity;

public sealed class MandateTests(Everybody everybody)
{
    const string Code = @"(\d{6})", Ten = "([2-9A-Z]{5}-[2-9A-Z]{5})", Link = @"/invitations/([A-Za-z0-9_-]{43})";

    static int count;

    readonly DiscoveryApp app = everybody.App;

    HttpClient Official => app.As("official");

    [Fact]
    public async Task A_participant_registers_a_firm_which_is_verified_with_its_first_mandate()
    {
        var ada = await NewPersonAsync();
        var number = Inn();
        var firm = (await ada.Http.Post("/api/identity/organisations", new { name = new { ru = "ООО «Заря»" }, kind = "firm", registrationNumber = number, legalForm = "ООО", size = "small", activity = "20.16" })).Text("id")!;
        Assert.Contains((await Official.Get($"/api/identity/organisations?find={number}")).GetProperty("organisations").EnumerateArray(), o => o.Text("id") == firm && !o.GetProperty("isVerified").GetBoolean());

        // The second one who enters it is led to the first.
        var bea = await NewPersonAsync();
        var again = await bea.Http.Post("/api/identity/organisations", new { name = new { ru = "Она же" }, kind = "firm", registrationNumber = number });
        Assert.Equal((firm, false), (again.Text("id"), again.GetProperty("isNew").GetBoolean()));
        Assert.Contains((await bea.Http.Get($"/api/identity/organisations/find?find={number}")).GetProperty("organisations").EnumerateArray(), o => o.Text("id") == firm);

        var claim = await AskAsync(ada, firm, "document", "head");
        Assert.Equal("identity.claim.unproved", (await DecideAsync(Official, claim, true)).Code);
        await UploadAsync(ada, claim, Pdf, "приказ.pdf");
        Assert.Equal(400, (await Official.PostAsJsonAsync($"/api/identity/claims/{claim}/decision", new { verify = true }).Refused()).Status);
        Assert.Null(await DecideAsync(Official, claim, true));

        var page = await ada.Http.Get($"/api/identity/organisations/{firm}");
        Assert.True(page.GetProperty("isHead").GetBoolean());
        Assert.NotNull(page.Text("verifiedAt"));
        await CanVoteAsync(ada, true);
        Assert.Equal(["claim.made", "claim.proved", "claim.verified", "mandate.verified", "organisation.registered", "organisation.verified", "evidence.uploaded"], (await AuditAsync(firm)).Order().OrderBy(k => k == "evidence.uploaded"));
    }

    [Fact]
    public async Task An_address_in_the_verified_domain_proves_and_free_mail_never_does()
    {
        var (firm, ada) = (await NewFirmAsync(new { domain = "zarya.example" }), await NewPersonAsync());
        Assert.Contains("identity.claim.route.closed", (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "letter", role = "head", position = "Директор" }).Refused()).Code);
        var claim = await AskAsync(ada, firm, "domain", "head");
        foreach (var address in new[] { "ada@zarya.example.evil.example", "ada@sub.zarya.example", "ada@gmail.com", "zarya.example@gmail.com" })
            Assert.Equal("identity.claim.domain.other", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/domain", new { address }).Refused()).Code);
        foreach (var domain in new[] { "gmail.com", "MAIL.RU", "post.yandex.ru", "com", "a b.example", "-x.example" })
            Assert.Equal(400, (await EditAsync(firm, new { domain }).Refused()).Status);

        var mailbox = $"ada{Next()}@zarya.example";
        var sent = (await ada.Http.Post($"/api/identity/claims/{claim}/domain", new { address = mailbox })).Text("code");
        var code = await app.Letter(mailbox, Code);
        Assert.Equal("identity.code.wrong", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/domain/code", new { id = sent, code = code == "000000" ? "000001" : "000000" }).Refused()).Code);
        // The code is good for this claim alone.
        var bea = await NewPersonAsync();
        Assert.Equal(404, (await bea.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/domain/code", new { id = sent, code }).Refused()).Status);
        await ada.Http.Post($"/api/identity/claims/{claim}/domain/code", new { id = sent, code });
        Assert.Equal("head", await RoleAsync(ada, firm));
        Assert.Equal("identity.claim.decided", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/domain/code", new { id = sent, code }).Refused()).Code);
    }

    [Fact]
    public async Task A_letter_proves_and_five_wrong_codes_end_the_claim()
    {
        var (mailed, posted) = ($"office{Next()}@firm.example", "Заречная область\nг. Заречный, ул. Речная, 1");
        var (first, second, ada) = (await NewFirmAsync(new { frameAddress = mailed }), await NewFirmAsync(new { frameAddress = posted }), await NewPersonAsync());
        var claim = await AskAsync(ada, first, "letter", "representative");
        await ada.Http.Post($"/api/identity/claims/{claim}/letter");
        var code = await app.Letter(mailed, Ten);
        Assert.DoesNotContain(mailed, (await ada.Http.Get($"/api/identity/organisations/{first}/claim")).GetRawText());
        for (var i = 0; i < 4; i++) Assert.Equal("identity.letter.wrong", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = "AAAAA-AAAAA" }).Refused()).Code);
        await ada.Http.Post($"/api/identity/claims/{claim}/letter/code", new { code = code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal) });
        Assert.Equal("representative", await RoleAsync(ada, first));

        claim = await AskAsync(ada, second, "letter", "representative");
        Assert.Contains((await Official.Get("/api/identity/claims")).GetProperty("claims").EnumerateArray(), c => c.Text("id") == claim && c.GetProperty("needsLetter").GetBoolean());
        Assert.Equal(403, (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/print", new { }).Refused()).Status);
        var letter = await Official.Post($"/api/identity/claims/{claim}/letter/print");
        Assert.Equal(posted, letter.Text("address"));
        for (var i = 0; i < 4; i++) await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = "AAAAA-AAAAA" }).Refused();
        Assert.Equal("identity.letter.over", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = "AAAAA-AAAAA" }).Refused()).Code);
        Assert.Equal("identity.claim.decided", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = letter.Text("code") }).Refused()).Code);

        // Another claim, another letter.
        claim = await AskAsync(ada, second, "letter", "author");
        Assert.Equal("identity.letter.wrong", (await ada.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = letter.Text("code") }).Refused()).Code);
        await ada.Http.Post($"/api/identity/claims/{claim}/letter/code", new { code = (await Official.Post($"/api/identity/claims/{claim}/letter/print")).Text("code") });
        Assert.Equal("author", await RoleAsync(ada, second));
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), await DumpAsync<LetterCode>());
    }

    [Fact]
    public async Task A_head_confirms_a_colleague_with_another_role_and_a_term_and_ends_it()
    {
        var (firm, ada, bea) = (await NewFirmAsync(), await NewPersonAsync(), await NewPersonAsync());
        Assert.Equal("identity.claim.route.closed", (await bea.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "representative", role = "head", position = "Юрист" }).Refused()).Code);
        await HeadAsync(firm, ada);
        var claim = await AskAsync(bea, firm, "representative", "head");
        Assert.False(await IsDisputedAsync(firm));
        Assert.Equal("identity.claim.heads", (await DecideAsync(Official, claim, true)).Code);
        Assert.Equal(404, (await DecideAsync(bea.Http, claim, true)).Status);

        var until = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30);
        await ada.Http.Post($"/api/identity/claims/{claim}/decision", new { verify = true, role = "author", until });
        var mandate = Assert.Single((await ada.Http.Get($"/api/identity/organisations/{firm}")).GetProperty("mandates").EnumerateArray(), m => m.Text("person") == bea.Id.ToString());
        Assert.Equal(("author", until.AddDays(1)), (mandate.Text("role"), DateOnly.FromDateTime(mandate.GetProperty("until").GetDateTimeOffset().UtcDateTime)));
        // An author proposes and does not vote; colleagues who are not heads see no addresses.
        await CanVoteAsync(bea, false);
        Assert.DoesNotContain(ada.Email, (await bea.Http.Get($"/api/identity/organisations/{firm}")).GetRawText());

        var own = Assert.Single((await ada.Http.Get($"/api/identity/organisations/{firm}")).GetProperty("mandates").EnumerateArray(), m => m.Text("person") == ada.Id.ToString()).Text("mandate");
        Assert.Equal(403, (await bea.Http.DeleteAsync($"/api/identity/mandates/{own}").Refused()).Status);
        Assert.Equal(404, (await (await NewPersonAsync()).Http.DeleteAsync($"/api/identity/mandates/{own}").Refused()).Status);
        await ada.Http.DeleteAsync($"/api/identity/mandates/{mandate.Text("mandate")}").Json();
        Assert.Null(await RoleAsync(bea, firm));
        await ada.Http.DeleteAsync($"/api/identity/mandates/{own}").Json();
        Assert.Null(await RoleAsync(ada, firm));
    }

    [Fact]
    public async Task A_mandate_ends_with_its_term_and_its_seat_goes_to_the_next()
    {
        var (firm, ada, bea) = (await NewFirmAsync(), await NewPersonAsync(), await NewPersonAsync());
        await HeadAsync(firm, ada);
        await CanVoteAsync(ada, true);
        await ChangeAsync<Mandate>(m => m.Person == ada.Id, s => s.SetProperty(m => m.Until, DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.Null(await RoleAsync(ada, firm));
        await HeadAsync(firm, bea);
        Assert.Equal(0, (await bea.Http.Get($"/api/identity/organisations/{firm}")).GetProperty("mandates").EnumerateArray().Single(m => m.Text("person") == bea.Id.ToString()).GetProperty("seat").GetInt32());
        await CanVoteAsync(ada, false);
        Assert.Equal(400, (await Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/mandates", new { email = ada.Email, displayName = "Ada", role = "head", until = "2020-01-01" }).Refused()).Status);
    }

    [Fact]
    public async Task Check58_two_people_who_claim_one_number_open_a_dispute()
    {
        var (ada, bea) = (await NewPersonAsync(), await NewPersonAsync());
        var firm = (await ada.Http.Post("/api/identity/organisations", new { name = new { ru = "ООО «Спор»" }, kind = "firm", registrationNumber = Inn() })).Text("id")!;
        var (first, second) = (await AskAsync(ada, firm, "document", "head"), await AskAsync(bea, firm, "document", "head"));
        Assert.True(await IsDisputedAsync(firm));
        await UploadAsync(ada, first, Pdf, "a.pdf");
        Assert.Equal("identity.organisation.disputed", (await DecideAsync(Official, first, true)).Code);
        await CanVoteAsync(ada, false);
        await CanVoteAsync(bea, false);

        Assert.Equal("identity.claim.unproved", (await ResolveAsync(firm, second)).Code);
        Assert.Equal(403, (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/dispute", new { winners = new[] { first }, reason = "я" }).Refused()).Status);
        Assert.Null(await ResolveAsync(firm, first));
        Assert.False(await IsDisputedAsync(firm));
        await CanVoteAsync(ada, true);
        Assert.Equal("head", await RoleAsync(ada, firm));
        var lost = await bea.Http.Get($"/api/identity/organisations/{firm}/claim");
        Assert.Equal(("declined", "Причина для всех"), (lost.GetProperty("claim").Text("state"), lost.GetProperty("claim").Text("reason")));
        Assert.Equal("identity.dispute.none", (await ResolveAsync(firm)).Code);
    }

    [Fact]
    public async Task Check58_a_claim_blocks_a_working_organisation_only_once_it_is_proved()
    {
        var (firm, ada, bea) = (await NewFirmAsync(new { domain = "wave.example" }), await NewPersonAsync(), await NewPersonAsync());
        await HeadAsync(firm, ada);
        var claim = await AskAsync(bea, firm, "domain", "head");
        Assert.False(await IsDisputedAsync(firm));
        await CanVoteAsync(ada, true);

        var mailbox = $"bea{Next()}@wave.example";
        var sent = (await bea.Http.Post($"/api/identity/claims/{claim}/domain", new { address = mailbox })).Text("code");
        await bea.Http.Post($"/api/identity/claims/{claim}/domain/code", new { id = sent, code = await app.Letter(mailbox, Code) });
        Assert.True(await IsDisputedAsync(firm));
        await CanVoteAsync(ada, false);
        Assert.Null(await RoleAsync(bea, firm));
        // The one side cannot throw the other out or bring friends meanwhile.
        Assert.Equal("identity.organisation.disputed", (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/invitations", new { email = "friend@test.example", role = "head" }).Refused()).Code);
        Assert.Equal("identity.organisation.disputed", (await Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/mandates", new { email = bea.Email, displayName = "Bea" }).Refused()).Code);

        Assert.Null(await ResolveAsync(firm, claim));
        Assert.Equal("head", await RoleAsync(bea, firm));
        Assert.Null(await RoleAsync(ada, firm));
        Assert.Equal("Причина для всех", (await ada.Http.Get($"/api/identity/organisations/{firm}/claim")).GetProperty("ended").Text("reason"));
        await CanVoteAsync(bea, true);
        await CanVoteAsync(ada, false);

        // Who was declined silences nobody with one more document, and who withdraws ends what he began.
        var third = await AskAsync(ada, firm, "document", "head");
        await UploadAsync(ada, third, Pdf, "a.pdf");
        Assert.True(await IsDisputedAsync(firm));
        await ada.Http.DeleteAsync($"/api/identity/claims/{third}").Json();
        Assert.False(await IsDisputedAsync(firm));
        third = await AskAsync(ada, firm, "document", "head");
        await UploadAsync(ada, third, Pdf, "a.pdf");
        Assert.Null(await ResolveAsync(firm, Guid.Parse((await Official.Get($"/api/identity/organisations/{firm}/dispute")).GetProperty("mandates")[0].Text("id")!).ToString()));
        third = await AskAsync(ada, firm, "document", "head");
        await UploadAsync(ada, third, Pdf, "a.pdf");
        Assert.False(await IsDisputedAsync(firm));
        await CanVoteAsync(bea, true);
    }

    [Fact]
    public async Task Check58_nobody_acts_for_a_liquidated_organisation()
    {
        var (firm, ada, bea) = (await NewFirmAsync(), await NewPersonAsync(), await NewPersonAsync());
        await HeadAsync(firm, ada);
        await CanVoteAsync(ada, true);
        Assert.Equal(403, (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/liquidation", new { reason = "x" }).Refused()).Status);
        Assert.Equal(400, (await Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/liquidation", new { }).Refused()).Status);
        await Official.Post($"/api/identity/organisations/{firm}/liquidation", new { reason = "Запись в реестре" });
        await CanVoteAsync(ada, false);
        Assert.Equal("identity.organisation.liquidated", (await bea.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "document", role = "head", position = "x" }).Refused()).Code);
        Assert.Equal("identity.organisation.liquidated", (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/invitations", new { email = "x@test.example", role = "head" }).Refused()).Code);
        await Official.Post($"/api/identity/organisations/{firm}/liquidation/undo", new { reason = "Ошибка" });
        await CanVoteAsync(ada, true);
    }

    [Fact]
    public async Task Affiliates_move_with_their_owner()
    {
        var number = Inn();
        var (owner, affiliate, holding) = (await NewFirmAsync(new { registrationNumber = number }), await NewFirmAsync(), await NewFirmAsync(new { registrationNumber = Inn() }));
        async Task<string?> Family(string firm) => (await Official.Get($"/api/identity/organisations/{firm}")).Text("family");
        await Official.Put($"/api/identity/organisations/{affiliate}/owner", new { owner = number });
        Assert.Equal(owner, await Family(affiliate));
        await Official.Put($"/api/identity/organisations/{owner}/owner", new { owner = (await Official.Get($"/api/identity/organisations/{holding}")).Text("registrationNumber") });
        Assert.Equal((holding, holding), (await Family(owner), await Family(affiliate)));
        await Official.Put($"/api/identity/organisations/{affiliate}/owner", new { owner = "" });
        Assert.Equal((holding, affiliate), (await Family(owner), await Family(affiliate)));
        Assert.Equal("identity.organisation.owner.unknown", (await Official.PutAsJsonAsync($"/api/identity/organisations/{affiliate}/owner", new { owner = Inn() }).Refused()).Code);
        var ada = await NewPersonAsync();
        Assert.Equal(403, (await ada.Http.PutAsJsonAsync($"/api/identity/organisations/{affiliate}/owner", new { owner = number }).Refused()).Status);
        Assert.Equal(403, (await ada.Http.PutAsJsonAsync($"/api/identity/organisations/{affiliate}", new { name = new { ru = "Моя" }, kind = "firm" }).Refused()).Status);
    }

    [Fact]
    public async Task Whoever_runs_rounds_gets_no_mandate_by_any_way()
    {
        var (firm, ada) = (await NewFirmAsync(), await NewPersonAsync());
        await HeadAsync(firm, ada);
        var number = Next();
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { id = Portal.Id($"insider {number}"), email = $"insider{number}@test.example", displayName = "Insider", roles = new[] { "*:official" } } } });
        Assert.Equal("identity.mandate.authority", (await Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/mandates", new { email = $"insider{number}@test.example", displayName = "Insider" }).Refused()).Code);
        Assert.Equal("identity.denied.authority", (await Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "document", role = "head", position = "x" }).Refused()).Code);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email = $"insider{number}@test.example", role = "head" });
        var token = await app.Letter($"insider{number}@test.example", Link);
        var sent = (await app.Anonymous.Post($"/api/identity/invitations/{token}/code")).Text("code");
        var code = await app.Letter($"insider{number}@test.example", Code, 2);
        Assert.Equal("identity.mandate.authority", (await app.Anonymous.PostAsJsonAsync($"/api/identity/invitations/{token}/accept", new { id = sent, code, displayName = "Insider", agrees = true }).Refused()).Code);
    }

    [Fact]
    public async Task Check15_an_invitation_opens_no_session_and_its_code_goes_to_the_invited_address()
    {
        var (firm, ada, email) = (await NewFirmAsync(), await NewPersonAsync(), $"colleague{Next()}@test.example");
        await HeadAsync(firm, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email, role = "representative" });
        var token = await app.Letter(email, Link);

        using (var page = await app.Anonymous.GetAsync($"/en/organisations/invitations/{token}", TestContext.Current.CancellationToken))
        {
            Assert.Equal(200, (int)page.StatusCode);
            Assert.DoesNotContain(page.Headers, h => h.Key == "Set-Cookie" && h.Value.Any(v => v.StartsWith("discovery=", StringComparison.Ordinal)));
            Assert.DoesNotContain(email, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        var landing = await app.Anonymous.Get($"/api/identity/invitations/{token}");
        Assert.Equal(("valid", ada.Name), (landing.Text("state"), landing.Text("invitedBy")));
        Assert.Null(await RoleOfAsync(email, firm));

        var sent = (await app.Anonymous.Post($"/api/identity/invitations/{token}/code")).Text("code");
        var code = await app.Letter(email, Code, 2);
        Assert.Equal(400, (await app.Anonymous.PostAsJsonAsync($"/api/identity/invitations/{token}/accept", new { id = sent, code, displayName = "Администрация", agrees = true }).Refused()).Status);
        Assert.Equal("identity.code.over", (await app.Anonymous.PostAsJsonAsync($"/api/identity/invitations/{token}/accept", new { id = Guid.NewGuid(), code, displayName = "Colleague", agrees = true }).Refused()).Code);
        var session = await app.Anonymous.Post($"/api/identity/invitations/{token}/accept", new { id = sent, code, displayName = "Colleague", agrees = true });
        using var colleague = app.WithToken(session.Text("accessToken"));
        Assert.Equal(email, (await colleague.Get("/api/identity/account")).Text("email"));
        Assert.Equal("representative", await RoleOfAsync(email, firm));
        Assert.Equal("used", (await app.Anonymous.Get($"/api/identity/invitations/{token}")).Text("state"));
        Assert.Equal((410, "identity.invitation.used"), await app.Anonymous.PostAsJsonAsync($"/api/identity/invitations/{token}/code", new { }).Refused() is var p ? (p.Status, p.Code) : default);
    }

    [Fact]
    public async Task Check15_a_forwarded_invitation_is_a_new_one_with_lineage_that_a_head_confirms()
    {
        var (firm, ada, n) = (await NewFirmAsync(), await NewPersonAsync(), Next());
        await HeadAsync(firm, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email = $"first{n}@test.example", role = "head" });
        var first = await app.Letter($"first{n}@test.example", Link);
        await app.Anonymous.Post($"/api/identity/invitations/{first}/forward", new { email = $"second{n}@test.example" });
        Assert.Equal("revoked", (await app.Anonymous.Get($"/api/identity/invitations/{first}")).Text("state"));
        var second = await app.Letter($"second{n}@test.example", Link);
        Assert.NotEqual(first, second);
        var lineage = await app.Read("identity", db => db.Set<Invitation>().AsNoTracking().Where(i => i.Organisation == Guid.Parse(firm)).ToListAsync());
        var (old, fresh) = (lineage.Single(i => i.ForwardedFrom is null), lineage.Single(i => i.ForwardedFrom is not null));
        Assert.Equal((old.Id, old.ExpiresAt), (fresh.ForwardedFrom, fresh.ExpiresAt));

        var sent = (await app.Anonymous.Post($"/api/identity/invitations/{second}/code")).Text("code");
        await app.Anonymous.Post($"/api/identity/invitations/{second}/accept", new { id = sent, code = await app.Letter($"second{n}@test.example", Code, 2), displayName = "Second", agrees = true });
        Assert.Null(await RoleOfAsync($"second{n}@test.example", firm));
        var claim = (await ada.Http.Get($"/api/identity/organisations/{firm}")).GetProperty("claims")[0].Text("id")!;
        await ada.Http.Post($"/api/identity/claims/{claim}/decision", new { verify = true });
        Assert.Equal("representative", await RoleOfAsync($"second{n}@test.example", firm));
    }

    [Fact]
    public async Task Check16_an_expired_invitation_is_revived_by_nothing()
    {
        var (firm, ada, n) = (await NewFirmAsync(), await NewPersonAsync(), Next());
        var email = $"late{n}@test.example";
        await HeadAsync(firm, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email, role = "representative" });
        var token = await app.Letter(email, Link);
        var sent = (await app.Anonymous.Post($"/api/identity/invitations/{token}/code")).Text("code");
        var code = await app.Letter(email, Code, 2);
        await ChangeAsync<Invitation>(i => i.Organisation == Guid.Parse(firm), s => s.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1)));
        Assert.Equal("expired", (await app.Anonymous.Get($"/api/identity/invitations/{token}")).Text("state"));
        foreach (var (what, body) in new (string, object)[] { ("code", new { }), ("accept", new { id = sent, code, displayName = "Late", agrees = true }), ("forward", new { email = "other@test.example" }) })
            Assert.Equal((410, "identity.invitation.expired"), await app.Anonymous.PostAsJsonAsync($"/api/identity/invitations/{token}/{what}", body).Refused() is var p ? (p.Status, p.Code) : default);
        // Also not by an account of one's own.
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { id = Portal.Id(email), email, displayName = "Late" } } });
        Assert.Null(await RoleOfAsync(email, firm));
        Assert.Equal(410, (await app.AsVoter(Portal.Id(email)).PostAsJsonAsync($"/api/identity/invitations/{token}/accept", new { id = sent, code, displayName = "Late", agrees = true }).Refused()).Status);
    }

    [Fact]
    public async Task Check17_the_token_of_an_invitation_is_long_hashed_and_goes_to_no_other_site()
    {
        var (firm, ada, n) = (await NewFirmAsync(), await NewPersonAsync(), Next());
        await HeadAsync(firm, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email = $"tokens{n}@test.example", role = "author" });
        var token = await app.Letter($"tokens{n}@test.example", Link);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(token).Length);
        var kept = await DumpAsync<Invitation>();
        Assert.DoesNotContain(token, kept);
        Assert.DoesNotContain($"tokens{n}", kept);
        foreach (var path in new[] { $"/ru/organisations/invitations/{token}", $"/api/identity/invitations/{token}" })
        {
            using var answer = await app.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
        }
        // A scanner that follows the link uses nothing up.
        using (var head = await app.Anonymous.SendAsync(new(HttpMethod.Head, $"/en/organisations/invitations/{token}"), TestContext.Current.CancellationToken)) Assert.True((int)head.StatusCode < 500);
        Assert.Equal("valid", (await app.Anonymous.Get($"/api/identity/invitations/{token}")).Text("state"));
    }

    [Fact]
    public async Task Check60_who_said_never_gets_no_invitation_again()
    {
        var (firm, other, ada, n) = (await NewFirmAsync(), await NewFirmAsync(), await NewPersonAsync(), Next());
        var email = $"never{n}@test.example";
        await HeadAsync(firm, ada);
        await HeadAsync(other, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email, role = "representative" });
        var token = await app.Letter(email, Link);
        await app.Anonymous.Post($"/api/identity/invitations/{token}/never");
        await app.Anonymous.Post($"/api/identity/invitations/{token}/never");
        Assert.Equal("revoked", (await app.Anonymous.Get($"/api/identity/invitations/{token}")).Text("state"));
        // The sender sees no difference; a letter to somebody else comes after the one that must not come.
        await ada.Http.Post($"/api/identity/organisations/{other}/invitations", new { email = email.ToUpperInvariant(), role = "representative" });
        await ada.Http.Post($"/api/identity/organisations/{other}/invitations", new { email = $"next{n}@test.example", role = "representative" });
        await app.Letter($"next{n}@test.example", Link);
        Assert.Single(app.To(email));
    }

    [Fact]
    public async Task An_invitation_falls_with_whoever_sent_it()
    {
        var (firm, ada, n) = (await NewFirmAsync(), await NewPersonAsync(), Next());
        await HeadAsync(firm, ada);
        await ada.Http.Post($"/api/identity/organisations/{firm}/invitations", new { email = $"orphan{n}@test.example", role = "head" });
        var token = await app.Letter($"orphan{n}@test.example", Link);
        var page = await ada.Http.Get($"/api/identity/organisations/{firm}");
        await ada.Http.DeleteAsync($"/api/identity/mandates/{page.GetProperty("mandates")[0].Text("mandate")}").Json();
        Assert.Equal("revoked", (await app.Anonymous.Get($"/api/identity/invitations/{token}")).Text("state"));
        Assert.Equal(404, (await ada.Http.DeleteAsync($"/api/identity/invitations/{page.GetProperty("invitations")[0].Text("id")}").Refused()).Status);
        Assert.Equal(404, (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/invitations", new { email = "x@test.example", role = "head" }).Refused()).Status);
    }

    [Fact]
    public async Task Check42_evidence_is_taken_by_its_content_and_cleaned()
    {
        var (firm, ada) = (await NewFirmAsync(), await NewPersonAsync());
        var claim = await AskAsync(ada, firm, "document", "head");
        foreach (var bad in new[]
        {
            "<html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PK\x03\x04docm", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "MZ", "", "GIF89a<script>",
            "<script>x</script>%PDF-1.4 %%EOF", "%PDF-1.4 /JavaScript (app.alert(1)) %%EOF", "%PDF-1.4 /EmbeddedFile %%EOF",
        })
            Assert.Equal((422, "identity.evidence.wrong"), await Upload(ada, claim, Encoding.Latin1.GetBytes(bad), "scan.png").Refused() is var p ? (p.Status, p.Code) : default);
        Assert.Equal(413, (await Upload(ada, claim, [.. Pdf, .. new byte[Papers.Largest]], "big.pdf").Refused()).Status);
        Assert.Equal("open", (await ada.Http.Get($"/api/identity/organisations/{firm}/claim")).GetProperty("claim").Text("state"));
        Assert.Null((await ada.Http.Get($"/api/identity/organisations/{firm}/claim")).GetProperty("claim").Text("provedAt"));

        var evidence = await UploadAsync(ada, claim, Pictures.Jpeg("GPS 55.75, 37.61"), "../..\\scan.php.jpg\r\nX: y");
        using var file = await Official.GetAsync($"/api/identity/evidence/{evidence}", TestContext.Current.CancellationToken);
        var bytes = await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(bytes));
        Assert.Equal("image/jpeg", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("scan_php.jpg", file.Content.Headers.ContentDisposition!.FileName);

        // It is sealed where it lies.
        var rows = await app.Read("identity", db => db.Set<Evidence>().AsNoTracking().Where(e => e.Claim == Guid.Parse(claim)).ToListAsync());
        Assert.DoesNotContain("JFIF", Encoding.Latin1.GetString(Assert.Single(rows).Sealed));
    }

    [Fact]
    public async Task Check43_evidence_needs_a_session_each_time_and_is_never_a_page()
    {
        var (firm, ada, bea) = (await NewFirmAsync(), await NewPersonAsync(), await NewPersonAsync());
        var evidence = await UploadAsync(ada, await AskAsync(ada, firm, "document", "head"), Pdf, "Доверенность № 5.pdf");
        var path = $"/api/identity/evidence/{evidence}";
        Assert.Equal(401, (int)(await app.Anonymous.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        foreach (var stranger in new[] { bea.Http, app.As("moderator"), app.As("auditor") }) Assert.Equal(404, (await stranger.GetAsync(path).Refused()).Status);
        foreach (var reader in new[] { ada.Http, Official })
        {
            using var answer = await reader.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Check48_names_of_organisations_are_normalised_and_do_not_imitate_the_authority()
    {
        var ada = await NewPersonAsync();
        foreach (var name in new[] { "Администрация Заречного", "Aдминистрация", "Министерство\u200b экономики", "а д м и н и с т р а ц и я", "Ａdministration", "Ministry of Growth", "Рога и Kопыта" })
            Assert.Equal(400, (await ada.Http.PostAsJsonAsync("/api/identity/organisations", new { name = new { ru = name }, kind = "firm" }).Refused()).Status);
        // An official who has seen the papers enters a real one.
        await Official.Post("/api/identity/organisations", new { name = new { ru = "Администрация города Заречного" }, kind = "public" });

        var word = $"Кафе{Next()}";
        var firm = (await ada.Http.Post("/api/identity/organisations", new { name = new { ru = $"{word}\u202e \u200b  Cafe\u0301" }, kind = "firm" })).Text("id");
        var found = (await ada.Http.Get($"/api/identity/organisations/find?find={Uri.EscapeDataString(word)}")).GetProperty("organisations")[0];
        Assert.Equal((firm, $"{word} Café"), (found.Text("id"), found.GetProperty("name").Text("ru")));
    }

    [Theory]
    [InlineData("Анна Петрова", false), InlineData("Jean-Luc Dubois", false), InlineData("ООО «IT-Парк»", false), InlineData("Анна Smith", false), InlineData("Мэрилин", false)]
    [InlineData("администратор", true), InlineData("Админ", true), InlineData("АДМИНИCТРАЦИЯ", true), InlineData("Аdmin", true), InlineData("A.d.m.i.n.i.s.t.r.a.t.i.o.n", true), InlineData("Аннa", true), InlineData("Прави\u00adтельство", true), InlineData("ΑDMIN", true)]
    public void Check48_a_name_cannot_imitate_the_authority(string name, bool imitates) => Assert.Equal(imitates, Discovery.Identity.Names.Imitates(name));

    [Fact]
    public async Task Check57_what_is_not_yours_cannot_be_counted_through()
    {
        var (firm, ada, bea) = (await NewFirmAsync(new { domain = "count.example" }), await NewPersonAsync(), await NewPersonAsync());
        var claim = await AskAsync(ada, firm, "document", "head");
        foreach (var path in new[] { $"/api/identity/claims/{claim}", "/api/identity/claims", $"/api/identity/organisations/{firm}", $"/api/identity/organisations/{firm}/dispute" })
            Assert.Equal(path.EndsWith("claims", StringComparison.Ordinal) ? 403 : 404, (await bea.Http.GetAsync(path).Refused()).Status);
        Assert.Equal(404, (await bea.Http.DeleteAsync($"/api/identity/claims/{claim}").Refused()).Status);
        Assert.Equal(404, (await Upload(bea, claim, Pdf, "x.pdf").Refused()).Status);
        Assert.Equal(404, (await bea.Http.PostAsJsonAsync($"/api/identity/claims/{claim}/letter/code", new { code = "x" }).Refused()).Status);
        Assert.Equal(404, (await DecideAsync(bea.Http, claim, false)).Status);
        foreach (var token in new[] { "1", Guid.NewGuid().ToString(), new string('A', 43), new string('x', 3000) })
            Assert.Equal(404, (await app.Anonymous.GetAsync($"/api/identity/invitations/{token}").Refused()).Status);
        // Numbers of people are not found piece by piece.
        await NewFirmAsync(new { registrationNumber = "500100732259" });
        Assert.Equal(0, (await bea.Http.Get("/api/identity/organisations/find?find=5001007322")).GetProperty("organisations").GetArrayLength());
        Assert.DoesNotContain("500100732259", (await bea.Http.Get("/api/identity/organisations/find?find=500100732259")).GetRawText());
    }

    [Fact]
    public async Task One_claim_at_a_time_and_ten_a_day()
    {
        var (firm, ada) = (await NewFirmAsync(), await NewPersonAsync());
        var claim = await AskAsync(ada, firm, "document", "head");
        Assert.Equal("identity.claim.open", (await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "document", role = "head", position = "x" }).Refused()).Code);
        for (var i = 0; i < 8; i++)
        {
            await ada.Http.DeleteAsync($"/api/identity/claims/{claim}").Json();
            claim = await AskAsync(ada, firm, "document", "head");
        }
        await ada.Http.DeleteAsync($"/api/identity/claims/{claim}").Json();
        using var over = await ada.Http.PostAsJsonAsync($"/api/identity/organisations/{firm}/claims", new { route = "document", role = "head", position = "x" }, TestContext.Current.CancellationToken);
        Assert.Equal(429, (int)over.StatusCode);
        Assert.NotNull(over.Headers.RetryAfter);
    }

    static byte[] Pdf { get; } = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray();

    sealed record Somebody(Guid Id, string Name, string Email, HttpClient Http);

    async Task<Somebody> NewPersonAsync()
    {
        var n = Next();
        var person = new Somebody(Portal.Id($"mandates {n}"), $"Person {n}", $"person{n}@mandates.example", app.AsVoter(Portal.Id($"mandates {n}")));
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new { accounts = new[] { new { id = person.Id, email = person.Email, displayName = person.Name } } });
        return person;
    }

    async Task<string> NewFirmAsync(object? details = null)
    {
        var firm = (await Official.Post("/api/identity/organisations", new { name = new { ru = $"ООО «Полномочие {Next()}»" }, kind = "firm" })).Text("id")!;
        if (details is not null) await EditAsync(firm, details).Json();
        return firm;
    }

    Task<HttpResponseMessage> EditAsync(string firm, object details)
    {
        var form = JsonSerializer.SerializeToNode(details)!.AsObject();
        form["name"] = JsonSerializer.SerializeToNode(new { ru = $"ООО «Полномочие {firm}»" });
        form["kind"] = "firm";
        return Official.PutAsJsonAsync($"/api/identity/organisations/{firm}", form);
    }

    Task HeadAsync(string firm, Somebody who) => Official.Post($"/api/identity/organisations/{firm}/mandates", new { email = who.Email, displayName = who.Name, role = MandateRoles.Head });

    static async Task<string> AskAsync(Somebody who, string firm, string route, string role) =>
        (await who.Http.Post($"/api/identity/organisations/{firm}/claims", new { route, role, position = "Директор" })).Text("id")!;

    static Task<HttpResponseMessage> Upload(Somebody who, string claim, byte[] content, string name)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        return who.Http.PutAsync($"/api/identity/claims/{claim}/evidence?name={Uri.EscapeDataString(name)}", body);
    }

    static async Task<string> UploadAsync(Somebody who, string claim, byte[] content, string name) => (await Upload(who, claim, content, name).Json()).Text("id")!;

    /// <returns>Null: it went through.</returns>
    static async Task<Problem> DecideAsync(HttpClient who, string claim, bool verify) => await Refusal(who.PostAsJsonAsync($"/api/identity/claims/{claim}/decision", new { verify, reason = "Причина" }));

    async Task<Problem> ResolveAsync(string firm, params string[] winners) => await Refusal(Official.PostAsJsonAsync($"/api/identity/organisations/{firm}/dispute", new { winners, reason = "Причина для всех" }));

    static async Task<Problem> Refusal(Task<HttpResponseMessage> asked) => (await asked).IsSuccessStatusCode ? null! : await Task.FromResult(await asked).Refused();

    async Task<bool> IsDisputedAsync(string firm) => (await Official.Get($"/api/identity/organisations/{firm}")).Text("disputedAt") is not null;

    static async Task<string?> RoleAsync(Somebody who, string firm)
    {
        using var answer = await who.Http.GetAsync($"/api/identity/organisations/{firm}");
        if (!answer.IsSuccessStatusCode) return null;
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("mandates").EnumerateArray()
            .Where(m => m.Text("person") == who.Id.ToString() && m.Text("revokedAt") is null).Select(m => m.Text("role")).SingleOrDefault();
    }

    async Task<string?> RoleOfAsync(string email, string firm) =>
        (await Official.Get($"/api/identity/organisations/{firm}")).GetProperty("mandates").EnumerateArray().Where(m => m.Text("email") == email && m.Text("revokedAt") is null).Select(m => m.Text("role")).SingleOrDefault();

    Task<TestRound>? round;

    /// <summary>What Voting thinks of it, once the facts have arrived.</summary>
    async Task CanVoteAsync(Somebody who, bool can)
    {
        var open = await (round ??= app.OpenRound());
        await app.Until(who.Http, open.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() > 0 == can, 60);
    }

    Task<List<string>> AuditAsync(string firm) => app.Read("identity", db => db.Set<Discovery.Identity.Audit.AuditEntry>().Where(a => a.Organisation == Guid.Parse(firm)).Select(a => a.Kind).ToListAsync());

    async Task ChangeAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<T>> change) where T : class =>
        Assert.True(await app.Read("identity", db => db.Set<T>().Where(which).ExecuteUpdateAsync(change)) > 0);

    Task<string> DumpAsync<T>() where T : class => app.Read("identity", async db => string.Join('\n', (await db.Set<T>().AsNoTracking().ToListAsync()).SelectMany(row => typeof(T).GetProperties().Select(p => p.GetValue(row) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : p.GetValue(row)?.ToString()))));

    static int Next() => Interlocked.Increment(ref count);

    /// <summary>A fresh taxpayer number with its right check digit.</summary>
    static string Inn()
    {
        var nine = $"78{Next():D7}";
        int[] weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
        return nine + weights.Select((w, i) => w * (nine[i] - '0')).Sum() % 11 % 10;
    }
}
