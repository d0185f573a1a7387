using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Contracts.Rounds;
using Discovery.Identity;
using Discovery.Identity.Secrets;
using Discovery.Identity.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Discovery.ServicesTests.Identity;

/// <summary>Letters about rounds: who gets them, which, and how they end.</summary>
public sealed class SubscriptionTests(Everybody everybody)
{
    static int networks;

    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task An_address_subscribes_with_a_code_and_twice_is_once()
    {
        const string address = "reader@subscribe.example";
        using var page = Page();
        Assert.Equal(422, await page.SendAsync("/en/subscribe", Form("not an address", agrees: false)));
        Assert.Contains("Tick that you agree", page.Body, StringComparison.Ordinal);
        Assert.Contains("Enter a whole e-mail address", page.Body, StringComparison.Ordinal);
        Assert.Equal(422, await page.SendAsync("/en/subscribe", Form(address, "no-such-region")));
        Assert.Equal(0, await CountAsync(address));

        Assert.Equal(302, await page.SendAsync("/en/subscribe", Form(address)));
        Assert.Equal("/en/subscribe/code", page.Location!.OriginalString);
        var code = await app.CodeAsync(address);
        Assert.Equal(422, await page.SendAsync("/en/subscribe/code", new Dictionary<string, string> { ["Input.Code"] = code == "000000" ? "000001" : "000000" }));
        Assert.Equal(0, await CountAsync(address));
        Assert.Equal(302, await page.SendAsync("/en/subscribe/code", new Dictionary<string, string> { ["Input.Code"] = code }));
        Assert.Equal("/en/subscribe/done", page.Location!.OriginalString);
        Assert.Equal(1, await CountAsync(address));

        // Again, written otherwise and in another language: the same words on the way, and still one.
        using var again = Page();
        Assert.Equal(302, await again.SendAsync("/ru/subscribe", Form(address.ToUpperInvariant())));
        // Other tests' rounds are written about meanwhile.
        string? second = null;
        await Portal.Until(() => Task.FromResult((second = app.To(address).Select(l => Regex.Match(l, "введите код: ([0-9]{6})")).FirstOrDefault(m => m.Success)?.Groups[1].Value) is not null), "the second code", 30);
        Assert.Equal(302, await again.SendAsync("/ru/subscribe/code", new Dictionary<string, string> { ["Input.Code"] = second! }));
        Assert.Equal("/ru/subscribe/done", again.Location!.OriginalString);
        Assert.Equal((1, "ru", Subscription.ConsentVersion), await app.InIdentity(async (services, db) =>
        {
            var own = await Of(services, db, address).ToListAsync();
            return (own.Count, own[0].Language, own[0].Version);
        }));
        await EndAsync(address);
    }

    [Fact]
    public async Task Codes_for_subscriptions_are_as_few_as_those_for_signing_in()
    {
        using var page = Page();
        for (var i = 0; i < 10; i++) Assert.Equal(302, await page.SendAsync("/en/subscribe", Form("flooded@subscribe.example")));
        Assert.Equal(429, await page.SendAsync("/en/subscribe", Form("flooded@subscribe.example")));
    }

    [Fact]
    public async Task The_own_confirmed_address_needs_no_code_and_another_one_does()
    {
        const string address = "own@subscribe.example";
        using var page = Page();
        await page.SendAsync("/en/sign-up", new Dictionary<string, string> { ["Input.DisplayName"] = "Own Address", ["Input.Email"] = address, ["Input.Agrees"] = "true" });
        await page.SendAsync("/en/sign-in/code", new Dictionary<string, string> { ["Input.Code"] = await app.CodeAsync(address) });
        await page.GoAsync("/en/subscribe");
        Assert.Contains(address, page.Body, StringComparison.Ordinal);
        Assert.Equal(302, await page.SendAsync("/en/subscribe", Form(address)));
        Assert.Equal("/en/subscribe/done", page.Location!.OriginalString);
        Assert.Equal(1, await CountAsync(address));
        Assert.Equal(302, await page.SendAsync("/en/subscribe", Form("else@subscribe.example")));
        Assert.Equal("/en/subscribe/code", page.Location!.OriginalString);
        Assert.Equal(0, await CountAsync("else@subscribe.example"));
        await EndAsync(address);
    }

