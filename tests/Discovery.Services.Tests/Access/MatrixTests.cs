using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Discovery.ServicesTests.Access;

/// <summary>
/// Every endpoint and page of the running application, times everybody who may ask, equals the table in Matrix.approved.txt. Who adds an endpoint runs this test once with
/// <c>DISCOVERY_WRITE_MATRIX=1</c>, reads every new cell of the difference, and checks it in: a cell that should not be there is a hole.
/// </summary>
[Collection(nameof(Scene))]
public sealed class MatrixTests(Scene scene)
{
    const string Variable = "DISCOVERY_WRITE_MATRIX";

    static string Approved => Repository.At("tests", "Discovery.Services.Tests", "Access", "Matrix.approved.txt");

    [Fact]
    public async Task Check1_every_endpoint_lets_in_whom_the_table_says_and_nobody_else()
    {
        var rows = new ConcurrentDictionary<Endpoint, string>();
        await Parallel.ForEachAsync(scene.Endpoints.Where(e => e.IsSafe), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (endpoint, _) => rows[endpoint] = await RowAsync(endpoint, scene.Main));
        foreach (var endpoint in scene.Endpoints.Where(e => !e.IsSafe)) rows[endpoint] = await RowAsync(endpoint, await PlotFor(endpoint));

        var table = new StringBuilder(Legend);
        foreach (var endpoint in scene.Endpoints) table.Append(rows[endpoint]).Append('\n');
        if (Environment.GetEnvironmentVariable(Variable) == "1") await File.WriteAllTextAsync(Approved, table.ToString(), TestContext.Current.CancellationToken);

        var (now, approved) = (Lines(table.ToString()), Lines(File.Exists(Approved) ? await File.ReadAllTextAsync(Approved, TestContext.Current.CancellationToken) : ""));
        var differences = now.Keys.Union(approved.Keys).Where(k => now.GetValueOrDefault(k) != approved.GetValueOrDefault(k)).Order(StringComparer.Ordinal)
            .Select(k => $"{(approved.ContainsKey(k) ? now.ContainsKey(k) ? "changed" : "gone" : "without a row")}: {k}\n  approved {approved.GetValueOrDefault(k) ?? "-"}\n  now      {now.GetValueOrDefault(k) ?? "-"}").ToList();
        Assert.True(differences.Count == 0,
            $"Who may what differs from {Path.GetFileName(Approved)}. Run this test with {Variable}=1, which writes the table anew, and review every cell of the difference before it is checked in.\n" +
            $"         {"",-8}{Head}\n" + string.Join('\n', differences));
    }

    [Fact]
    public async Task Check1_what_the_services_describe_has_a_row()
    {
        var strays = new List<string>();
        foreach (var service in DiscoveryApp.ServiceNames)
            foreach (var path in (await scene.App.Anonymous.Get($"/api/{service}/openapi/{service}.json")).GetProperty("paths").EnumerateObject())
                foreach (var method in path.Value.EnumerateObject().Where(m => m.Value.ValueKind == System.Text.Json.JsonValueKind.Object).Select(m => m.Name.ToUpperInvariant()))
                    if (!scene.Endpoints.Any(e => e.Key == $"{method} {Access.Endpoints.Parameter().Replace(path.Name, m => $"{{{m.Groups[1].Value}}}").TrimEnd('/')}")) strays.Add($"{method} {path.Name}");
        Strange.None(strays);
    }

    // Services other than Identity hear of a plot's people a moment later, and their acts are chosen so that they leave everything as it is.
    async Task<Plot> PlotFor(Endpoint endpoint) =>
        endpoint.Pattern.Contains("/rounds", StringComparison.Ordinal) ? scene.Main : await scene.PlotAsync(endpoint.Key);

    async Task<string> RowAsync(Endpoint endpoint, Plot plot)
    {
        var cells = new Dictionary<string, string>();
        foreach (var role in Cast.All)
        {
            using var content = Samples.Content(scene, plot, endpoint);
            using var answer = await scene.SendAsync(endpoint, plot, role, Samples.Address(scene, plot, role, endpoint), content);
            cells[role] = Outcome(answer);
        }
        var unjudged = !endpoint.IsSafe && Cast.All.Except(["anon", "mach", "tool"]).All(r => cells[r] == "bad");
        return (string.Join(' ', Cast.Roles.Select(r => $"{cells[r],-4}")) + " | " + string.Join(' ', Cast.Outsiders.Select(r => $"{cells[r],-4}")) + "  " + endpoint.Key + (unjudged ? "   <- nothing is judged: Samples has no good body" : "")).TrimEnd();
    }

    internal static string Outcome(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "in",
        HttpStatusCode.Redirect when answer.Headers.Location?.OriginalString.Contains("/sign-in?returnUrl=", StringComparison.OrdinalIgnoreCase) == true => "in",
        HttpStatusCode.Forbidden => "no",
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => "bad",
        HttpStatusCode.Conflict => "ok",
        >= HttpStatusCode.OK and < HttpStatusCode.BadRequest => "ok",
        var status => ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    static readonly string Head = string.Join(' ', Cast.Roles.Select(r => $"{r,-4}")) + " | " + string.Join(' ', Cast.Outsiders.Select(r => $"{r,-4}"));

    static readonly string Legend = $"""
        # Who may what: every endpoint and page of the running application (a row) times everybody who may ask (a column).
        # Written by MatrixTests with {Variable}=1; every change of a cell is reviewed before it is checked in.
        #
        # ok    allowed: done, or refused for what is asked (409), which only who may ask is told
        # bad   the input is refused (400; 422 of a form). Beside other cells: this one may ask. Alone: nothing is judged
        # in    asked to sign in (401, or the way to the sign-in page)
        # no    refused (403)
        # 404   does not exist for who asks
        #
        # anon  anonymous                                      modr  moderator of region A
        # part  participant, member of the community, with     audi  auditor of region A
        #       an open claim to the firm, without a mandate   offi  official of region A
        # repr  representative of the firm                     admA  administrator of region A
        # head  head of the firm, speaker of the community     adm*  administrator of all regions
        # mach  program with the firm's API token, all scopes
        # Behind the bar those who hold something, but not this:
        # othr  representative of another firm                 1fac  every role of every region, second factor not shown
        # regB  official, moderator, auditor and               tool  the installation's own tool; all rounds here are live
        #       administrator of region B
        #
        # The firm, the community and all rounds ({"{round}"}, {"{slug}"}) are real and of region A: proposals are asked of a round that collects (number 2 waits),
        # ballots and phases of one whose vote is open, results of one that is counted and not published. Sessions are the participant's.

        {Head}

        """.ReplaceLineEndings("\n");

    static Dictionary<string, string> Lines(string table) => table.ReplaceLineEndings("\n").Split('\n')
        .Where(l => l.Contains(" /", StringComparison.Ordinal) && !l.StartsWith('#'))
        .ToDictionary(l => l[(Head.Length + 2)..], l => l[..Head.Length]);
}
