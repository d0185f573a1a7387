namespace Discovery.BrowserTests;

/// <summary>Pictures of every page, for eyes: <c>./dev shots</c>.</summary>
public sealed class ShotsTests(TheSite site)
{
    [Fact]
    public async Task Every_page_has_its_picture_taken()
    {
        var wanted = Environment.GetEnvironmentVariable("DISCOVERY_SHOTS");
        Assert.SkipWhen(wanted is null, "./dev shots takes the pictures.");
        var folder = Directory.CreateDirectory(Repository.At("artifacts", "shots")).FullName;
        var pictures = Place.All.Values.Where(p => wanted == "all" || wanted!.Split(' ').Any(w => p.Name.StartsWith(w, StringComparison.Ordinal))).SelectMany(place => new[] { "ru", "en" }.Select(lang => (place, lang)));
        await Parallel.ForEachAsync(pictures, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (one, _) =>
        {
            await using var window = await one.place.OpenAsync(site, one.lang, 1280);
            foreach (var width in new[] { 1280, 360, 320 })
            {
                await window.Page.SetViewportSizeAsync(width, 900);
                // What is fixed to the edge of the window would lie across the middle of a long picture.
                await window.Page.SetViewportSizeAsync(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{one.place.Name}.{one.lang}-{width}.png"), FullPage = true });
            }
        });
    }
}