    [Fact]
    public async Task A_real_round_is_told_and_a_demonstration_is_not()
    {
        const string address = "everything@subscribe.example";
        await NewAsync(app, address, Subscription.EveryRegion);
        var shown = await (await TestRound.DraftAsync(app, new())).PublishAsync();
        var real = await (await TestRound.DraftAsync(app, new() { Origin = "live" })).PublishAsync();
        await Portal.Until(() => Task.FromResult(app.To(address).Exists(l => l.Contains(real.Slug, StringComparison.Ordinal))), "the letter about the round", 30);
        var letter = app.To(address).Find(l => l.Contains(real.Slug, StringComparison.Ordinal))!;
        Assert.Contains("What matters?", letter, StringComparison.Ordinal);
        Assert.Contains($"{app.Address.Scheme}://localhost/en/rounds/{real.Slug}", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(app.To(address), l => l.Contains(shown.Slug, StringComparison.Ordinal));
        await EndAsync(address);
    }

    [Fact]
    public async Task What_comes_together_is_one_letter_and_the_next_one_comes_ten_minutes_later()
    {
        using var folder = new Folder();
        var file = folder.File("clock");
        await using var own = await DiscoveryApp.StartAsync("--Rehearsal:Clock=" + file, "--Site:Address=https://portal.example/");
        const string russian = "russian@news.example", english = "english@news.example", elsewhere = "elsewhere@news.example";
        await NewAsync(own, russian, "news-region", "ru");
        await NewAsync(own, english, Subscription.EveryRegion);
        await NewAsync(own, elsewhere, "another-region");
        var round = new NewsRound(own, "news-region");
        await round.PublishAsync();
        await round.TellAsync(n => new PhaseStarted(round.Id, n, Now, "proposals", round.Charter.Phases[0].Ends, "everybody is here"));
        var first = await own.LetterAsync(russian);
        Assert.Contains("Объявлен раунд. Вопрос раунда: Что важно?", first, StringComparison.Ordinal);
        Assert.Contains("Начался этап «Предложения»", first, StringComparison.Ordinal);
        Assert.Contains("Причина: everybody is here", first, StringComparison.Ordinal);
        // Times are those of the region.
        Assert.Contains("(МСК+1)", first, StringComparison.Ordinal);
        Assert.Contains("https://portal.example/ru/rounds/" + round.Slug, first, StringComparison.Ordinal);
        Assert.Contains("The phase “Proposals” has started", await own.LetterAsync(english), StringComparison.Ordinal);

        // A burst, heard twice: nothing for ten minutes, and then one letter.
        RoundPaused paused = null!;
        RoundResumed resumed = null!;
        await round.TellAsync(n => paused = new(round.Id, n, Now, "three districts are offline"));
        await round.TellAsync(n => resumed = new(round.Id, n, Now, "they are back"));
        await round.TellAsync(n => new CharterAmended(round.Id, n, Now, round.Charter with { Version = 2 }, "they are back"));
        await round.TellAsync(n => new CharterAmended(round.Id, n, Now, round.Charter with { Version = 3 }, "a misprint"));
        await round.AgainAsync(paused);
        await round.AgainAsync(resumed);
        await File.WriteAllTextAsync(file, "00:08:00");
        await Task.Delay(4000);
        Assert.Single(own.To(russian));
        await File.WriteAllTextAsync(file, "00:11:00");
        var second = await own.LetterAsync(english, after: 1);
        foreach (var reason in new[] { "three districts are offline", "they are back", "a misprint" }) Assert.Single(Regex.Matches(second, reason));
        await own.LetterAsync(russian, after: 1);

        // Voting: its start, two days before its end, and the end of the round.
        await File.WriteAllTextAsync(file, "5.00:00:00");
        var ends = Now + TimeSpan.FromDays(15);
        await round.TellAsync(n => new PhaseStarted(round.Id, n, Now + TimeSpan.FromDays(5), "voting", ends));
        Assert.Contains("«Голосование»", await own.LetterAsync(russian, after: 2), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "13.01:00:00");
        Assert.Contains("Voting ends soon", await own.LetterAsync(english, after: 3), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "15.01:00:00");
        await round.TellAsync(n => new RoundClosed(round.Id, n, Now + TimeSpan.FromDays(15)));
        Assert.Contains($"https://portal.example/en/rounds/{round.Slug}/results", await own.LetterAsync(english, after: 4), StringComparison.Ordinal);
        await own.LetterAsync(russian, after: 4);
        await Task.Delay(3000);
        Assert.Equal((5, 5, 0), (own.To(russian).Count, own.To(english).Count, own.To(elsewhere).Count));

        using var letter = await MimeMessage.LoadAsync(own.Letters(russian)[^1]);
        Assert.Equal("Раунд новостей: опубликован короткий список", letter.Subject);
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers["List-Unsubscribe-Post"]);
        Assert.Matches("^<https://portal.example/ru/unsubscribe/[A-Za-z0-9_-]{43}>$", letter.Headers["List-Unsubscribe"]);
    }

