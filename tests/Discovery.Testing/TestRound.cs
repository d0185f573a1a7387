using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.Testing;

/// <summary>What a round of a test is like; everything has a small default.</summary>
public sealed record Plan
{
    /// <summary>demonstration: a tool fills it and it publishes itself. live: people do everything. import: pseudonymous voters.</summary>
    public string Origin { get; init; } = "demonstration";

    public int Proposals { get; init; } = 6;
    public int K { get; init; } = 3;
    public int MaxRanked { get; init; } = 4;
    public bool Ties { get; init; } = true;
    public string Ballot { get; init; } = "ranking";
    public string Standings { get; init; } = "auditors";
    public int ReconciliationHours { get; init; }

    /// <summary>How many organisations must support a proposal, and from how many groups; none in most tests.</summary>
    public (int Organisations, int Groups) Endorsements { get; init; }

    /// <summary>How long voting lasts, from its start.</summary>
    public TimeSpan Voting { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Phases come by the clock, an hour from now and then at 2, 4, 5 and 7 hours: nobody starts them by hand.</summary>
    public bool ByClock { get; init; }

    /// <summary>Groups of an imported round; elsewhere there are firms, science and consumers.</summary>
    public IReadOnlyList<string> Groups { get; init; } = ["a", "b"];
}

/// <summary>A round on its way, moved by officials or by the tool through the API.</summary>
public sealed class TestRound(Portal portal, string slug, Plan plan)
{
    static int count;

    public string Slug => slug;

    public Plan Plan => plan;

    bool IsLive => plan.Origin == "live";

    /// <summary>Who runs it.</summary>
    HttpClient Runner() => IsLive ? portal.As("official") : portal.AsTool();

    public string Api(string service, string rest = "") => service == "rounds" ? $"/api/rounds/{slug}{rest}" : $"/api/{service}/rounds/{slug}{rest}";

    public static async Task<TestRound> DraftAsync(Portal portal, Plan plan)
    {
        var slug = $"round-{Interlocked.Increment(ref count)}-{Guid.NewGuid().ToString("N")[..6]}";
        var round = new TestRound(portal, slug, plan);
        using var runner = round.Runner();
        await runner.Post("/api/rounds", round.Charter());
        return round;
    }

    public async Task<TestRound> PublishAsync()
    {
        using var runner = Runner();
        await portal.Until(runner, Api("rounds"), r => r.Text("seedCommitment") is not null);
        await runner.Post(Api("rounds", "/publish"));
        if (!IsLive) return this;
        using var second = portal.As("official 2");
        await second.Post(Api("rounds", "/publish"));
        return this;
    }

    public async Task StartAsync(string phase)
    {
        if (plan.ByClock)
        {
            await portal.Until(portal.Anonymous, Api("rounds"), r => r.Text("phase") == phase);
            return;
        }
        using var runner = Runner();
        await runner.Post(Api("rounds", $"/phases/{phase}/start"), new { reason = "the test goes on" });
    }

    /// <summary>Numbers 1 and 2 belong to the first firm and to the family's owner, the others to an institute without a vote.</summary>
    public async Task ProposeAsync()
    {
        var town = await portal.Town;
        Voter AuthorOf(int number) => number switch { 1 => town.Firms[0], 2 => town.Family[0], _ => town.Institute };
        await StartAsync("proposals");
        using var runner = Runner();
        await portal.Until(runner, Api("proposals"), _ => true);
        if (!IsLive)
        {
            var anonymous = plan.Origin == "import";
            await runner.Post(Api("proposals", "/import"), new
            {
                reason = "the test needs them",
                proposals = Enumerable.Range(1, plan.Proposals).Select(n => new { number = n, title = Town.Both($"Предложение {n}", $"Proposal {n}"), sector = "agro", organisation = anonymous ? (Guid?)null : AuthorOf(n).Subject }),
            });
            return;
        }
        for (var n = 1; n <= plan.Proposals; n++)
        {
            using var author = portal.AsVoter(AuthorOf(n).Person);
            await Portal.Until(async () => (await SubmitAsync(author, AuthorOf(n).Subject, n)) == 201, "the mandate is known to Proposals and the phase has begun");
            await DecideAsync(n, "publish");
        }
    }

    /// <summary>The open case of a proposal, once Moderation has heard of it.</summary>
    public async Task<JsonElement> CaseAsync(HttpClient moderator, int number, string? why = null)
    {
        JsonElement found = default;
        await portal.Until(moderator, Api("moderation", "/cases"), cases =>
        {
            found = cases.EnumerateArray().FirstOrDefault(c => c.GetProperty("number").GetInt32() == number && (why is null || c.Text("why") == why));
            return found.ValueKind == JsonValueKind.Object;
        });
        return found;
    }

