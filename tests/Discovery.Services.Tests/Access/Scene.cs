using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Discovery.ServicesTests.Access;

/// <summary>
/// An application of its own, with rounds in three states and people of all roles, for the tests of who may what. They run one after another:
/// some of them watch that nothing changes.
/// </summary>
public sealed class Scene : IAsyncLifetime
{
    static int networks;

    public DiscoveryApp App { get; private set; } = null!;

    /// <summary>Proposals are being collected: number 1 is published, number 2 of the plot's firm waits.</summary>
    public TestRound Collecting { get; private set; } = null!;

    /// <summary>Ids of the two.</summary>
    public Guid Shown { get; private set; }

    public Guid Waiting { get; private set; }

    /// <summary>Voting runs.</summary>
    public TestRound Open { get; private set; } = null!;

    /// <summary>Voting is over and counted, and the result is not published: officials and auditors see it.</summary>
    public TestRound Counted { get; private set; } = null!;

    /// <summary>Seen by officials only.</summary>
    public TestRound Draft { get; private set; } = null!;

    /// <summary>Proposals are being collected, and numbers 3 and 4 are merged.</summary>
    public TestRound Merged { get; private set; } = null!;

    public Guid Merge { get; private set; }

    /// <summary>Of number 1 of the collecting round; it waits for an answer.</summary>
    public Guid Amendment { get; private set; }

    /// <summary>The code of somebody's receipt in the open round.</summary>
    public string Receipt { get; private set; } = "";

    /// <summary>A file of proposals that an official has had checked in the round that collects; it has a fault, so nobody enters it.</summary>
    public Guid Batch { get; private set; }

    /// <summary>The people and things of all acts that change nothing.</summary>
    internal Plot Main { get; private set; } = null!;

    internal IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

    IReadOnlyList<string> Regions => [Collecting.Slug, Merged.Slug, Open.Slug, Counted.Slug, Draft.Slug];

    public async ValueTask InitializeAsync()
    {
        App = await DiscoveryApp.StartAsync();
        Endpoints = await Access.Endpoints.AllAsync(App);
        Collecting = await App.CollectingRound(new() { Origin = "live", Proposals = 1 });
        Merged = await App.CollectingRound(new() { Origin = "live", Proposals = 4 });
        using (var suggester = App.AsVoter((await App.Town).Institute.Person))
        {
            Amendment = (await suggester.Post(Collecting.Api("proposals", "/1/amendments"), new { reason = "The matrix needs it", title = new { en = "Another title" } })).GetProperty("id").GetGuid();
            Merge = (await suggester.Post(Merged.Api("proposals", "/merges"), new { with = new[] { 3, 4 }, lead = 3, reason = "The matrix needs it" })).GetProperty("id").GetGuid();
        }
        Open = await App.OpenRound(new() { Origin = "live", Proposals = 3, K = 2, MaxRanked = 3 });
        Counted = await App.OpenRound(new() { Origin = "live", Proposals = 3, K = 2, MaxRanked = 3 });
        Draft = await TestRound.DraftAsync(App, new() { Origin = "live" });
        Main = await PlotAsync("main");

        var town = await App.Town;
        using var author = App.With(Main.Claims("repr"));
        await Portal.Until(async () => await Collecting.SubmitAsync(author, Main.Firm, 2) == 201, "the firm's mandate is known to Proposals");
        foreach (var number in new[] { 1, 2 })
        {
            using var reader = App.As("official");
            var id = (await reader.Get(Collecting.Api("proposals", $"/{number}"))).GetProperty("id").GetGuid();
            if (number == 1) Shown = id;
            else Waiting = id;
        }
        using var moderator = App.As("moderator");
        await Collecting.CaseAsync(moderator, 2);
        using var another = App.As("official");
        using var file = new StringContent("title_ru,sector\nmatrix,agro\n");
        Batch = (await another.PostAsync(Collecting.Api("proposals", "/imports?reason=The+matrix+asks"), file).Json()).GetProperty("id").GetGuid();
        Receipt = (await Open.CastAsync(town.Firms[1], 3)).Code;
        foreach (var voter in town.Everybody.Skip(2)) await Counted.CastAsync(voter, 3);
        await Counted.CloseAsync();
        using var official = App.With(Main.Claims("offi"));
        await App.Until(official, Counted.Api("aggregation"), r => r.Text("countedAt") is not null);
        using var auditor = App.With(Main.Claims("audi"));
        await App.Until(auditor, Open.Api("aggregation", "/standings"), _ => true);
        foreach (var role in new[] { "part", "repr", "head" })
        {
            using var voter = App.With(Main.Claims(role));
            await App.Until(voter, Open.Api("voting", "/ballot"), b => b.GetProperty("capacities").GetArrayLength() == (role == "head" ? 2 : 1));
        }
    }

    internal async Task<Plot> PlotAsync(string name)
    {
        var plot = await Plot.MakeAsync(App, name, Regions);
        using var writer = App.With(plot.Claims("repr"));
        plot.Draft = await DraftAsync();
        plot.Discarded = await DraftAsync();
        using var picture = new ByteArrayContent(Identity.Pictures.Png(null));
        plot.File = (await writer.PutAsync(Collecting.Api("proposals", $"/drafts/{plot.Draft}/files"), picture).Json()).GetProperty("id").GetGuid();
        return plot;

        async Task<Guid> DraftAsync() => (await writer.Post(Collecting.Api("proposals", "/drafts"), new { title = new { en = "Not sent yet" } })).GetProperty("id").GetGuid();
    }

    /// <summary>Sends one request as this role, from a network of its own, so that no limit on tries meets it: pages get a browser's cookie, the API a token.</summary>
    internal async Task<HttpResponseMessage> SendAsync(Endpoint endpoint, Plot plot, string role, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new(endpoint.Method), address) { Content = content };
        request.Headers.Add(ForwardedHeadersDefaults.XForwardedForHeaderName, Network().ToString());
        var claims = plot.Claims(role);
        // A program and a tool have no browser.
        if (!endpoint.IsPage || role is "mach" or "tool")
        {
            using var program = App.With(claims);
            return await program.SendAsync(request);
        }
        var (browser, form) = App.AsBrowser(claims);
        using var _ = browser;
        if (!endpoint.IsSafe) request.Headers.Add("RequestVerificationToken", form);
        return await browser.SendAsync(request);
    }

    /// <summary>An address of a network that nobody has used yet.</summary>
    internal static IPAddress Network() => Interlocked.Increment(ref networks) is var n ? new([10, (byte)(n >> 8), (byte)n, 7]) : IPAddress.None;

    public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;
}

[CollectionDefinition(nameof(Scene))]
public sealed class SceneCollection : ICollectionFixture<Scene>;

internal static class Strange
{
    /// <summary>All of what is wrong at once, and not the first five cut short.</summary>
    public static void None(IReadOnlyCollection<string> strange) => Assert.True(strange.Count == 0, $"{strange.Count} things are not as they should be:\n{string.Join('\n', strange.Take(60))}");
}