    [Fact]
    public async Task A_subscription_ends_by_one_click_from_anywhere_and_looking_changes_nothing()
    {
        const string address = "leaving@subscribe.example";
        var token = await NewAsync(app, address, lang: "en");
        using var page = Page();
        Assert.Equal(200, await page.GoAsync("/en/unsubscribe/" + token));
        Assert.Contains("l…@subscribe.example", page.Body, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(address));

        // As a mail provider sends it; and as one does that is a web site itself.
        foreach (var site in new[] { null, "cross-site" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/en/unsubscribe/" + token) { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" }) };
            if (site is not null)
            {
                request.Headers.Add("Sec-Fetch-Site", site);
                request.Headers.Add("Origin", "https://mail.example");
            }
            using var answer = await app.Anonymous.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("The subscription has ended", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal(0, await CountAsync(address));
        }
        foreach (var unknown in new[] { token, "nobody-has-this", new string('x', 300) })
        {
            Assert.Equal(200, await page.GoAsync("/en/unsubscribe/" + unknown));
            Assert.Contains("End the subscription", page.Body, StringComparison.Ordinal);
            Assert.Equal(200, await page.SendAsync("/en/unsubscribe/" + unknown, new Dictionary<string, string>()));
            Assert.Contains("Subscribe again", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_sent_yet_goes_with_the_subscription()
    {
        const string address = "unsent@subscribe.example";
        var token = await NewAsync(app, address);
        var pending = await app.InIdentity(async (services, db) =>
        {
            var id = (await Of(services, db, address).SingleAsync()).Id;
            var letter = new Discovery.Identity.Accounts.Letter { Id = Guid.CreateVersion7(), Sealed = [1], Subscription = id, DueAt = DateTimeOffset.UtcNow.AddDays(1), ExpiresAt = DateTimeOffset.UtcNow.AddDays(2) };
            db.Add(letter);
            await db.SaveChangesAsync();
            return letter.Id;
        });
        using var done = await app.Anonymous.PostAsync("/ru/unsubscribe/" + token, null);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.False(await app.InIdentity((_, db) => db.Letters.AnyAsync(l => l.Id == pending)));
    }

    [Fact]
    public async Task A_code_does_not_wait_behind_letters_to_subscribers()
    {
        const string many = "many@subscribe.example", waiting = "waiting@subscribe.example";
        await NewAsync(app, many);
        await app.InIdentity(async (services, db) =>
        {
            var (letters, id) = (services.GetRequiredService<Letters>(), (await Of(services, db, many).SingleAsync()).Id);
            for (var i = 0; i < 20; i++) letters.Write(id, new(many, "News", "News"), TimeSpan.FromHours(1));
            letters.Write("erase", waiting, null, "en", TimeSpan.FromHours(1), "123456");
            return await db.SaveChangesAsync();
        });
        await Portal.Until(() => Task.FromResult(app.Letters(many).Count >= 20), "all are sent", 60);
        Assert.True(string.CompareOrdinal(app.Letters(waiting).Single(), app.Letters(many)[0]) < 0);
    }

    [Fact]
    public async Task An_erased_account_takes_its_subscriptions_along_and_its_data_show_them()
    {
        const string address = "erased.reader@subscribe.example";
        await app.NewAccount(address);
        await NewAsync(app, address);
        await NewAsync(app, "stays@subscribe.example");
        var who = await app.SignIn(address);
        using (var zip = new ZipArchive(await who.GetStreamAsync("/api/identity/me/export")))
        using (var data = zip.GetEntry("data.json")!.Open())
            Assert.Equal("nowhere", (await JsonDocument.ParseAsync(data)).RootElement.GetProperty("subscriptions").EnumerateArray().Single().Text("region"));
        await app.EraseAsync(who, address);
        Assert.Equal((0, 1), (await CountAsync(address), await CountAsync("stays@subscribe.example")));
    }

    [Fact]
    public async Task A_mailbox_that_refuses_for_good_ends_the_subscription()
    {
        await using var mailbox = Mailbox.Open();
        await using var own = await DiscoveryApp.StartAsync("--Mail:Smtp=" + mailbox.Address);
        await NewAsync(own, "bounced@news.example", "news-region");
        await NewAsync(own, "taken@news.example", "news-region");
        await new NewsRound(own, "news-region").PublishAsync();
        await Portal.Until(() => Task.FromResult(mailbox.Letters.Any(l => l.To.ToString().Contains("taken@news.example", StringComparison.Ordinal))), "the other one has its letter", 30);
        await Portal.Until(() => own.InIdentity(async (services, db) => !await Of(services, db, "bounced@news.example").AnyAsync()), "the subscription has ended", 30);
        Assert.Equal(1, await own.InIdentity((_, db) => db.Subscriptions.CountAsync()));
    }

    [Fact]
    public void The_version_of_the_consent_goes_with_its_text()
    {
        // Whoever changes what people agree to gives it a new version, and writes both here.
        var texts = new System.Resources.ResourceManager("Discovery.Identity.Texts", typeof(Subscription).Assembly);
        var all = string.Join('\n', new[] { "ru", "en" }.SelectMany(lang => new[] { "consent", "agrees" }.Select(part => texts.GetString("identity.subscribe." + part, new(lang)))));
        Assert.Equal(("2026-11-27", "56054a6081b95cd8"), (Subscription.ConsentVersion, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(all)))[..16]));
    }

