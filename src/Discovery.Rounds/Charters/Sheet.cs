using System.Globalization;
using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;

namespace Discovery.Rounds.Charters;

/// <summary>
/// The charter as an official types it: times in the region's zone, municipalities as lines, three groups to start from.
/// Its fields have the names of <see cref="DraftRound.Form"/>, so that errors find them.
/// </summary>
internal sealed class Sheet
{
    public string? Slug { get; set; }
    public RegionSheet Region { get; set; } = new();
    public Text Title { get; set; } = [];
    public Text Question { get; set; } = [];
    public Text Summary { get; set; } = [];
    public List<GroupSheet> Groups { get; set; } = [];
    public int K { get; set; } = 12;
    public string Ballot { get; set; } = "ranking";
    public int MaxRanked { get; set; } = 10;
    public string? Floor { get; set; } = "1/20";
    public string? Breadth { get; set; } = "1/20";
    public string Standings { get; set; } = "auditors";
    public int ReconciliationHours { get; set; } = 24;
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
    }

    public sealed class PhaseSheet
    {
        public string Kind { get; set; } = "";
        public DateTime Starts { get; set; }
        public DateTime Ends { get; set; }
    }

    /// <summary>A new sheet: the region as its last round had it, usual lengths of phases, beginning tomorrow.</summary>
    public static Sheet New(Region? region, DateTimeOffset now)
    {
        var sheet = new Sheet();
        if (region is not null)
            sheet.Region = new() { Slug = region.Slug, Name = region.Name, Zone = region.Zone, Brand = region.Brand, Cells = string.Join('\n', region.Cells.Select(c => Line(c.Name))) };
        sheet.Groups =
        [
            Group("firms", new("Бизнес", "Business"), OrganisationKinds.Firm, OrganisationKinds.Finance),
            Group("science", new("Наука и вузы", "Science and universities"), OrganisationKinds.University),
            Group("consumers", new("Потребители и общество", "Consumers and society"), OrganisationKinds.Community, OrganisationKinds.Ngo),
        ];
        var from = now.UtcDateTime.Date.AddDays(1).AddHours(9);
        foreach (var (kind, days) in new[] { (PhaseKinds.Proposals, 42), (PhaseKinds.Admission, 7), (PhaseKinds.Voting, 14), (PhaseKinds.Results, 14) })
        {
            sheet.Phases.Add(new() { Kind = kind, Starts = from, Ends = from.AddDays(days) });
            from = from.AddDays(days);
        }
        sheet.Title = new($"Приоритеты {now.Year + 8}", $"Priorities {now.Year + 8}");
        return sheet;
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
            Region = new(Region.Slug?.Trim() ?? "", Region.Name, Region.Zone, Region.Brand, same ? known!.Cells : Honeycomb(cells), same ? known!.River : []),
            Title = Title,
            Question = Question,
            Summary = Summary,
            Groups = [.. Groups.Select(g => new DraftRound.Group(g.Id, g.Name, null, g.Kinds, g.Weight))],
            K = K,
            Ballot = Ballot,
            MaxRanked = MaxRanked,
            Floor = Floor?.Trim() ?? "",
            Breadth = Breadth?.Trim() ?? "",
            Standings = Standings,
            ReconciliationHours = ReconciliationHours,
            Phases = [.. Phases.Select(p => new Phase(p.Kind, At(p.Starts), At(p.Ends)))],
        };
    }

    // Rows of equal length, every second one shifted by half a cell; the official may draw a better map by the API.
    static List<Cell> Honeycomb(string[] lines)
    {
        var width = (int)Math.Ceiling(Math.Sqrt(lines.Length * 1.2));
        return [.. lines.Select((line, i) => new Cell(string.Create(CultureInfo.InvariantCulture, $"m{i + 1:00}"), Name(line), i / width, i % width + (i / width % 2 == 1 ? 0.5 : 0)))];
    }

    static Text Name(string line) => line.Split('/', 2, StringSplitOptions.TrimEntries) is [var ru, { Length: > 0 } en] ? new(ru, en) : new() { ["ru"] = line.TrimEnd('/', ' ') };

    static string Line(Text name) => name.TryGetValue("en", out var en) && en.Length > 0 ? $"{name.GetValueOrDefault("ru")} / {en}" : name.In("ru");

    static GroupSheet Group(string id, Text name, params string[] kinds) => new() { Id = id, Name = name, Kinds = [.. kinds] };
}
