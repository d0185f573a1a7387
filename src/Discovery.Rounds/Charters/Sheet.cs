using System.Globalization;
using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;

namespace Discovery.Rounds.Charters;

/// <summary>
/// The charter as an official types it: times in the region's zone, municipalities as lines, a template to start from.
/// Its fields have the names of <see cref="DraftRound.Form"/>, so that errors find them.
/// </summary>
internal sealed class Sheet
{
    public string? Slug { get; set; }
    public string Profile { get; set; } = Profiles.Regional;
    public RegionSheet Region { get; set; } = new();
    public Text Title { get; set; } = [];
    public Text Question { get; set; } = [];
    public Text Summary { get; set; } = [];
    public List<GroupSheet> Groups { get; set; } = [];
    public int K { get; set; } = 12;
    public string Ballot { get; set; } = "ranking";
    public int MaxRanked { get; set; } = 10;
    public bool Ties { get; set; }
    public string? Floor { get; set; } = "1/20";
    public string? Breadth { get; set; } = "1/20";
    public bool Exposure { get; set; }
    public int Endorsements { get; set; }
    public int EndorsingGroups { get; set; }
    public string Standings { get; set; } = "auditors";
    public int ReconciliationHours { get; set; } = 24;
    public ContactSheet Verification { get; set; } = new();
    public ContactSheet Appeals { get; set; } = new();
    public Text Moderation { get; set; } = [];
    public int ReplyDays { get; set; } = 30;
    public List<PhaseSheet> Phases { get; set; } = [];

    public sealed class RegionSheet
    {
        public string? Slug { get; set; }
        public Text Name { get; set; } = [];
        public string Zone { get; set; } = "Europe/Moscow";
        public string Brand { get; set; } = "reka";

        /// <summary>One in a line; a name in a second language after a slash.</summary>
        public string? Cells { get; set; }
    }

    public sealed class GroupSheet
    {
        public string Id { get; set; } = "";
        public Text Name { get; set; } = [];
        public List<string> Kinds { get; set; } = [];
        public int Weight { get; set; } = 1;

        /// <summary>Empty: none.</summary>
        public string? Partner { get; set; }
    }

    public sealed class ContactSheet
    {
        public Text Name { get; set; } = [];
        public string? Address { get; set; }

        public static ContactSheet Of(Contact? contact) => new() { Name = contact?.Name ?? [], Address = contact?.Address };

        public Contact ToContact() => new(Name, Address ?? "");
    }

    public sealed class PhaseSheet
    {
        public string Kind { get; set; } = "";
        public DateTime Starts { get; set; }
        public DateTime Ends { get; set; }
    }

