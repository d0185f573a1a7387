namespace Discovery.Host.Demo;

internal sealed record GeneratedOrganisation(string Key, Both Name, string Kind, string Municipality, string Inn);

/// <summary>
/// The organisations that fill a group up when the named ones are too few. They depend on no seed: the fifth firm is
/// the same firm in every round and at every start.
/// </summary>
internal static class Crowd
{
    private static readonly Both[] Traits =
    [
        new("Северный", "Northern"), new("Лесной", "Forest"), new("Речной", "River"), new("Полевой", "Field"),
        new("Каменный", "Stone"), new("Новый", "New"), new("Старый", "Old"), new("Светлый", "Bright"),
        new("Тихий", "Quiet"), new("Дальний", "Far"), new("Верхний", "Upper"), new("Нижний", "Lower"),
        new("Восточный", "Eastern"), new("Южный", "Southern"), new("Зимний", "Winter"), new("Первый", "First"),
    ];

    private static readonly Both[] Trades =
    [
        new("мастер", "Master"), new("двор", "Yard"), new("завод", "Works"), new("мост", "Bridge"),
        new("станок", "Lathe"), new("прибор", "Instrument"), new("дом", "House"), new("хлеб", "Bread"),
        new("сад", "Orchard"), new("промысел", "Craft"), new("путь", "Road"), new("ключ", "Spring"),
        new("берег", "Shore"), new("цех", "Workshop"), new("металл", "Metal"), new("ветер", "Wind"),
    ];

    private static readonly Both[] Subjects =
    [
        new("почвоведения", "Soil Science"), new("химии полимеров", "Polymer Chemistry"), new("сварки", "Welding"),
        new("клеточной биологии", "Cell Biology"), new("прикладной статистики", "Applied Statistics"),
        new("гидрологии", "Hydrology"), new("селекции растений", "Plant Breeding"), new("тепловых машин", "Heat Engines"),
        new("древесиноведения", "Wood Science"), new("пищевых технологий", "Food Technology"), new("оптики", "Optics"),
        new("робототехники", "Robotics"), new("микробиологии", "Microbiology"), new("истории края", "Local History"),
        new("электрохимии", "Electrochemistry"), new("машинного зрения", "Machine Vision"),
    ];

    private static readonly Both[] Causes =
    [
        new("Опора", "Support"), new("Почин", "First Step"), new("Наследие", "Heritage"), new("Соседи", "Neighbours"),
        new("Своё дело", "Own Business"), new("Доброе утро", "Good Morning"), new("Родник", "Wellspring"), new("Мастерство", "Skill"),
    ];

    /// <summary>Every generated organisation that the rounds need, each once.</summary>
    public static IReadOnlyList<GeneratedOrganisation> Of(Demonstration demonstration) =>
        [.. demonstration.Rounds.SelectMany(r => r.Groups).SelectMany(g => Of(demonstration, g)).DistinctBy(o => o.Key)];

    /// <summary>Those that one group needs beside the named ones; none for communities, whose members vote themselves.</summary>
    public static IEnumerable<GeneratedOrganisation> Of(Demonstration demonstration, Demonstration.Group group)
    {
        Func<int, GeneratedOrganisation>? make = group.Kinds[0] switch
        {
            "firm" => i => Firm(demonstration, i),
            "university" => i => Institute(demonstration, i),
            "ngo" or "finance" => i => Civic(demonstration, i),
            _ => null,
        };
        var missing = group.Voters - demonstration.Organisations.Count(o => group.Kinds.Contains(o.Kind));
        return make is null || missing <= 0 ? [] : Enumerable.Range(0, missing).Select(make);
    }

    private static GeneratedOrganisation Firm(Demonstration demonstration, int i)
    {
        // Walking down the diagonals gives 256 different pairs and keeps neighbours unlike.
        var (trait, trade) = (Traits[i % 16], Trades[(i + i / 16) % 16]);
        return Make(demonstration, "firm", "firm", 5_000_000, i,
            new($"ООО «{trait.Ru} {trade.Ru}»", $"{trait.En} {trade.En} LLC"));
    }

    private static GeneratedOrganisation Institute(Demonstration demonstration, int i)
    {
        var subject = Subjects[i % 16];
        return Make(demonstration, "science", "university", 7_000_000, i, (i / 16 % 2) switch
        {
            0 => new($"Лаборатория {subject.Ru}", $"{subject.En} Laboratory"),
            _ => new($"Институт {subject.Ru}", $"Institute of {subject.En}"),
        });
    }

    private static GeneratedOrganisation Civic(Demonstration demonstration, int i)
    {
        var cause = Causes[i % 8];
        var (kind, name) = (i / 8 % 4) switch
        {
            0 => ("ngo", new Both($"Фонд «{cause.Ru}»", $"{cause.En} Foundation")),
            1 => ("finance", new Both($"Кредитный кооператив «{cause.Ru}»", $"{cause.En} Credit Co-operative")),
            2 => ("ngo", new Both($"Ассоциация «{cause.Ru}»", $"{cause.En} Association")),
            _ => ("ngo", new Both($"Центр «{cause.Ru}»", $"{cause.En} Centre")),
        };
        return Make(demonstration, "civic", kind, 8_000_000, i, name);
    }

    private static GeneratedOrganisation Make(
        Demonstration demonstration, string prefix, string kind, int serial, int i, Both name)
    {
        var cells = demonstration.Region.Cells;
        // A quarter sits in the capital, the rest is spread; 7 has no common divisor with the 22 municipalities.
        var cell = i % 4 == 0 ? cells.First(c => c.Capital) : cells[i * 7 % cells.Count];
        return new($"{prefix}-{i + 1:000}", name, kind, cell.Key, Inn(serial + i));
    }

    // Region 99 is given to no oblast, so no real company can be meant; the last digit is the official check digit.
    private static string Inn(int serial)
    {
        ReadOnlySpan<int> weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
        var nine = $"99{serial:0000000}";
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * (nine[i] - '0');
        return $"{nine}{sum % 11 % 10}";
    }
}