    /// <summary>A moderator decides on a proposal; waits until Proposals has obeyed.</summary>
    /// <param name="by">An official where none is named.</param>
    public async Task DecideAsync(int number, string decision, string? reason = null, string? text = null, HttpClient? by = null, string? why = null)
    {
        using var official = portal.As("official");
        var item = await CaseAsync(by ?? official, number, why);
        await (by ?? official).Post(Api("moderation", $"/cases/{item.Text("id")}/decision"), new { decision, reason, text });
        var state = decision switch { "publish" or "grant" or "suggest-merge" => "published", "return" => "returned", "hide" => "hidden", _ => null };
        if (state is not null) await portal.Until(official, Api("proposals", $"/{number}"), p => p.Text("state") == state);
    }

    /// <returns>The status.</returns>
    public async Task<int> SubmitAsync(HttpClient author, Guid organisation, int number)
    {
        using var answer = await author.PostAsJsonAsync(Api("proposals"), Content(organisation, number));
        return (int)answer.StatusCode;
    }

    public static object Content(Guid organisation, int number) => new
    {
        organisation,
        title = Town.Both($"Предложение номер {number}", $"Proposal number {number}"),
        summary = Long("summary"), today = Long("today"), market = Long("market"), strengths = Long("strengths"),
        sector = "agro", mode = "general", kind = "new", track = "main", horizon = DateTime.UtcNow.Year + 5,
    };

    /// <summary>Ends the collection and freezes the list: a tool at once, officials two together.</summary>
    public async Task FreezeAsync()
    {
        await StartAsync("admission");
        using var first = Runner();
        await portal.Until(first, Api("proposals", "/ballot-list"), l => l.GetProperty("isTime").GetBoolean() && l.Text("obstacle") is null && l.GetProperty("count").GetInt32() == plan.Proposals);
        await first.Post(Api("proposals", "/ballot-list"));
        if (!IsLive) return;
        using var second = portal.As("official 2");
        await second.Post(Api("proposals", "/ballot-list"));
    }

    public async Task OpenAsync()
    {
        await StartAsync("voting");
        await portal.Until(portal.Anonymous, Api("voting"), v => v.Text("state") == "open");
        if (plan.Origin != "import") await (await portal.Town).KnownAsync(portal, slug);
    }

    /// <summary>Puts pseudonymous voters on the roll of an imported round; they take turns among its groups.</summary>
    public async Task<IReadOnlyList<Voter>> EnrolAsync(int voters)
    {
        var electors = Enumerable.Range(0, voters).Select(i => new Voter(Portal.Id($"{slug}/{i}"), Portal.Id($"{slug}/{i}"), plan.Groups[i % plan.Groups.Count])).ToList();
        using var tool = portal.AsTool();
        foreach (var page in electors.Chunk(2000)) await tool.Post(Api("voting", "/electors"), page.Select(e => new { voter = e.Subject, group = e.Group }));
        return electors;
    }

    /// <param name="tiers">Numbers, best first; each its own tier.</param>
    public Task<Receipt> CastAsync(Voter voter, params int[] tiers) => CastAsync(voter, new { tiers = tiers.Select(t => new[] { t }) });

    public async Task<Receipt> CastAsync(Voter voter, object ballot)
    {
        using var http = portal.AsVoter(voter.Person);
        return Receipt.Of(await http.Put(Api("voting", "/ballot"), ballot));
    }

    public async Task<Receipt> WithdrawAsync(Voter voter)
    {
        using var http = portal.AsVoter(voter.Person);
        return Receipt.Of(await http.DeleteAsync(Api("voting", "/ballot")).Json());
    }

    /// <summary>Ends the vote by hand and waits for the seal.</summary>
    public async Task<JsonElement> CloseAsync()
    {
        using var runner = Runner();
        await runner.Post(Api("voting", "/close"), new { reason = "all have voted" });
        return await SealedAsync();
    }

    public Task<JsonElement> SealedAsync() => portal.Until(portal.Anonymous, Api("voting"), v => v.Text("state") == "sealed");

    /// <summary>Waits for the count; in a live round two officials then publish it.</summary>
    public async Task<JsonElement> ResultsAsync(int seconds = 120)
    {
        if (IsLive)
        {
            using var first = portal.As("official");
            using var second = portal.As("official 2");
            await portal.Until(first, Api("aggregation"), r => r.Text("countedAt") is not null, seconds);
            await first.Post(Api("aggregation", "/publication"));
            await second.Post(Api("aggregation", "/publication"));
        }
        return await portal.Until(portal.Anonymous, Api("aggregation"), r => r.Text("publishedAt") is not null, seconds);
    }

