using System.Text;
using Discovery.Platform.Web;

namespace Discovery.ServicesTests.Identity;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1"), InlineData("+7 846 000"), InlineData("-5"), InlineData("@SUM(A1)"), InlineData("\t=1"), InlineData("\r=1"), InlineData("\tplain"), InlineData(" =1"), InlineData("\u00A0=1"),
     InlineData("＝1"), InlineData("＋1"), InlineData("－1"), InlineData("＠x"), InlineData("\"=1"), InlineData("=cmd|' /C calc'!A0")]
    public void Check40_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(string text) => Assert.StartsWith("'", Csv.Cell(text).TrimStart('"'), StringComparison.Ordinal);

    [Theory]
    [InlineData("a;=1+1", "\"a;'=1+1\""), InlineData("a\n=1", "\"a\n'=1\""), InlineData("a; -5", "\"a;' -5\"")]
    public void Check40_also_after_what_another_setting_takes_for_a_separator(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public void Check40_numbers_stay_numbers_and_plain_text_stays_as_it_is()
    {
        Assert.Equal(["-5", "1.5", "true", "", "ООО «Река»", "\"a,b\"", "\"say \"\"yes\"\"\"", "a-b=c", "2026-11-27T08:00:00Z"],
            new object?[] { -5, 1.5m, true, null, "ООО «Река»", "a,b", "say \"yes\"", "a-b=c", new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.FromHours(4)) }.Select(Csv.Cell));
        var file = Csv.Write([new { Name = "Яна", Count = 3 }]);
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal("name,count\r\nЯна,3\r\n", Encoding.UTF8.GetString(file[3..]));
    }
}
