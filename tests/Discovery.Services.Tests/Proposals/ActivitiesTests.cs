using System.Diagnostics;
using Discovery.Proposals.Activities;

namespace Discovery.ServicesTests.Proposals;

/// <summary>Activity codes are found by what people type. The two lists are those of the offices that issue them.</summary>
public sealed class ActivitiesTests(Everybody everybody)
{
    [Theory]
    [InlineData(ActivityCodes.Okved2, 21, 88, 272, 623)]
    [InlineData(ActivityCodes.Nace, 21, 88, 272, 615)]
    public void Every_level_is_complete_and_each_code_stands_under_another_one(string system, int sections, int divisions, int groups, int classes)
    {
        var all = ActivityCodes.Systems[system].All;
        Assert.Equal([sections, divisions, groups, classes], new[] { 1, 2, 4, 5 }.Select(length => all.Count(a => a.Number.Length == length)));
        Assert.Equal(sections + divisions + groups + classes, all.Select(a => a.Code).Distinct().Count());
        Assert.All(all, a => Assert.Equal(a.Name.Trim(), a.Name));
        Assert.All(all, a => Assert.True(a.Name.Length > 3 && char.IsUpper(a.Name[0]), a.Code));
        Assert.All(all.Where(a => a.Number.Length > 2), a => Assert.NotNull(ActivityCodes.Name($"{system}:{a.Number[..^(a.Number.Length == 4 ? 2 : 1)]}")));
        // A list of what exists is in order, so nothing is hidden between two lines.
        var numbers = all.Where(a => a.Number.Length > 1).Select(a => a.Number).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
    }

    [Theory]
    [InlineData("okved2:10.71", "Производство хлеба и мучных кондитерских изделий, тортов и пирожных недлительного хранения")]
    [InlineData("okved2:C", "Обрабатывающие производства")]
    [InlineData("nace:10.71", "Manufacture of bread; manufacture of fresh pastry goods and cakes")]
    [InlineData("nace:10.7", "Manufacture of bakery and farinaceous products")]
    [InlineData("nace:33.33", null)]
    [InlineData("10.71", null)]
    [InlineData("isic:1071", null)]
    [InlineData("", null)]
    public void A_stored_code_says_what_it_is(string code, string? name) => Assert.Equal(name, ActivityCodes.Name(code));

    [Theory]
    [InlineData("10.7", "10.7 10.71 10.72 10.73")]
    [InlineData(" 10.71 ", "10.71")]
    [InlineData("1071", "10.71")]
    [InlineData("10.71.1", "10.71")]
    [InlineData("03", "03 03.1 03.11 03.12 03.2 03.21 03.22")]
    [InlineData("c", "C")]
    [InlineData("04", "")]
    [InlineData("99.99", "")]
    public void A_code_or_its_beginning_finds_what_stands_under_it(string query, string numbers) => Assert.Equal(numbers, string.Join(' ', Numbers(query, ActivityCodes.Okved2)));

    [Theory]
    [InlineData("хлеб", "10.71")]
    [InlineData("хлеба", "10.71")]
    [InlineData("ХЛЕБОМ", "10.71")]
    [InlineData("выпечка хлеба", "10.71")]
    [InlineData("хлебобулочных", "10.7")]
    [InlineData("хлебабулочных изделей", "10.7")]
    [InlineData("рыба", "10.20")]
    [InlineData("рыб", "10.20")]
    [InlineData("разведение рыбы", "03.22")]
    [InlineData("туризм", "79.11")]
    [InlineData("мебель", "31.0")]
    [InlineData("мёд", "01.49")]
    [InlineData("пчеловодство", "01.49")]
    [InlineData("сыр", "10.51")]
    [InlineData("производство сыра", "10.51")]
    [InlineData("роботы", "28.99")]
    [InlineData("програмное обеспечение", "62.01")]
    [InlineData("разработка программ", "62.01")]
    [InlineData("деревообработка", "16")]
    [InlineData("музеи", "91.02")]
    [InlineData("соль", "08.93")]
    [InlineData("уголь", "05")]
    [InlineData("ИТ", "62.01")]
    public void Russian_words_are_found_in_every_form_and_with_slips(string query, string number) => Assert.Contains(number, Numbers(query, ActivityCodes.Okved2).Take(5));

