using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Site.Charts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Hosting;

namespace Discovery.Site;

/// <summary>Every component in every state, for whoever builds pages. Only in development.</summary>
internal sealed class DesignModel(IWebHostEnvironment environment, When when) : PageModel
{
    /// <summary>A field of each kind, as it is and with a fault.</summary>
    public sealed class Form
    {
        public string? Title { get; set; }
        public string? Story { get; set; }
        public string? Kind { get; set; } = "b";
        public string? Way { get; set; } = "a";
        public string[] Many { get; set; } = ["b"];
        public string[] Sectors { get; set; } = ["chem"];
        public DateOnly? Day { get; set; } = new(2027, 4, 11);
        public int? Number { get; set; } = 12;
        public string? File { get; set; }
        public bool Agree { get; set; }
    }

    public Form Good { get; } = new();
    public Form Wrong { get; } = new();

    public RoundCopy Round { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (!environment.IsDevelopment()) return NotFound();
        Round = Sample(when.Now);
        foreach (var (field, fault) in new[] { ("Title", S("Напишите название: до 200 знаков", "Write a title: up to 200 characters")), ("Story", S("Слишком коротко: нужно хотя бы два предложения", "Too short: two sentences at least")), ("Kind", S("Выберите из списка", "Choose from the list")), ("Way", S("Выберите один ответ", "Choose one answer")), ("Many", S("Отметьте хотя бы один", "Tick one at least")), ("Day", S("Такого дня нет", "There is no such day")), ("File", S("Файл больше 5 МБ", "The file is larger than 5 MB")), ("Agree", S("Без согласия дальше нельзя", "Consent is needed to go on")) })
            ModelState.AddModelError("Wrong." + field, fault);
        return Page();
    }

    /// <summary>Words of the samples: data, as a person would have typed it in both languages.</summary>
    public static string S(string ru, string en) => new Text(ru, en).Here();

    public static IReadOnlyList<SelectListItem> Choices(string chosen) =>
    [
        new(S("Фирма", "Firm"), "a", chosen == "a") { Group = new() { Name = S("Производит и продаёт", "Makes and sells") } },
        new(S("Вуз или институт", "University or institute"), "b", chosen == "b") { Group = new() { Name = S("Учит и исследует", "Teaches and studies") } },
        new(S("Сообщество потребителей", "Community of consumers"), "c", chosen == "c"),
    ];

    public IReadOnlyDictionary<string, double> Parts { get; } = new Dictionary<string, double> { ["firms"] = 41, ["returning"] = 17, ["science"] = 23, ["consumers"] = 64 };

    public static IReadOnlyList<SlopeItem> Before => [Item(1, "chem"), Item(2, "agro"), Item(3, "digital"), Item(4, "wood")];
    public static IReadOnlyList<SlopeItem> After => [Item(2, "agro"), Item(1, "chem"), Item(4, "wood"), Item(5, "craft")];

    public static IReadOnlyList<ScatterPoint> Points => [.. new[] { (82, 74, RankMark.Firm), (35, 81, RankMark.Firm), (64, 28, RankMark.Edge), (22, 19, RankMark.Out), (97, 52, RankMark.Firm) }
        .Select((p, i) => new ScatterPoint(i + 1, S(Titles[i].Ru, Titles[i].En), p.Item1, p.Item2, p.Item3))];

    public IReadOnlyList<DateSpan> Spans => [.. Round.Charter.Phases.Select(p => new DateSpan(S(Names[p.Kind].Ru, Names[p.Kind].En), p.Starts, p.Ends))];

    private static readonly Dictionary<string, (string Ru, string En)> Names = new()
    {
        [PhaseKinds.Proposals] = ("Предложения", "Proposals"), [PhaseKinds.Admission] = ("Допуск", "Admission"), [PhaseKinds.Voting] = ("Голосование", "Voting"), [PhaseKinds.Results] = ("Итоги", "Results"),
    };

    private static readonly (string Ru, string En)[] Titles =
    [
        ("Биоразлагаемая упаковка из крахмала", "Biodegradable packaging from starch"), ("Сыр с защищённым именем места", "Cheese with a protected name of origin"),
        ("Открытые данные ЖКХ и умные счётчики", "Open utility data and smart meters"), ("Клеёный брус для школ", "Glued timber for schools"), ("Протезы кисти из местной мастерской", "Hand prostheses from a local workshop"),
    ];

    private static SlopeItem Item(int number, string sector) => new(number, S(Titles[number - 1].Ru, Titles[number - 1].En), sector);

    private static RoundCopy Sample(DateTimeOffset now)
    {
        GroupText Group(string id, string ru, string en, string shortRu, string shortEn) => new(id, new(ru, en), new(shortRu, shortEn), []);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var region = new Region("sample", new("Зареченская область", "Zarechnaya region"), "Asia/Yekaterinburg", "reka",
            [.. from row in Enumerable.Range(0, 4) from column in Enumerable.Range(0, 5 - row % 2) select new Cell($"{row}-{column}", new($"Район {row}{column}", $"District {row}{column}"), row, column + row % 2 * 0.5, (row, column) == (1, 2))], [2.5, 2, 2.5, 2]);
        var charter = new Charter("sample", region, new("Приоритеты 2035", "Priorities 2035"), new("Что делать?", "What to do?"), new("", ""),
            [Group("firms", "Фирмы", "Firms", "фирмы", "firms"), Group("returning", "Вернувшиеся", "Returning", "вернувш.", "returning"), Group("science", "Наука", "Science", "наука", "science"), Group("consumers", "Потребители", "Consumers", "потреб.", "consumers")],
            "{}", "", [new(PhaseKinds.Proposals, today.AddDays(-60), today.AddDays(-20)), new(PhaseKinds.Admission, today.AddDays(-20), today.AddDays(-8)), new(PhaseKinds.Voting, today.AddDays(-8), today.AddDays(9)), new(PhaseKinds.Results, today.AddDays(9), today.AddDays(23))], Origins.Live);
        var round = new RoundCopy(Guid.Empty);
        round.Apply(new RoundPublished(Guid.Empty, 1, now, charter));
        var sequence = 1;
        foreach (var phase in charter.Phases.Take(3))
        {
            round.Apply(new PhaseStarted(Guid.Empty, ++sequence, phase.Starts, phase.Kind, phase.Ends));
            if (phase.Ends < now) round.Apply(new PhaseEnded(Guid.Empty, ++sequence, phase.Ends, phase.Kind));
        }
        return round;
    }
}
