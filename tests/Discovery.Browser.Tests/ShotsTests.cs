namespace Discovery.BrowserTests;

/// <summary>Pictures of every page, for eyes: <c>./dev shots</c>.</summary>
public sealed class ShotsTests(TheSite site)
{
    public static TheoryData<string> Names => [.. Place.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_picture_of(string name)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DISCOVERY_SHOTS") != "1", "./dev shots takes the pictures.");
        var folder = Directory.CreateDirectory(Repository.At("artifacts", "shots")).FullName;
        foreach (var lang in new[] { "ru", "en" })
        {
            await using var window = await Place.All[name].OpenAsync(site, lang, 1280);
            foreach (var width in new[] { 1280, 360, 320 })
            {
                await window.Page.SetViewportSizeAsync(width, 900);
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.{lang}-{width}.png"), FullPage = true });
            }
        }
    }
}