    static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>A round as Identity hears of it.</summary>
    sealed class NewsRound(DiscoveryApp app, string region)
    {
        long sequence;

        public Guid Id { get; } = Guid.CreateVersion7();

        public string Slug { get; } = $"news-{Guid.NewGuid():N}"[..12];

        public Charter Charter => field ??= new(
            Slug, new(region, new("Край новостей", "Land of news"), "Europe/Samara", "reka", [], []), new("Раунд новостей", "Round of news"), new("Что важно?", "What matters?"), new("", ""), [], "{}", "",
            [new("proposals", Now, Now.AddDays(4)), new("admission", Now.AddDays(4), Now.AddDays(5)), new("voting", Now.AddDays(5), Now.AddDays(15)), new("results", Now.AddDays(15), Now.AddDays(20))], Origins.Live);

        public Task PublishAsync() => TellAsync(n => new RoundPublished(Id, n, Now, Charter));

        public Task TellAsync(Func<long, object> fact) => AgainAsync(fact(++sequence));

        public Task AgainAsync(object fact) => app.InIdentity(async (services, db) =>
        {
            var follower = new FollowRounds(db, services.GetRequiredService<TimeProvider>());
            await (fact switch
            {
                RoundPublished f => follower.Apply(f),
                PhaseStarted f => follower.Apply(f),
                CharterAmended f => follower.Apply(f),
                RoundPaused f => follower.Apply(f),
                RoundResumed f => follower.Apply(f),
                RoundClosed f => follower.Apply(f),
                _ => throw new ArgumentOutOfRangeException(nameof(fact)),
            });
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>A subscription whose code was typed; by default to a region that nothing happens in.</summary>
    /// <returns>What ends it.</returns>
    static Task<string> NewAsync(DiscoveryApp app, string address, string region = "nowhere", string lang = "en") => app.InIdentity(async (services, db) =>
    {
        var (keyed, token) = (services.GetRequiredService<Keyed>(), Guid.NewGuid().ToString("N"));
        token = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(token));
        db.Add(new Subscription
        {
            Address = keyed.OfAddress(address), Region = region, Sealed = keyed.Seal("subscription", new Reader(address, token, "http://localhost")),
            TokenHash = Discovery.Identity.Organisations.InviteColleague.HashOf(token), Language = lang, Version = Subscription.ConsentVersion, At = Now,
        });
        await db.SaveChangesAsync();
        return token;
    });

    static IQueryable<Subscription> Of(IServiceProvider services, Discovery.Identity.Data.IdentityDb db, string address)
    {
        var hash = services.GetRequiredService<Keyed>().OfAddress(address);
        return db.Subscriptions.AsNoTracking().Where(s => s.Address == hash);
    }

    Task<int> CountAsync(string address) => app.InIdentity((services, db) => Of(services, db, address).CountAsync());

    // Other tests' rounds would go on writing to it.
    Task EndAsync(string address) => app.InIdentity((services, db) => Of(services, db, address).ExecuteDeleteAsync());

    static Dictionary<string, string> Form(string address, string region = "*", bool agrees = true) => new() { ["Input.Email"] = address, ["Input.Region"] = region, ["Input.Agrees"] = agrees ? "true" : "false" };

    PageClient Page() => new(app.Address, $"10.77.{Interlocked.Increment(ref networks)}.7");
}
