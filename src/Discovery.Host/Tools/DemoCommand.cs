using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Discovery.Contracts.Rounds;
using Discovery.Host.Demo;
using Spectre.Console;
using Region = Discovery.Contracts.Rounds.Region;
using Text = Discovery.Contracts.Text;

namespace Discovery.Host.Tools;

/// <summary><c>discovery demo</c>: fills an installation with a fictional region: a round with a published shortlist, and one in which everybody may vote now.</summary>
internal static class DemoCommand
{
    /// <summary>One sign-in per role; shown on the console and, in a demonstration only, on the sign-in page.</summary>
    static readonly (string Email, Both Name, string? Role, string? Organisation)[] People =
    [
        ("firm@demo.example", new("Директор «Биополимера»", "Director of Biopolymer"), null, "biopolimer"),
        ("science@demo.example", new("Заведующая лабораторией", "Head of a laboratory"), null, "university"),
        ("consumer@demo.example", new("Участница сообщества", "Member of a community"), null, "community"),
        ("official@demo.example", new("Сотрудник министерства", "Ministry official"), "official", null),
        ("second@demo.example", new("Второй сотрудник", "Second official"), "official", null),
        ("auditor@demo.example", new("Аудитор", "Auditor"), "auditor", null),
    ];

    const string Password = "zarechnaya-2035";

    public static Command Describe()
    {
        var data = DataOption.New();
        var server = new Option<string?>("--server") { Description = "A running installation instead, whose key ring this machine shares" };
        var command = new Command("demo", "Fill a fictional region: proposals, hundreds of ballots, a published shortlist") { data, server };
        command.SetAction(async parsed =>
        {
            await using var installation = await Installation.AtAsync(parsed.GetValue(server), parsed.GetValue(data)!);
            return await FillAsync(installation);
        });
        return command;
    }

    static async Task<int> FillAsync(Installation installation)
    {
        var demo = Demonstration.Load();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().StartAsync(async progress =>
        {
            var total = progress.AddTask("demonstration", maxValue: demo.Rounds.Count + 1);
            await installation.PostAsync("/api/identity/import", new { organisations = Organisations(demo), members = Members(demo), accounts = Accounts(demo) });
            total.Increment(1);
            foreach (var round in demo.Rounds)
            {
                if (!await installation.HasRoundAsync(round.Slug)) await FillAsync(installation, demo, round);
                total.Increment(1);
            }
        });
        Console.WriteLine($"A demonstration, not a real region. Sign in with the password {Password} as:");
        foreach (var person in People) Console.WriteLine($"  {person.Email,-22} {person.Name.Ru} / {person.Name.En}");
        return 0;
    }

    static async Task FillAsync(Installation installation, Demonstration demo, Demonstration.Round round)
    {
        var replay = new ReplayedRound(installation, round.Slug);
        var now = DateTimeOffset.UtcNow;
        var today = new DateTimeOffset(now.Year, now.Month, now.Day, 15, 0, 0, TimeSpan.Zero);
        await replay.PublishAsync(new
        {
            round.Slug,
            region = new Region(demo.Region.Slug, Of(demo.Region.Name), demo.Region.Zone, demo.Region.Brand, [.. demo.Region.Cells.Select(c => new Cell(c.Key, Of(c.Name), c.Row, c.Col + c.Row % 2 * 0.5, c.Capital))], demo.Region.River),
            title = Of(round.Title),
            question = Of(round.Question),
            summary = Of(round.Summary),
            groups = round.Groups.Select(g => new { g.Id, name = Of(g.Name), @short = Of(g.Short), g.Kinds, g.Weight }),
            round.K,
            ballot = "ranking",
            maxRanked = round.UpTo,
            ties = true,
            phases = ReplayedRound.Phases(round.Published ? today.AddDays(-3) : today.AddDays(21)),
            origin = Origins.Demonstration,
            endorsements = 5,
            endorsingGroups = 2,
            verification = new Contact(new("Отдел инноваций министерства экономики", "Innovation department of the Ministry of Economy"), "mandates@zarechnaya.example"),
            appeals = new Contact(new("Уполномоченный по защите прав предпринимателей", "Business ombudsman"), "ombudsman@zarechnaya.example"),
            moderation = new Text(
                "Не публикуются реклама, оскорбления и личные данные других людей. Каждый отказ называет причину, и автор может её обжаловать.",
                "Advertising, insults and other people's personal data are not published. Every refusal names its reason, and the author may object."),
        });
        await replay.StartAsync(PhaseKinds.Proposals);
        await replay.ProposeAsync(round.Proposals.Select(p => new
        {
            p.Number, title = Of(p.Title), summary = Of(p.Summary), today = Of(p.Today), market = Of(p.Market), strengths = Of(p.Strengths),
            p.Sector, p.Also, p.Municipality, p.Mode, kind = p.Type, p.Track, p.Horizon,
            organisation = Id(p.Author), coAuthors = p.Coauthors.Select(Id), submittedAt = today.AddDays((round.Published ? -90 : -40) + p.Number % 28), endorsers = Endorsers(demo, p),
        }));
        await replay.OpenAsync();
        var voices = Opinions.Speak(demo, round, Opinions.Seed).ToList();
        // The people who can sign in are left a ballot of their own to cast.
        var mine = People.Where(p => p.Organisation is not null).Select(p => Voter(demo, p.Organisation!)).ToHashSet();
        if (!round.Published) voices.RemoveAll(v => mine.Contains(VoterOf(v)));
        await installation.WaitAsync($"/api/voting/rounds/{round.Slug}/electorate", e => e.GetProperty("electors").GetInt32() >= voices.Count);
        await replay.VoteAsync(voices.Select(v => (VoterOf(v), v.Tiers.Select(t => t.AsEnumerable()), v.Approved?.AsEnumerable())), new Progress<int>());
        if (round.Published) await replay.FinishAsync();
    }

