namespace Discovery.BrowserTests;

/// <summary>A page in one of its states.</summary>
/// <param name="Who">Null for nobody.</param>
/// <param name="Path">Without the language.</param>
/// <param name="Act">What is done on the page first.</param>
public sealed record Place(string Name, Func<TheSite, Task<Person>>? Who, Func<Scenes, string> Path, Func<Window, Task>? Act = null)
{
    const string Open = "/rounds/" + TheSite.Open, Published = "/rounds/" + TheSite.Published;

    static readonly Func<TheSite, Task<Person>> Voter = Person.OnlookerAsync, Cast = async site => (await Scenes.Of(site)).Voter, TwoHats = Person.TwoHatsAsync,
        Changer = async site => (await Scenes.Of(site)).Changing.Author, Suggester = async site => (await Scenes.Of(site)).Changing.Other,
        Stranger = Person.StrangerAsync, Head = async site => (await Scenes.Of(site)).Mandates.Head, Claimant = async site => (await Scenes.Of(site)).Mandates.Claimant,
        Official = Person.OfficialEverywhereAsync, Halfway = Person.HalfwayAsync, Administrator = Person.AdministratorAsync, Auditor = _ => Task.FromResult(Person.Auditor);

    public static IReadOnlyDictionary<string, Place> All { get; } = ((Place[])
    [
        At("home", ""),
        At("rounds", "/rounds"),
        At("round", Open),
        At("round-over", Published),
        At("proposals", Open + "/proposals"),
        At("proposals-over", Published + "/proposals"),
        At("proposals-none", Open + "/proposals?q=nothing-has-this"),
        At("proposals-none-wider", Open + "/proposals?q=nothing-has-this&sector=wood"),
        At("proposals-filtered", Open + "/proposals?sector=agro&sector=wood&type=new&track=main&municipality=-"),
        At("proposals-conditions", Open + "/proposals?more=1&type=new"),
        At("proposals-map", Open + "/proposals?view=map"),
        At("proposals-table", Open + "/proposals?view=table"),
        new("proposals-collecting", null, s => $"/rounds/{s.Collecting}/proposals"),
        At("proposal", Open + "/proposals/1"),
        At("proposal-over", Published + "/proposals/1"),
        new("proposal-to-support", Voter, s => $"/rounds/{s.Collecting}/proposals/1"),
        new("proposal-supported", TwoHats, s => $"/rounds/{s.Collecting}/proposals/2"),
        new("proposals-supported", null, s => $"/rounds/{s.Collecting}/proposals?sort=supported"),
        new("list-would-leave-out", null, s => $"/rounds/{s.Collecting}/proposals/list"),
        At("list", Open + "/proposals/list"),
        new("versions", null, s => $"/rounds/{s.Changing.Round}/proposals/4/versions"),
        new("versions-one", null, s => $"/rounds/{s.Changing.Round}/proposals/2/versions"),
        new("versions-two", null, s => $"/rounds/{s.Changing.Round}/proposals/4/versions?from=1&to=3"),
        new("proposal-own", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4"),
        new("edit", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/edit"),
        new("edit-meanwhile", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/edit", async w =>
        {
            await w.Page.Locator($"#Input_Title_{w.Lang}_").FillAsync(w.Lang == "ru" ? "Хлеб на закваске" : "Sourdough bread");
            await w.Page.EvaluateAsync("document.querySelector('[name=\"Input.BaseVersion\"]').value = 1");
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("amendments", null, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments"),
        new("amendments-none", null, s => $"/rounds/{s.Changing.Round}/proposals/2/amendments"),
        new("amendments-own", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments"),
        new("amendments-error", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments", async w =>
        {
            await w.Page.Locator("main details summary").First.ClickAsync();
            await w.SendAsync(w.Page.Locator("form[action*=Refuse] .btn").First);
        }),
        new("suggest", Suggester, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments/new"),
        new("suggest-error", Suggester, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments/new", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("suggest-own", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/amendments/new"),
        new("co-authors", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/co-authors?find=Plant"),
        new("co-authors-none", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/co-authors?find=nobody-has-this"),
        new("co-authors-asked", Suggester, s => $"/rounds/{s.Changing.Round}/proposals/4/co-authors"),
        new("proposals-invited", Suggester, s => $"/rounds/{s.Changing.Round}/proposals"),
        new("merge-new", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/new?with=4&with=2&with=99"),
        new("merge-new-empty", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/new"),
        new("merge-new-error", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/new?with=4&with=2", w => w.SendAsync(w.Page.Locator("form[method=post] .btn").Last)),
        new("merge-asked", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/{s.Changing.Asked}"),
        new("merge-asked-error", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/{s.Changing.Asked}", async w =>
        {
            await w.Page.Locator("main details summary").First.ClickAsync();
            await w.SendAsync(w.Page.Locator("form[action*=Refuse] .btn"));
        }),
        new("merge-done", Changer, s => $"/rounds/{s.Changing.Round}/proposals/merges/{s.Changing.Done}"),
        new("merge-undo-error", Suggester, s => $"/rounds/{s.Changing.Round}/proposals/merges/{s.Changing.Done}", w => w.SendAsync(w.Page.Locator("form[action*=Undo] .btn"))),
        new("proposal-merging", null, s => $"/rounds/{s.Changing.Round}/proposals/5"),
        new("proposal-merged", null, s => $"/rounds/{s.Changing.Round}/proposals/7"),
        new("proposal-holds", null, s => $"/rounds/{s.Changing.Round}/proposals/6"),
        new("annex", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/annex"),
        new("annex-found", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/annex", async w =>
        {
            await w.Page.Locator("#Input_Text").FillAsync(w.Lang == "ru" ? "Цена лотка: 12 рублей" : "A tray costs 12 roubles");
            await w.Page.Locator("#Find").FillAsync("Plant");
            await w.SendAsync(w.Page.Locator("button[formaction*=Find]"));
        }),
        new("annex-error", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/annex", async w =>
        {
            await w.Page.Locator("#Input_Text").FillAsync(new string('x', 10_001));
            await w.SendAsync(w.Page.Locator("form .btn:not([formaction])").Last);
        }),
        new("reviews", Suggester, s => $"/rounds/{s.Changing.Round}/proposals/reviews"),
        new("reviews-none", Voter, s => $"/rounds/{s.Changing.Round}/proposals/reviews"),
        new("proposal-withdrawn", null, s => $"/rounds/{s.Changing.Round}/proposals/8"),
        new("proposal-withdrawn-own", Changer, s => $"/rounds/{s.Changing.Round}/proposals/8"),
        new("withdraw-error", Changer, s => $"/rounds/{s.Changing.Round}/proposals/4/withdraw", w => w.SendAsync(w.Page.Locator("main form .btn"))),
        new("list-merges", Official, s => $"/rounds/{s.Changing.Admitting}/proposals/list"),
        new("list-merges-error", Official, s => $"/rounds/{s.Changing.Admitting}/proposals/list", w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        At("ballot-anonymous", Open + "/ballot"),
        new("ballot-early", null, s => $"/rounds/{s.Collecting}/ballot"),
        At("ballot-over", Published + "/ballot"),
        At("receipt", Open + "/ballot/receipt"),
        new("receipt-found", null, s => $"{Open}/ballot/receipt?code={s.Code}"),
        new("receipt-unknown", null, s => $"{Published}/ballot/receipt?code={s.Code}"),
        At("receipt-wrong", Open + "/ballot/receipt?code=what"),
        At("results", Published + "/results"),
        At("results-voting", Open + "/results"),
        new("results-early", null, s => $"/rounds/{s.Collecting}/results"),
        At("results-compared", Published + "/results/compared"),
        At("results-numbers", Published + "/results/numbers"),
        At("place", Published + "/results/1"),
        At("place-pairs", Published + "/results/1/pairs"),
        At("sign-in", "/sign-in"),
        At("sign-in-error", "/sign-in", w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("sign-in-password", "/sign-in/password"),
        At("sign-in-password-error", "/sign-in/password", async w =>
        {
            await w.Page.Locator("#Input_Email").FillAsync("nobody@browser.example");
            await w.Page.Locator("#Input_Password").FillAsync("not the password");
            await w.SendAsync(w.Page.Locator("main form button").First);
        }),
        At("sign-in-code", "/sign-in", AskForCode),
        At("sign-in-code-error", "/sign-in", async w =>
        {
            await AskForCode(w);
            await w.Page.Locator("#Input_Code").FillAsync("000000");
            await w.SendAsync(w.Page.Locator("main form button").First);
        }),
        At("sign-in-code-none", "/sign-in/code"),
        At("sign-in-passkey", "/sign-in/passkey"),
        At("sign-up", "/sign-up"),
        At("sign-up-error", "/sign-up", w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("mail", "/sign-in", async w => { await AskForCode(w); await w.GoAsync("/mail"); }),
        At("subscribe", "/subscribe"),
        At("subscribe-demonstration", "/subscribe?region=zarechnaya"),
        At("subscribe-own", "/subscribe", Voter),
        At("subscribe-error", "/subscribe", w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("subscribe-code", "/subscribe", Subscribe),
        At("subscribe-code-error", "/subscribe", async w =>
        {
            await Subscribe(w);
            await w.Page.Locator("#Input_Code").FillAsync("000000");
            await w.SendAsync(w.Page.Locator("main form button").First);
        }),
        At("subscribe-code-none", "/subscribe/code"),
        At("subscribe-done", "/subscribe/done"),
        At("unsubscribe", "/unsubscribe/nobody-has-this"),
        At("unsubscribe-done", "/unsubscribe/nobody-has-this", w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("about-count", "/about/count"),
        At("about-privacy", "/about/privacy"),
        At("not-found", "/nothing/here"),

        At("ballot", Open + "/ballot", Voter),
        At("ballot-arranged", Open + "/ballot", Voter, async w => { await Arrange(w); await w.Page.Locator("ol.bal input[name=tie]").Nth(1).CheckAsync(); }),
        At("ballot-error", Open + "/ballot", Voter, w => w.SendAsync(new BallotSheet(w).Cast)),
        At("ballot-cast", Open + "/ballot", Cast),
        At("ballot-withdraw", Open + "/ballot/withdrawal", Cast),
        At("ballot-two-hats", Open + "/ballot", TwoHats),
        new("ballot-approval", Voter, s => $"/rounds/{s.Approval}/ballot"),
        At("ballot-stranger", Open + "/ballot", Stranger),
        At("ballot-official", Open + "/ballot", Official),
        At("account", "/account", Voter),
        At("account-official", "/account", Official),
        At("password-error", "/account/password", Voter, w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("profile", "/account/profile", Voter),
        At("profile-error", "/account/profile", Voter, async w => { await w.Page.Locator("#Input_DisplayName").FillAsync(" "); await w.SendAsync(w.Page.Locator("main form button").First); }),
        At("address", "/account/address", Voter),
        At("address-error", "/account/address", Voter, w => w.SendAsync(w.Page.Locator("main form button").First)),
        At("security", "/account/security", Voter),
        At("security-official", "/account/security", Official),
        At("sessions", "/account/sessions", Voter),
        At("app", "/account/security/app", Halfway),
        At("app-key", "/account/security/app", Halfway, w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        At("app-error", "/account/security/app", Halfway, async w =>
        {
            await w.SendAsync(w.Page.Locator("main form .btn").First);
            await w.SendAsync(w.Page.Locator("main form .btn").First);
        }),
        At("app-tied", "/account/security/app", Official),
        At("my-data", "/account/data", Voter),
        At("erase", "/account/data/erase", Voter),
        At("erase-code", "/account/data/erase", Stranger, w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        At("erase-code-error", "/account/data/erase", Stranger, async w =>
        {
            await w.SendAsync(w.Page.Locator("main form .btn").First);
            await w.SendAsync(w.Page.Locator("main form .btn").First);
        }),
        At("account-erased", "/account/erased"),
        At("people", "/people", Administrator),
        At("people-none", "/people?find=nobody-is-called-this", Administrator),
        At("people-auditor", "/people", Auditor),
        new("person", Administrator, s => $"/people/{s.Seen.Id}"),
        new("person-error", Administrator, s => $"/people/{s.Seen.Id}", w => w.SendAsync(w.Page.Locator("form[action*=Block] .btn"))),
        new("person-blocked", Administrator, s => $"/people/{s.Blocked.Id}"),
        new("person-mandates", Official, s => $"/people/{s.Author.Id}"),
        At("person-new", "/people/new", Administrator),
        At("person-new-error", "/people/new", Administrator, w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        At("audit", "/people/audit", Administrator),
        At("audit-none", "/people/audit?who=nobody-is-called-this", Auditor),
        At("organisations-mine", "/organisations", Voter),
        new("propose", Voter, s => $"/rounds/{s.Collecting}/proposals/new"),
        new("propose-error", Voter, s => $"/rounds/{s.Collecting}/proposals/new", async w =>
        {
            await w.Page.Locator("main input[maxlength='200']").First.FillAsync("Мост");
            await w.SendAsync(w.Page.Locator("main form .btn").First);
        }),
        new("propose-draft", Voter, s => $"/rounds/{s.Collecting}/proposals/new", async w =>
        {
            await w.Page.Locator("main input[maxlength='200']").First.FillAsync("Мост");
            await w.SendAsync(w.Page.Locator("button[formaction*=Save]"));
        }),
        new("propose-why", Voter, s => $"/rounds/{s.Collecting}/proposals/new", w => StepAsync(w, "why")),
        new("propose-why-error", Voter, s => $"/rounds/{s.Collecting}/proposals/new", async w => { await StepAsync(w, "why"); await NextAsync(w); }),
        new("propose-evidence", Voter, s => $"/rounds/{s.Collecting}/proposals/new", w => StepAsync(w, "evidence")),
        new("propose-evidence-error", Voter, s => $"/rounds/{s.Collecting}/proposals/new", async w =>
        {
            await StepAsync(w, "evidence");
            await w.Page.Locator("#ex0").FillAsync(w.Lang == "ru" ? "Письмо комбината питания" : "A letter of the school canteens");
            await w.Page.Locator("#el0").FillAsync("javascript:alert(1)");
            await NextAsync(w);
        }),
        new("propose-links", Voter, s => $"/rounds/{s.Collecting}/proposals/new", w => StepAsync(w, "links")),
        new("propose-measures", Voter, s => $"/rounds/{s.Collecting}/proposals/new", w => StepAsync(w, "measures")),
        new("propose-check", Voter, s => $"/rounds/{s.Collecting}/proposals/new", w => StepAsync(w, "check")),
        new("propose-similar", Voter, s => $"/rounds/{s.Collecting}/proposals/new", async w =>
        {
            await StepAsync(w, "check", w.Lang == "ru" ? "Предложение номер один" : "Proposal number one");
            await Assertions.Expect(w.Page.Locator("#similar")).ToBeVisibleAsync();
        }),
        new("propose-stranger", Stranger, s => $"/rounds/{s.Collecting}/proposals/new"),
        At("propose-late", Open + "/proposals/new", Voter),

        new("join", CommunityScene.GuestAsync, _ => CommunityScene.Join),
        new("join-listed", CommunityScene.ListedAsync, _ => CommunityScene.Join),
        new("join-error", CommunityScene.GuestAsync, _ => CommunityScene.Join, w => w.SendAsync(w.Page.Locator("form[action*=Code] .btn"))),
        new("join-asked", CommunityScene.AskingAsync, _ => CommunityScene.Join),
        new("join-member", CommunityScene.MemberAsync, _ => CommunityScene.Join),
        new("join-removed", CommunityScene.RemovedAsync, _ => CommunityScene.Join),
        new("members", CommunityScene.SpeakerAsync, _ => CommunityScene.Members),
        new("members-empty", CommunityScene.SpeakerOfNobodyAsync, _ => CommunityScene.NoMembers),
        new("members-error", CommunityScene.SpeakerAsync, _ => CommunityScene.Members, async w =>
        {
            await w.Page.Locator("#Input_Text").FillAsync("anna@community.example\nне адрес\n=SUM(A1)");
            await w.SendAsync(w.Page.Locator("form[action*=List] .btn"));
        }),
        new("members-remove-error", CommunityScene.SpeakerAsync, _ => CommunityScene.Members, async w =>
        {
            await w.SendAsync(w.Page.Locator("a[href*='?remove=']").First);
            await w.SendAsync(w.Page.Locator("form[action*=Remove] .btn"));
        }),
        new("members-codes", CommunityScene.SpeakerAsync, _ => CommunityScene.Members, w => w.SendAsync(w.Page.Locator("form[action*=Codes] .btn"))),
        At("act-for", "/account/act-for", TwoHats),
        At("act-for-error", "/account/act-for", TwoHats, w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        At("act-for-nobody", "/account/act-for", Stranger),
        At("account-acting-self", "/account/act-for", CommunityScene.ActingAsync, async w =>
        {
            await w.Page.Locator("main .opt input").Last.CheckAsync();
            await w.SendAsync(w.Page.Locator("main form .btn"));
        }),
        At("ballot-acting", "/account/act-for", CommunityScene.ActingAsync, async w =>
        {
            await w.Page.Locator("main .opt input").First.CheckAsync();
            await w.SendAsync(w.Page.Locator("main form .btn"));
            await w.GoAsync(Open + "/ballot");
        }),
        At("tokens", "/account/tokens", CommunityScene.SpeakerAsync),
        At("tokens-error", "/account/tokens", CommunityScene.SpeakerAsync, w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        At("tokens-made", "/account/tokens", CommunityScene.SpeakerOfNobodyAsync, async w =>
        {
            await w.Page.Locator("#Input_Name").FillAsync("1С: выгрузка");
            await w.Page.Locator("#Input_Scopes").CheckAsync();
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        At("tokens-nobody", "/account/tokens", Stranger),

        At("rounds-official", "/rounds", Official),
        At("round-new", "/rounds/new", Official),
        At("round-new-error", "/rounds/new", Official, async w =>
        {
            await w.Page.Locator("#Input_Slug").FillAsync("Не годится");
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("run", Official, s => $"/rounds/{s.Collecting}/run"),
        new("run-error", Official, s => $"/rounds/{s.Collecting}/run", w => w.SendAsync(w.Page.Locator("button[formaction*=Start]"))),
        new("ready", Official, s => $"/rounds/{s.Draft}/run"),
        new("ready-blocked", Official, s => $"/rounds/{s.Poor}/run/ready"),
        new("ready-blocked-error", Official, s => $"/rounds/{s.Poor}/run/ready", w => w.SendAsync(w.Page.Locator("form[action*=Publish] .btn"))),
        .. new[] { "what", "region", "groups", "count", "admission", "people", "dates" }.Select(part => new Place("charter-" + part, Official, s => $"/rounds/{s.Draft}/run/charter/{part}")),
        new("charter-groups-error", Official, s => $"/rounds/{s.Draft}/run/charter/groups", async w =>
        {
            await w.SendAsync(w.Page.Locator("button[formaction*=AddGroup]"));
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("charter-people-error", Official, s => $"/rounds/{s.Poor}/run/charter/people", async w =>
        {
            await w.Page.Locator("#Input_Appeals_Name_ru_").FillAsync("Отдел жалоб");
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("charter-dates-error", Official, s => $"/rounds/{s.Draft}/run/charter/dates", async w =>
        {
            await w.Page.Locator("#Input_Phases_1__Ends").FillAsync("2020-01-01T00:00");
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("amend", Official, s => $"/rounds/{s.Collecting}/run/amend"),
        new("amend-error", Official, s => $"/rounds/{s.Collecting}/run/amend", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("pause", Official, s => $"/rounds/{s.Collecting}/run/pause"),
        new("pause-error", Official, s => $"/rounds/{s.Collecting}/run/pause", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("resume", Official, s => $"/rounds/{s.Paused}/run/pause"),
        new("round-paused", null, s => $"/rounds/{s.Paused}"),
        At("run-voting", Open + "/run", Official),
        At("run-closed", Published + "/run", Official),
        At("queue-proposals", Open + "/proposals/desk/waiting", Official),
        At("queue-organisations", Open + "/organisations/waiting", Official),
        At("queue-voting", Open + "/ballot/desk/waiting", Official),
        At("queue-results", Open + "/results/waiting", Official),
        At("participation", Open + "/organisations/participation", Official),
        At("turnout", Published + "/ballot/desk/turnout", Official),
        new("rounds-none", null, s => $"/rounds?region={s.Collecting}&status=closed"),
        new("wheel-none", null, s => $"/rounds/{s.Collecting}/wheel"),
        At("wheel", Published + "/run/wheel?factor=participation", Official, async w =>
        {
            await w.Page.Locator("#Input_Comment").FillAsync("Предложения пришли из всех групп и из большинства районов.");
            await w.SendAsync(w.Page.Locator("main form .btn").First);
            await w.GoAsync(Published + "/wheel");
        }),
        At("wheel-run", Published + "/run/wheel?factor=mass", Official),
        At("wheel-run-error", Published + "/run/wheel?factor=assets", Official, w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        new("moderation", Official, s => $"/rounds/{s.Collecting}/moderation"),
        new("moderation-error", Official, s => $"/rounds/{s.Collecting}/moderation", w => w.SendAsync(w.Page.Locator("form.dec .btn").First)),
        At("moderation-empty", Open + "/moderation", Official),
        new("moderation-several", Official, s => $"/rounds/{s.Collecting}/moderation/several"),
        new("moderation-several-error", Official, s => $"/rounds/{s.Collecting}/moderation/several", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("moderation-log", null, s => $"/rounds/{s.Collecting}/moderation/log"),
        At("moderation-log-empty", Open + "/moderation/log"),
        new("moderation-interests", Official, s => $"/rounds/{s.Collecting}/moderation/interests"),
        new("moderation-waiting", Official, s => $"/rounds/{s.Collecting}/moderation?why=new"),
        new("moderation-interests-found", Official, s => $"/rounds/{s.Collecting}/moderation/interests?q=organisation"),
        new("moderation-decision", TwoHats, s => $"/rounds/{s.Collecting}/moderation/decisions/{s.Returned}"),
        new("moderation-decision-error", TwoHats, s => $"/rounds/{s.Collecting}/moderation/decisions/{s.Returned}", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("moderation-appealed", TwoHats, s => $"/rounds/{s.Collecting}/moderation/decisions/{s.Hidden}"),
        new("moderation-report", TwoHats, s => $"/rounds/{s.Collecting}/moderation/report/{s.Shown}"),
        new("moderation-report-error", TwoHats, s => $"/rounds/{s.Collecting}/moderation/report/{s.Shown}", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("moderation-returned", TwoHats, s => $"/rounds/{s.Collecting}/proposals/4"),
        new("moderation-hidden", TwoHats, s => $"/rounds/{s.Collecting}/proposals/5"),
        At("queue-moderation", Open + "/moderation/waiting", Official),
        new("proposals-import", Official, s => $"/rounds/{s.Collecting}/proposals/import"),
        new("proposals-import-error", Official, s => $"/rounds/{s.Collecting}/proposals/import", w => w.SendAsync(w.Page.Locator("main form .btn").First)),
        new("proposals-import-faults", Official, s => $"/rounds/{s.Collecting}/proposals/import", w => w.BringAsync("title_ru,sector,summary_ru\nмало,agro,тоже мало\nХлеб из местной муки,nonsense,=1+1\n")),
        new("catalogue", Official, s => $"/rounds/{s.Collecting}/proposals/catalogue"),
        new("catalogue-faults", Official, s => $"/rounds/{s.Collecting}/proposals/catalogue", w => w.BringAsync("region,priority,date\n,Bread,yesterday\n")),
        new("list-official", Official, s => $"/rounds/{s.Collecting}/proposals/list"),
        At("desk", Open + "/ballot/desk", Official),
        At("desk-close-error", Open + "/ballot/desk?step=close", Official, w => w.SendAsync(w.Page.Locator("form[action*=Close] .btn"))),
        At("desk-withdraw-error", Open + "/ballot/desk?step=withdraw", Official, w => w.SendAsync(w.Page.Locator("form[action*=Withdraw] .btn"))),
        At("desk-auditor", Published + "/ballot/desk", Auditor),
        At("organisations", "/organisations", Official),
        new("organisation", Official, s => $"/organisations/{s.Organisation}"),
        new("organisation-error", Official, s => $"/organisations/{s.Organisation}", w => w.SendAsync(w.Page.Locator("form:has(#Input_DisplayName) .btn"))),
        At("organisation-new", "/organisations/new", Official),
        At("organisation-new-error", "/organisations/new", Official, w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("organisation-edit", Official, s => $"/organisations/{s.Mandates.ByLetter}/edit"),
        new("organisation-edit-error", Official, s => $"/organisations/{s.Mandates.ByLetter}/edit", async w =>
        {
            await w.Page.Locator("#Input_Domain").FillAsync("gmail.com");
            await w.Page.Locator("#Input_RegistrationNumber").FillAsync("7707083894");
            await w.SendAsync(w.Page.Locator("main form .btn").First);
        }),
        new("organisation-disputed", Official, s => $"/organisations/{s.Mandates.Disputed}"),
        new("organisation-head", Head, s => $"/organisations/{s.Mandates.Plant}"),
        new("organisation-head-error", Head, s => $"/organisations/{s.Mandates.Plant}", w => w.SendAsync(w.Page.Locator("form[action*=Invite] .btn").Last)),
        At("organisations-claimant", "/organisations", Claimant),
        At("organisations-none", "/organisations", Stranger),
        At("organisation-find", "/organisations/register", Stranger),
        At("organisation-find-found", "/organisations/register?find=" + MandateScenes.Name, Head),
        At("organisation-find-nothing", "/organisations/register?find=nothing-has-this", Stranger),
        At("organisation-register", "/organisations/new", Stranger),
        At("organisation-register-error", "/organisations/new", Stranger, async w =>
        {
            await w.Page.Locator("#Input_Name_ru_").FillAsync("Администрация области");
            await w.SendAsync(w.Page.Locator("main form .btn").Last);
        }),
        new("mandate", Stranger, s => $"/organisations/{s.Mandates.ByDomain}/claim?known=true"),
        new("mandate-error", Stranger, s => $"/organisations/{s.Mandates.ByDomain}/claim", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("mandate-domain", Claimant, s => $"/organisations/{s.Mandates.ByDomain}/claim?sent={Guid.Empty}"),
        new("mandate-domain-error", Claimant, s => $"/organisations/{s.Mandates.ByDomain}/claim", async w =>
        {
            await w.Page.Locator("#Input_Address").FillAsync("ada@gmail.com");
            await w.SendAsync(w.Page.Locator("form[action*=SendCode] .btn"));
        }),
        new("mandate-letter", Claimant, s => $"/organisations/{s.Mandates.ByLetter}/claim"),
        new("mandate-document", Claimant, s => $"/organisations/{s.Mandates.ByDocument}/claim"),
        new("mandate-document-error", Claimant, s => $"/organisations/{s.Mandates.ByDocument}/claim", async w =>
        {
            await w.Page.Locator("#Paper").SetInputFilesAsync(new FilePayload { Name = "scan.png", MimeType = "image/png", Buffer = "<html>"u8.ToArray() });
            await w.SendAsync(w.Page.Locator("form[action*=Upload] .btn"));
        }),
        new("mandate-declined", Claimant, s => $"/organisations/{s.Mandates.Declined}/claim"),
        new("mandate-disputed", Claimant, s => $"/organisations/{s.Mandates.Disputed}/claim"),
        At("claims", "/organisations/claims", Official),
        new("claim", Official, s => $"/organisations/claims/{s.Mandates.DocumentClaim}"),
        new("claim-error", Official, s => $"/organisations/claims/{s.Mandates.DocumentClaim}", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("claim-letter", Official, s => $"/organisations/claims/{s.Mandates.LetterClaim}"),
        new("claim-letter-print", Official, s => $"/organisations/claims/{s.Mandates.LetterClaim}", w => w.SendAsync(w.Page.Locator("form[action$='/letter'] .btn"))),
        new("dispute", Official, s => $"/organisations/{s.Mandates.Disputed}/dispute"),
        new("dispute-error", Official, s => $"/organisations/{s.Mandates.Disputed}/dispute", w => w.SendAsync(w.Page.Locator("main form .btn").Last)),
        new("invitation", null, s => $"/organisations/invitations/{s.Mandates.Invitation}"),
        new("invitation-forward-error", null, s => $"/organisations/invitations/{s.Mandates.Invitation}", async w =>
        {
            await w.Page.Locator("main details summary").First.ClickAsync();
            await w.SendAsync(w.Page.Locator("form[action*=Forward] .btn"));
        }),
        new("invitation-code", null, s => $"/organisations/invitations/{s.Mandates.Invitation}", w => w.SendAsync(w.Page.Locator("form[action*=Code] .btn"))),
        new("invitation-refused", null, s => $"/organisations/invitations/{s.Mandates.RefusedInvitation}"),
    ]).ToDictionary(p => p.Name);

    static Place At(string name, string path, Func<TheSite, Task<Person>>? who, Func<Window, Task>? act = null) => new(name, who, _ => path, act);

    static Place At(string name, string path, Func<Window, Task>? act = null) => new(name, null, _ => path, act);

    static int bakers;

    // An address of its own each time: codes to one are few in an hour.
    static async Task AskForCode(Window window)
    {
        await window.Page.Locator("#Input_Email").FillAsync($"baker.{Interlocked.Increment(ref bakers)}@browser.example");
        await window.SendAsync(window.Page.Locator("main form button").First);
    }

    static async Task Subscribe(Window window)
    {
        await window.Page.Locator("#Input_Agrees").CheckAsync();
        await AskForCode(window);
    }

    /// <summary>Fills in the first two steps of a proposal and goes on to the named one.</summary>
    static async Task StepAsync(Window w, string step, string? title = null)
    {
        var ru = w.Lang == "ru";
        await w.Page.Locator($"#Input_Title_{w.Lang}_").FillAsync(title ?? (ru ? "Паромы на солнечных батареях для малых рек" : "Solar ferries for small rivers"));
        await w.Page.Locator($"#Input_Summary_{w.Lang}_").FillAsync(title is null ? ru ? "Верфь и кафедра строят паром, который ходит без топлива." : "A shipyard and a chair build a ferry that needs no fuel." : ru ? "Здесь сказано достаточно много слов о том, что важно: summary." : "Here enough words are said about what is important: summary.");
        foreach (var (field, value) in new[] { ("Sector", "agro"), ("Kind", "new"), ("Mode", "general"), ("Track", "emerging") })
            await w.Page.Locator($"label:has(input[name='Input.{field}'][value='{value}'])").ClickAsync();
        await NextAsync(w);
        if (step == "why") return;
        foreach (var field in new[] { "Today", "Market", "Strengths" })
            await w.Page.Locator($"#Input_{field}_{w.Lang}_").FillAsync(ru ? "Здесь сказано достаточно много слов о том, что важно." : "Here enough words are said about what is important.");
        await w.Page.Locator("#Input_Horizon").FillAsync($"{DateTime.UtcNow.Year + 5}");
        foreach (var at in new[] { "evidence", "links", "measures", "check" })
        {
            await NextAsync(w);
            if (at == step) return;
        }
    }

    static Task NextAsync(Window w) => w.SendAsync(w.Page.Locator("form[data-draft] .btn:not([formaction])"));

    static Task Arrange(Window window) => new BallotSheet(window).AddAsync(3);

    /// <summary>Opens it, does what is to be done, and waits for what scripts fetch.</summary>
    public async Task<Window> OpenAsync(TheSite site, string lang, int width)
    {
        TheSite.MustBeThere();
        var scenes = await Scenes.Of(site);
        var window = await Window.OpenAsync(site, lang, Who is null ? null : await Who(site), width: width);
        await window.GoAsync(Path(scenes));
        await SettleAsync(window);
        if (Act is null) return window;
        await Act(window);
        await SettleAsync(window);
        return window;
    }

    static async Task SettleAsync(Window window)
    {
        await window.Page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]') && document.fonts.status === 'loaded'");
        if (await window.Page.Locator("form[data-ballot=ranking]").CountAsync() > 0)
            await window.Page.WaitForFunctionAsync("() => globalThis.Sortable && globalThis.Sortable.get(document.querySelector('ol.bal'))");
    }
}