    [Theory]
    [InlineData("bread", "10.71")]
    [InlineData("baking bread", "10.71")]
    [InlineData("furnitur", "31.0")]
    [InlineData("furnitrue", "31.0")]
    [InlineData("cheese", "10.51")]
    [InlineData("honey", "01.49")]
    [InlineData("museum", "91.02")]
    [InlineData("Computer Programming", "62.01")]
    [InlineData("wind power", "35.11")]
    public void English_words_are_found_in_every_form_and_with_slips(string query, string number) => Assert.Contains(number, Numbers(query, ActivityCodes.Nace).Take(5));

    [Fact]
    public void The_best_stands_first_and_what_a_name_excepts_is_not_found_by_it()
    {
        Assert.Equal("10.71", Numbers("хлеб", ActivityCodes.Okved2)[0]);
        Assert.Equal("10.71", Numbers("bread", ActivityCodes.Nace)[0]);
        Assert.Equal("14.2", Numbers("меховые изделия", ActivityCodes.Okved2)[0]);
        Assert.DoesNotContain("14.1", Numbers("мех", ActivityCodes.Okved2));
        Assert.DoesNotContain("14.1", Numbers("fur", ActivityCodes.Nace));
        // A word that is everywhere brings nothing of its own.
        Assert.All(Numbers("производство сыра", ActivityCodes.Okved2), n => Assert.Contains(n, Numbers("сыр", ActivityCodes.Okved2)));
        Assert.Equal(3, ActivityCodes.Find("производство", ActivityCodes.Okved2, 3).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("фывапролдж")]
    [InlineData("qwertyuiop")]
    [InlineData("и для не")]
    [InlineData("...")]
    [InlineData("%%% \u0000\u200f")]
    [InlineData("٣٣")]
    public void Nonsense_finds_nothing(string query)
    {
        Assert.Empty(Numbers(query, ActivityCodes.Okved2));
        Assert.Empty(Numbers(query, ActivityCodes.Nace));
    }

    [Fact]
    public void However_much_is_pasted_the_answer_comes_at_once()
    {
        Numbers("warm", ActivityCodes.Okved2);
        foreach (var much in new[] { new string('х', 10_000), string.Concat(Enumerable.Repeat("хлебобулачных ", 715)), new string('1', 10_000), new string('.', 10_000), string.Concat(Enumerable.Range(0, 2000).Select(i => $"слово{i} ")) })
        {
            var watch = Stopwatch.StartNew();
            Numbers(much, ActivityCodes.Okved2);
            Assert.True(watch.ElapsedMilliseconds < 500, $"{watch.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public async Task Everybody_may_look_codes_up()
    {
        var anonymous = everybody.App.Anonymous;
        var found = await anonymous.Get("/api/proposals/activities?q=" + Uri.EscapeDataString("хлеб") + "&system=okved2");
        Assert.Equal(("okved2:10.71", "10.71"), (found[0].Text("code"), found[0].Text("number")));
        Assert.Equal(20, (await anonymous.Get("/api/proposals/activities?q=manufacture&system=nace")).GetArrayLength());
        Assert.Equal(0, (await anonymous.Get("/api/proposals/activities")).GetArrayLength());
        // Without a list asked for it is that of the reader's language.
        foreach (var (language, code) in new[] { ("ru", "okved2:10.71"), ("en", "nace:10.71") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/proposals/activities?q=1071") { Headers = { { "Accept-Language", language } } };
            using var answer = await anonymous.SendAsync(request);
            Assert.Contains(code, await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(400, (await anonymous.GetAsync("/api/proposals/activities?q=x&system=isic").Refused()).Status);
    }

    static List<string> Numbers(string query, string system) => [.. ActivityCodes.Find(query, system, 50).Select(a => a.Number)];
}