    static IEnumerable<object> Organisations(Demonstration demo) =>
    [
        .. demo.Organisations.Select(o => new { id = Id(o.Key), name = Of(o.Name), o.Kind, registrationNumber = o.Inn, municipality = o.Municipality, family = o.Family is null ? (Guid?)null : Id(o.Family) }),
        .. Crowd.Of(demo).Select(o => new { id = Id(o.Key), name = Of(o.Name), o.Kind, registrationNumber = o.Inn, municipality = o.Municipality, family = (Guid?)null }),
    ];

    // Enough for the charter, and not the same ones everywhere: a few independent organisations of each kind, further on in the list for every proposal.
    static IEnumerable<Guid> Endorsers(Demonstration demo, Demonstration.Proposal proposal) =>
        demo.Organisations.Where(o => o.Family is null && o.Key != proposal.Author && !proposal.Coauthors.Contains(o.Key)).GroupBy(o => o.Kind)
            .SelectMany(kind => kind.Skip(proposal.Number * 3 % Math.Max(1, kind.Count() - 4)).Take(1 + (proposal.Number + kind.Key.Length) % 4)).Select(o => Id(o.Key));

    // Members of all rounds: the same person is a member of the same community.
    static IEnumerable<object> Members(Demonstration demo) =>
        demo.Rounds.SelectMany(r => Opinions.Speak(demo, r, Opinions.Seed)).Where(v => v.Person > 0).DistinctBy(v => v.Person)
            .Select(v => new { community = Id(v.Organisation!), person = Person(v.Person) });

    static IEnumerable<object> Accounts(Demonstration demo) => People.Select(p => new
    {
        id = p.Organisation == "community" ? Person(1) : Id("account/" + p.Email),
        p.Email,
        displayName = p.Name.Ru,
        password = Password,
        roles = p.Role is null ? Array.Empty<string>() : [$"{demo.Region.Slug}:{p.Role}"],
        organisations = p.Organisation is null or "community" ? [] : new[] { Voter(demo, p.Organisation) },
        demonstration = true,
    });

    static Guid Voter(Demonstration demo, string of) => of switch
    {
        "community" => Person(1),
        "university" => Id(demo.Organisations.First(o => o.Kind == "university").Key),
        _ => Id(of),
    };

    static Guid VoterOf(Voice voice) => voice.Person > 0 ? Person(voice.Person) : Id(voice.Organisation!);

    static Guid Person(int number) => Id($"person/{number}");

    /// <summary>The same demonstration has the same ids everywhere.</summary>
    static Guid Id(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes("demonstration/" + key))[..16]);

    static Text Of(Both text) => new(text.Ru, text.En);
}
