using System.Globalization;

namespace Discovery.BrowserTests;

/// <summary>
/// What an official of a small region does in an afternoon: a region and a round from a template, stopped by the checklist, confirmed by a colleague; then the
/// clock alone moves the phases to the end. The clock is that of a rehearsal, so that a round takes minutes.
/// </summary>
public sealed class RehearsalTests(TheSite site) : IDisposable
{
    const string Slug = "novaya-2041";
    const int Minutes = 8;

    static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    readonly Folder folder = new();
    TimeSpan shift;

    [Fact]
    public async Task A_round_from_a_template_is_stopped_mended_confirmed_and_run_by_the_clock()
    {
        TheSite.MustBeThere();
        await using var rehearsal = await site.RehearsalAsync(folder.File("clock"));
        await using var official = await Window.OpenAsync(rehearsal, "ru", await Person.NewOfficialAsync(rehearsal));
        await using var second = await Window.OpenAsync(rehearsal, "en", await Person.NewOfficialAsync(rehearsal));
        var (charter, walk) = (new CharterSheet(official, Slug), new RoundWalk(rehearsal, Slug));
        var blocks = official.Page.Locator(".task--block");

        await charter.WriteAsync("novaya");
        await charter.PartAsync("groups", () => official.Page.Locator("#Input_Groups_0__Weight").FillAsync("0"));
        await walk.WhenThereAsync(official, "/run/ready", ".task--done");
        await Assertions.Expect(blocks).ToHaveCountAsync(3);
        Assert.Equal(422, await official.SendAsync(official.Page.Locator("form[action*=Publish] .btn")));
        await Assertions.Expect(official.Page.Locator(".errsum")).ToContainTextAsync("3");
        await Assertions.Expect(official.Page.Locator("html")).ToHaveAttributeAsync("lang", "ru");

        await charter.PartAsync("groups", () => official.Page.Locator("#Input_Groups_0__Weight").FillAsync("1"));
        await charter.MendAsync(k: 1, ranked: 3);
        var starts = await DatesAsync(official, charter);
        await charter.PublishAsync(second);

        await UntilAsync(rehearsal, "proposals", starts);
        await using (var firm = await Window.OpenAsync(rehearsal, "ru", Person.Firm)) await walk.ProposeAsync(firm, "Речной причал", "agro");
        await using (var science = await Window.OpenAsync(rehearsal, "en", Person.Science)) await walk.ProposeAsync(science, "Quiet turbines", "energy");
        foreach (var _ in Enumerable.Range(0, 2)) await walk.PublishNextAsync(second);
        await walk.SupportAsync();

        await UntilAsync(rehearsal, "admission", starts.AddMinutes(Minutes));
        await walk.FreezeAsync(official);
        await walk.FreezeAsync(second);
        await UntilAsync(rehearsal, "voting", starts.AddMinutes(2 * Minutes));
        await walk.VoteAsync();
        await UntilAsync(rehearsal, "results", starts.AddMinutes(3 * Minutes));

        await using var anybody = await Window.OpenAsync(rehearsal, "en");
        await walk.PublishResultAsync(official, second, anybody, "Речной причал");
        using (var http = rehearsal.Anonymous) await rehearsal.Until(http, $"/api/rounds/{Slug}", r => r.Text("status") == "closed");
        foreach (var window in new[] { official, second, anybody }) Assert.Empty(window.Complaints);
    }

    /// <summary>Four phases of a few minutes each, as they are typed: in the region's own time.</summary>
    /// <returns>When the first one begins.</returns>
    async Task<DateTimeOffset> DatesAsync(Window official, CharterSheet charter)
    {
        var now = DateTimeOffset.UtcNow;
        var starts = now.AddSeconds(-now.Second).AddMinutes(4);
        await charter.PartAsync("dates", async () =>
        {
            for (var i = 0; i < 4; i++)
                foreach (var (field, at) in new[] { ("Starts", starts.AddMinutes(i * Minutes)), ("Ends", starts.AddMinutes((i + 1) * Minutes)) })
                    await official.Page.Locator($"#Input_Phases_{i}__{field}").FillAsync(TimeZoneInfo.ConvertTime(at, Moscow).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        });
        return starts;
    }

    /// <summary>Sets the clock to the beginning of a phase, and waits until it has begun by itself.</summary>
    async Task UntilAsync(TheSite rehearsal, string phase, DateTimeOffset starts)
    {
        // The clock never goes back: on a slow machine the phase may have begun already.
        shift = TimeSpan.FromTicks(Math.Max(shift.Ticks, (starts.AddSeconds(1) - DateTimeOffset.UtcNow).Ticks));
        await File.WriteAllTextAsync(folder.File("clock"), shift.ToString("c", CultureInfo.InvariantCulture));
        using var http = rehearsal.Anonymous;
        await rehearsal.Until(http, $"/api/rounds/{Slug}", r => r.Text("phase") == phase);
    }

    public void Dispose() => folder.Dispose();
}