    /// <summary>Both bundles as files: the auditor's and the public one.</summary>
    public async Task<(string Auditor, string Public)> BundlesAsync(string folder)
    {
        using var auditor = portal.As("auditor");
        // Voting learns of the published result a moment after everybody else.
        await portal.Until(auditor, Api("voting", "/bundle"), b => b.Text("resultHash") is not null);
        var (full, open) = (Path.Combine(folder, slug + "-auditor.json"), Path.Combine(folder, slug + "-public.json"));
        await File.WriteAllBytesAsync(full, await auditor.GetByteArrayAsync(Api("voting", "/bundle")));
        await File.WriteAllBytesAsync(open, await portal.Anonymous.GetByteArrayAsync(Api("aggregation", "/bundle")));
        return (full, open);
    }

    public object Charter()
    {
        var import = plan.Origin == "import";
        object Group(string id, string ru, params string[] kinds) => new { id, name = Town.Both(ru, id), @short = Town.Both(ru, id), kinds, weight = 1 };
        return new
        {
            slug,
            region = new { slug, name = Town.Both("Край проверок", "Land of tests"), zone = "Europe/Samara", brand = "reka", cells = new[] { new { key = "m1", name = Town.Both("Город", "Town"), row = 0, column = 0, capital = true } }, river = Array.Empty<double>() },
            title = Town.Both($"Круг {slug}", $"Round {slug}"),
            question = Town.Both("Что важно?", "What matters?"),
            summary = Town.Both("Проверка", "A test"),
            groups = import ? [.. plan.Groups.Select(g => Group(g, g))] : new[] { Group("firms", "Бизнес", "firm"), Group("science", "Наука", "university"), Group("consumers", "Потребители", "community") },
            k = plan.K, ballot = plan.Ballot, maxRanked = plan.MaxRanked, ties = plan.Ties, standings = plan.Standings, reconciliationHours = plan.ReconciliationHours,
            phases = Phases(), origin = plan.Origin, endorsements = plan.Endorsements.Organisations, endorsingGroups = plan.Endorsements.Groups,
            verification = new { name = Town.Both("Отдел полномочий", "Mandates office"), address = "mandates@tests.example" },
            appeals = new { name = Town.Both("Отдел жалоб", "Appeals office"), address = "appeals@tests.example" },
            moderation = Town.Both("Реклама не публикуется.", "No advertising."),
        };
    }

    // A live round has everything before it, and officials begin early; a tool's round has everything behind it, and a phase that begins late keeps its length.
    object[] Phases()
    {
        if (plan.ByClock)
        {
            var now = DateTimeOffset.UtcNow;
            return [.. new[] { ("proposals", 1, 2), ("admission", 2, 4), ("voting", 4, 5), ("results", 5, 7) }.Select(p => new { kind = p.Item1, starts = now.AddHours(p.Item2), ends = now.AddHours(p.Item3) })];
        }
        var at = IsLive ? DateTimeOffset.UtcNow.AddDays(30) : DateTimeOffset.UtcNow.AddDays(-30);
        return
        [
            new { kind = "proposals", starts = at.AddDays(-9), ends = at.AddDays(-5) }, new { kind = "admission", starts = at.AddDays(-5), ends = at },
            new { kind = "voting", starts = at, ends = at + plan.Voting }, new { kind = "results", starts = at + plan.Voting, ends = at + plan.Voting + TimeSpan.FromDays(3) },
        ];
    }

    static object Long(string what) => Town.Both($"Здесь сказано достаточно много слов о том, что важно: {what}.", $"Here enough words are said about what is important: {what}.");
}

/// <param name="Leaf">64 hexadecimal digits.</param>
public sealed record Receipt(string Code, string Leaf, long Sequence, int Revision)
{
    public static Receipt Of(JsonElement json) => new(json.GetProperty("code").GetString()!, json.GetProperty("leaf").GetString()!, json.GetProperty("sequence").GetInt64(), json.GetProperty("revision").GetInt32());
}

public static class Rounds
{
    /// <summary>A published round in which proposals are being collected.</summary>
    public static async Task<TestRound> CollectingRound(this Portal portal, Plan? plan = null)
    {
        await portal.Town;
        var round = await (await TestRound.DraftAsync(portal, plan ?? new())).PublishAsync();
        await round.ProposeAsync();
        return round;
    }

    /// <summary>A round whose list is frozen and in which nobody votes yet.</summary>
    public static async Task<TestRound> FrozenRound(this Portal portal, Plan? plan = null)
    {
        var round = await portal.CollectingRound(plan);
        await round.FreezeAsync();
        return round;
    }

    /// <summary>A round in which everybody of the town may vote now.</summary>
    public static async Task<TestRound> OpenRound(this Portal portal, Plan? plan = null)
    {
        var round = await portal.FrozenRound(plan);
        await round.OpenAsync();
        return round;
    }
}
