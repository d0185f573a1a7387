using System.Collections.Frozen;
using System.Globalization;

namespace Discovery.Site;

/// <summary>Time as people read it: in the region's zone, in the words of the page's language. Pages have it as <c>When</c>.</summary>
public sealed class When(Words<SiteTexts> text, TimeProvider clock)
{
    // Whose hours people count from Moscow.
    private static readonly FrozenSet<string> Russian = FrozenSet.Create(
        "Europe/Kaliningrad", "Europe/Moscow", "Europe/Simferopol", "Europe/Kirov", "Europe/Volgograd", "Europe/Astrakhan", "Europe/Saratov",
        "Europe/Ulyanovsk", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk", "Asia/Barnaul", "Asia/Tomsk", "Asia/Novokuznetsk",
        "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Chita", "Asia/Yakutsk", "Asia/Khandyga", "Asia/Vladivostok", "Asia/Ust-Nera", "Asia/Magadan",
        "Asia/Sakhalin", "Asia/Srednekolymsk", "Asia/Kamchatka", "Asia/Anadyr");

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>«11 апреля».</summary>
    public string Day(DateTimeOffset at, RoundCopy? round) => Format(at, round, "date.day");

    /// <summary>«11 апреля 2027».</summary>
    public string Date(DateTimeOffset at, RoundCopy? round) => Format(at, round, "date.full");

    /// <summary>«11 апреля 2027, 18:00 (МСК+2)».</summary>
    public string Moment(DateTimeOffset at, RoundCopy? round) => $"{Date(at, round)}, {Time(at, round)} ({Zone(at, round)})";

    /// <summary>«18:00».</summary>
    public string Time(DateTimeOffset at, RoundCopy? round) => Format(at, round, "date.time");

    /// <summary>«11.04.2027, 18:00:07 (МСК+2)», for receipts and journals.</summary>
    public string Exact(DateTimeOffset at, RoundCopy? round) => $"{Format(at, round, "date.exact")} ({Zone(at, round)})";

    /// <summary>«1 мар – 11 апр».</summary>
    public string Span(DateTimeOffset from, DateTimeOffset to, RoundCopy? round)
    {
        // The end of a day is written as the first moment of the next one.
        var (first, last) = (Local(from, round), Local(to, round).AddTicks(-1));
        var day = text["date.short"];
        return first.Year == last.Year && first.Month == last.Month
            ? first.Day == last.Day ? Short(last, day) : $"{first.Day} – {Short(last, day)}"
            : $"{Short(first, day)} – {Short(last, day)}";
    }

    /// <summary>«МСК+2», "UTC+5".</summary>
    public string Zone(DateTimeOffset at, RoundCopy? round)
    {
        var utc = ZoneOf(round).GetUtcOffset(at);
        return text[Russian.Contains(ZoneOf(round).Id) ? "date.zone.russian" : "date.zone", Offset(utc - TimeSpan.FromHours(3)), Offset(utc)];
    }

    /// <summary>«ещё 9 дней», «ещё 5 часов»; empty when the time is over.</summary>
    public string Left(DateTimeOffset until)
    {
        var left = until - Now;
        return left <= TimeSpan.Zero ? ""
            : left.TotalDays >= 1 ? text.Plural("left.days", (long)left.TotalDays)
            : left.TotalHours >= 1 ? text.Plural("left.hours", (long)left.TotalHours)
            : text.Plural("left.minutes", (long)Math.Ceiling(left.TotalMinutes));
    }

    /// <summary>The moment in the region's zone.</summary>
    public static DateTimeOffset Local(DateTimeOffset at, RoundCopy? round) => TimeZoneInfo.ConvertTime(at, ZoneOf(round));

    private static TimeZoneInfo ZoneOf(RoundCopy? round) => round?.Zone ?? TimeZoneInfo.Utc;

    private string Format(DateTimeOffset at, RoundCopy? round, string format) =>
        Local(at, round).ToString(text[format], CultureInfo.CurrentCulture);

    // Russian abbreviated months come with a full stop, which reads as the end of a sentence here.
    private static string Short(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.CurrentCulture).Replace(".", "");

    private static string Offset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "" : (offset < TimeSpan.Zero ? "−" : "+") + offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
}