    /// <summary>A new sheet from the template of a profile: the region as its last round had it, phases of usual length from next Monday on.</summary>
    public static Sheet New(string profile, Region? region, DateTimeOffset now)
    {
        var zone = region is not null && TimeZoneInfo.TryFindSystemTimeZoneById(region.Zone, out var found) ? found : TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        var sheet = Template(profile);
        if (region is not null) sheet.Region = Of(region);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var from = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 6) % 7 + 1).AddHours(9);
        foreach (var phase in sheet.Phases)
        {
            // Each begins with the end of the one before, on a Friday when people are still at work to answer questions.
            var ends = from.Date.AddDays((phase.Ends - phase.Starts).Days - ((int)from.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7).AddHours(18);
            (phase.Starts, phase.Ends) = (from, ends);
            from = ends;
        }
        sheet.Title = new($"Приоритеты {now.Year + 8}", $"Priorities {now.Year + 8}");
        return sheet;
    }

    /// <summary>A written charter again: a draft that is worked on.</summary>
    public static Sheet Of(DraftRound.Form plan)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(plan.Region!.Zone);
        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return new()
        {
            Slug = plan.Slug, Profile = plan.Profile, Region = Of(plan.Region), Title = plan.Title, Question = plan.Question, Summary = plan.Summary,
            Groups = [.. plan.Groups.Select(g => new GroupSheet { Id = g.Id, Name = g.Name, Kinds = [.. g.Kinds], Weight = g.Weight, Partner = g.Partner })],
            K = plan.K, Ballot = plan.Ballot, MaxRanked = plan.MaxRanked, Ties = plan.Ties, Floor = plan.Floor, Breadth = plan.Breadth, Exposure = plan.Exposure,
            Endorsements = plan.Endorsements, EndorsingGroups = plan.EndorsingGroups, Standings = plan.Standings, ReconciliationHours = plan.ReconciliationHours,
            Verification = ContactSheet.Of(plan.Verification), Appeals = ContactSheet.Of(plan.Appeals), Moderation = plan.Moderation, ReplyDays = plan.ReplyDays,
            Phases = [.. plan.Phases.Select(p => new PhaseSheet { Kind = p.Kind, Starts = Local(p.Starts), Ends = Local(p.Ends) })],
        };
    }

    /// <summary>A new round like an earlier one: all of it but the address and the dates.</summary>
    public static Sheet CopyOf(DraftRound.Form plan, DateTimeOffset now)
    {
        var (copy, fresh) = (Of(plan), New(plan.Profile, plan.Region, now));
        (copy.Slug, copy.Title) = (null, fresh.Title);
        foreach (var phase in copy.Phases)
            if (fresh.Phases.Find(p => p.Kind == phase.Kind) is { } dates) (phase.Starts, phase.Ends) = (dates.Starts, dates.Ends);
        return copy;
    }

    /// <param name="known">The region's last round: its map is kept as long as the municipalities are the same.</param>
    public DraftRound.Form ToForm(Region? known)
    {
        var cells = (Region.Cells ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var same = known is not null && known.Cells.Select(c => Line(c.Name)).SequenceEqual(cells);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Region.Zone, out var found) ? found : TimeZoneInfo.Utc;
        DateTimeOffset At(DateTime local) => new(local, zone.GetUtcOffset(local));
        return new()
        {
            Slug = Slug?.Trim() ?? "",
            Profile = Profile,
            Region = new(Region.Slug?.Trim() ?? "", Region.Name, Region.Zone, Region.Brand, same ? known!.Cells : Honeycomb(cells), same ? known!.River : []),
            Title = Title,
            Question = Question,
            Summary = Summary,
            Groups = [.. Groups.Select(g => new DraftRound.Group(g.Id, g.Name, null, g.Kinds, g.Weight, Partner: string.IsNullOrEmpty(g.Partner) ? null : g.Partner))],
            K = K,
            Ballot = Ballot,
            MaxRanked = MaxRanked,
            Ties = Ties,
            Floor = Floor?.Trim() ?? "",
            Breadth = Breadth?.Trim() ?? "",
            Exposure = Exposure,
            Endorsements = Endorsements,
            EndorsingGroups = EndorsingGroups,
            Standings = Standings,
            ReconciliationHours = ReconciliationHours,
            Verification = Verification.ToContact(),
            Appeals = Appeals.ToContact(),
            Moderation = Moderation,
            ReplyDays = ReplyDays,
            Phases = [.. Phases.Select(p => new Phase(p.Kind, At(p.Starts), At(p.Ends)))],
        };
    }

    /// <summary>Another group, with a key that no group of this charter has.</summary>
    public void AddGroup()
    {
        var number = Groups.Count + 1;
        while (Groups.Exists(g => g.Id == $"group{number}")) number++;
        Groups.Add(new() { Id = $"group{number}" });
    }

    public void RemoveGroup(int at)
    {
        if (at < 0 || at >= Groups.Count) return;
        foreach (var other in Groups.Where(g => g.Partner == Groups[at].Id)) other.Partner = null;
        Groups.RemoveAt(at);
    }

    // What the three kinds of round differ in (features.md F10): who takes part, how long the list is, how much is asked of a proposal, how long it takes.
    static Sheet Template(string profile)
    {
        var firms = Group("firms", new("Бизнес", "Business"), "science", OrganisationKinds.Firm, OrganisationKinds.Finance);
        var science = Group("science", new("Наука и вузы", "Science and universities"), "firms", OrganisationKinds.University);
        var residents = Group("residents", new("Сообщества жителей", "Residents' communities"), "civic", OrganisationKinds.Community);
        var civic = Group("civic", new("Некоммерческие организации", "Civic organisations"), "residents", OrganisationKinds.Ngo);
        return profile switch
        {
            Profiles.City => new()
            {
                Profile = profile, Groups = [firms, science, residents, civic], K = 8, MaxRanked = 8, Ties = true, Exposure = true,
                Endorsements = 5, EndorsingGroups = 3, Phases = Weeks(4, 1, 2, 2), Moderation = Policy(),
            },
            Profiles.LocalSocial => new()
            {
                Profile = profile, K = 5, Ballot = "approval", MaxRanked = 10, Ties = true, Exposure = true, Endorsements = 3, EndorsingGroups = 2, ReplyDays = 14, Phases = Weeks(3, 1, 2, 1), Moderation = Policy(),
                Groups =
                [
                    Group("firms", new("Предприятия", "Businesses"), "civic", OrganisationKinds.Firm, OrganisationKinds.Finance), residents,
                    Group("civic", new("Учреждения и НКО", "Institutions and civic organisations"), "residents", OrganisationKinds.Ngo, OrganisationKinds.University),
                ],
            },
            _ => new()
            {
                Profile = Profiles.Regional, K = 12, MaxRanked = 10, Ties = true, Exposure = true, Endorsements = 5, EndorsingGroups = 2, Phases = Weeks(6, 1, 2, 2), Moderation = Policy(),
                Groups = [firms, science, Group("consumers", new("Потребители и общество", "Consumers and society"), "science", OrganisationKinds.Community, OrganisationKinds.Ngo)],
            },
        };
    }

    static List<PhaseSheet> Weeks(params int[] weeks) =>
        [.. PhaseKinds.InOrder.Zip(weeks, (kind, n) => new PhaseSheet { Kind = kind, Ends = default(DateTime).AddDays(7 * n) })];

    static Text Policy() => new(
        "Не публикуются реклама, оскорбления, личные данные других людей, призывы нарушить закон и повторы уже опубликованного. Каждый отказ называет причину, и автор может её обжаловать.",
        "Advertising, insults, other people's personal data, calls to break the law and repetitions are not published. Every refusal names its reason, and the author may object.");

    static RegionSheet Of(Region region) => new() { Slug = region.Slug, Name = region.Name, Zone = region.Zone, Brand = region.Brand, Cells = string.Join('\n', region.Cells.Select(c => Line(c.Name))) };

    // Rows of equal length, every second one shifted by half a cell; the official may draw a better map by the API.
    static List<Cell> Honeycomb(string[] lines)
    {
        var width = (int)Math.Ceiling(Math.Sqrt(lines.Length * 1.2));
        return [.. lines.Select((line, i) => new Cell(string.Create(CultureInfo.InvariantCulture, $"m{i + 1:00}"), Name(line), i / width, i % width + (i / width % 2 == 1 ? 0.5 : 0)))];
    }

    static Text Name(string line) => line.Split('/', 2, StringSplitOptions.TrimEntries) is [var ru, { Length: > 0 } en] ? new(ru, en) : new() { ["ru"] = line.TrimEnd('/', ' ') };

    static string Line(Text name) => name.TryGetValue("en", out var en) && en.Length > 0 ? $"{name.GetValueOrDefault("ru")} / {en}" : name.In("ru");

    static GroupSheet Group(string id, Text name, string partner, params string[] kinds) => new() { Id = id, Name = name, Partner = partner, Kinds = [.. kinds] };
}
