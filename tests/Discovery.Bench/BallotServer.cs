using System.Diagnostics.Metrics;
using System.Security.Claims;
using System.Text.Json;
using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Host;
using Discovery.Host.Tools;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;

namespace Discovery.Bench;

/// <summary>
/// The server under test: the same composition as the program's, with one endpoint more, so that echo and ballot meet the same middleware, the same
/// sign-in check and the same neighbours on the same cores at the same time. The product itself has no such endpoint.
/// </summary>
internal static class BallotServer
{
    public const string Slug = "bench", Ballot = $"/api/voting/rounds/{Slug}/ballot", Echo = $"/api/voting/rounds/{Slug}/echo", Stats = "/bench/stats";
    public const int Proposals = 30, Ranked = 10;
    static readonly string[] Groups = ["firms", "science", "public", "consumers"];

    sealed record Form(Guid? As, IReadOnlyList<IReadOnlyList<int>>? Tiers, IReadOnlyList<int>? Approved);

    sealed record Receipt(string Code, string Leaf, long Sequence, int Revision);

    /// <param name="args">Address; the services that run here, by comma, or "all". The rest of the configuration is in the environment, as everywhere.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        IReadOnlyList<IModule> modules = args[1] == "all" ? Modules.All : [.. Modules.All.Where(m => args[1].Split(',').Contains(m.Name))];
        var (commits, entries) = (0L, 0L);
        using var meter = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "discovery.ledger.batch") listener.EnableMeasurementEvents(instrument); } };
        meter.SetMeasurementEventCallback<int>((_, size, _, _) => { Interlocked.Increment(ref commits); Interlocked.Add(ref entries, size); });
        meter.Start();

        var app = Service.Build(modules, ["--urls=" + args[0], "--Logging:LogLevel:Default=Warning"]);
        app.MapPut(Echo.Replace(Slug, "{round}"), (string round, Form form, CurrentUser user) =>
            TypedResults.Ok(new Receipt("3f2a 90cc 17e4 b5d0 6a1e", user.Id.ToString("N") + user.Id.ToString("N"), form.Tiers!.Count, round.Length))).RequireAuthorization();
        app.MapGet(Stats, () => new { commits, entries, methods = System.Runtime.JitInfo.GetCompiledMethodCount() });
        await KeyRing.PrepareAsync(app.Services);
        await Migrations.ApplyAsync(app.Services);
        await app.StartAsync();
        Console.WriteLine("ready");
        // The parent says when to prepare: other processes of the installation start in between. When it is gone, so is this.
        for (; await Console.In.ReadLineAsync() is { } line;)
        {
            var words = line.Split(' ');
            await PrepareAsync(app, words[0], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[2]);
            Console.WriteLine("prepared");
        }
        await app.StopAsync();
        return 0;
    }

    /// <summary>A round of an imported election, open, with so many electors; and the file of their requests.</summary>
    static async Task PrepareAsync(WebApplication app, string door, int voters, string file)
    {
        await using var installation = await Installation.RunningAsync(door);
        var round = new ReplayedRound(installation, Slug);
        await round.PublishAsync(new
        {
            slug = Slug,
            region = new Region("bench", Text("Bench"), "UTC", "chernila", [], []),
            title = Text("Bench"),
            question = Text("How fast?"),
            summary = Text("A round to measure with."),
            groups = Groups.Select(g => new { id = g, name = Text(g), @short = Text(g), kinds = Array.Empty<string>(), weight = 1 }),
            k = 10,
            ballot = "ranking",
            maxRanked = Ranked,
            ties = true,
            phases = ReplayedRound.Phases(DateTimeOffset.UtcNow.AddDays(10)),
            origin = Origins.Import,
        });
        await round.StartAsync(PhaseKinds.Proposals);
        await round.ProposeAsync(Enumerable.Range(1, Proposals).Select(n => new { number = n, title = Text($"Proposal {n}"), summary = Text("Summary"), sector = "eco" }));
        await round.OpenAsync();
        var random = new Random(1);
        var people = Enumerable.Range(0, voters).Select(i => (Voter: new Guid(i, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8), Group: Groups[random.Next(Groups.Length)])).ToList();
        await round.EnrolAsync(people, new Progress<int>());
        await using var requests = new StreamWriter(file);
        foreach (var (voter, _) in people)
        {
            // The claims that sign-in gives a person.
            var token = Sessions.Token(app.Services, new Claim(ClaimTypes.NameIdentifier, voter.ToString()), new Claim(ClaimTypes.Name, "Voter of the bench"), new Claim(Sessions.SessionId, Guid.CreateVersion7().ToString()));
            var numbers = Enumerable.Range(1, Proposals).ToArray();
            random.Shuffle(numbers);
            await requests.WriteLineAsync(token + "\t" + JsonSerializer.Serialize(new { @as = voter, tiers = numbers.Take(Ranked).Select(n => new[] { n }), approved = numbers.Take(5) }));
        }
    }

    static Text Text(string text) => new(text, text);
}
