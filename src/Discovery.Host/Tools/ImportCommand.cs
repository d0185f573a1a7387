using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Contracts.Rounds;
using Discovery.Ranking;
using Spectre.Console;
using Region = Discovery.Contracts.Rounds.Region;
using Text = Discovery.Contracts.Text;

namespace Discovery.Host.Tools;

/// <summary><c>discovery import FILE</c>: a real election becomes a round. Its votes go through the ledger and the bus like any others.</summary>
internal static class ImportCommand
{
    public static Command Describe()
    {
        var file = new Argument<string>("FILE") { Description = "A .pb (Pabulib) or .soc .soi .toc .toi (PrefLib) file" };
        var data = DataOption.New();
        var server = new Option<string?>("--server") { Description = "A running installation instead, whose key ring this machine shares" };
        var bundle = new Option<string?>("--bundle") { Description = "Write the auditor's bundle to this file" };
        var json = new Option<bool>("--json") { Description = "Print only the result, as JSON" };
        var count = new CountOptions();
        var command = new Command("import", "Replay a real election: projects become proposals, voters a pseudonymous electorate, votes ballots") { file, data, server, bundle, json };
        count.AddTo(command);
        command.SetAction(parsed => RunAsync(parsed.GetValue(file)!, count.Read(parsed), parsed.GetValue(data)!, parsed.GetValue(server), parsed.GetValue(bundle), parsed.GetValue(json)));
        return command;
    }

    static async Task<int> RunAsync(string path, ElectionCountOptions options, string data, string? server, string? bundle, bool json)
    {
        var election = CountOptions.ReadElection(path);     // a broken file is refused before anything is touched
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await using var installation = await Installation.AtAsync(server, data);
        var slug = Slug(path);
        if (await installation.HasRoundAsync(slug)) throw new Refused(path, $"there is a round '{slug}' already; choose another folder with --data, or rename the file");

        var votes = election.Votes.Where(v => v.Tiers.Count > 0).SelectMany(v => Enumerable.Repeat(v, (int)v.Count)).ToList();
        var electors = votes.Select((v, i) => (Voter: Voter(slug, i), Group: VoterGroups.Of(v, options.Groups))).ToList();
        var round = new ReplayedRound(installation, slug);
        JsonElement results = default;
        await console.Progress().HideCompleted(false).StartAsync(async progress =>
        {
            var (proposals, enrolled, cast, counted) = (progress.AddTask("proposals", maxValue: election.Proposals.Count), progress.AddTask("electorate", maxValue: votes.Count), progress.AddTask("ballots", maxValue: votes.Count), progress.AddTask("count", maxValue: 1));
            await round.PublishAsync(Charter(election, path, slug, options, electors.Select(e => e.Group).Distinct().Order(StringComparer.Ordinal)));
            await round.StartAsync(PhaseKinds.Proposals);
            await round.ProposeAsync(election.Proposals.Select((p, i) => Proposal(p, i + 1, election)));
            proposals.Increment(election.Proposals.Count);
            await round.OpenAsync();
            await round.EnrolAsync(electors, new Step(enrolled));
            await round.VoteAsync(votes.Select((v, i) =>
            {
                var ballot = ElectionCount.BallotOf(election.Kind, v);
                return (electors[i].Voter, ballot.Tiers.Select(t => t.Select(p => p + 1)), ballot.Approved?.Select(p => p + 1));
            }), new Step(cast));
            results = await round.FinishAsync();
            counted.Increment(1);
        });
        if (bundle is not null) await installation.SaveAsync($"/api/voting/rounds/{slug}/bundle", bundle);

        IEnumerable<string> Ids(string list) => results.GetProperty(list).EnumerateArray().Select(n => election.Proposals[n.GetInt32() - 1].Id);
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { ballots = votes.Count, groups = results.GetProperty("ballots"), consensus = Ids("consensus"), shortlist = Ids("shortlist") }, Readable));
        else Console.WriteLine($"{votes.Count} ballots are counted. Look at /ru/rounds/{slug}/results after: discovery serve{(server is null ? $" --Data {data}" : "")}");
        return 0;
    }

    // Ids and group names as they are in the file, not as escapes.
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static object Charter(ElectionFile election, string path, string slug, ElectionCountOptions options, IEnumerable<string> groups)
    {
        var title = election["description"] ?? election["TITLE"] ?? Path.GetFileNameWithoutExtension(path);
        return new
        {
            slug,
            region = new Region(slug, ReplayedRound.Both(election["unit"] ?? title), "UTC", "chernila", [], []),
            title = ReplayedRound.Both(title),
            question = new Text("Что решили бы группы, если бы они весили поровну?", "What would the groups have decided, had they weighed the same?"),
            summary = new Text($"Повтор настоящих выборов по файлу {Path.GetFileName(path)}: {election.Proposals.Count} проектов.", $"A replay of a real election from {Path.GetFileName(path)}: {election.Proposals.Count} projects."),
            groups = groups.Select(g => new { id = g, name = GroupName(g), @short = GroupName(g), kinds = Array.Empty<string>(), weight = 1, damping = options.Damping }),
            k = Math.Min(options.K, 100),
            ballot = election.Kind == VoteKind.Approval ? "approval" : "ranking",
            maxRanked = election.Proposals.Count,
            ties = true,
            exposure = !options.NoExposure,
            listedTies = options.TiesListed,
            phases = ReplayedRound.Phases(DateTimeOffset.UtcNow.AddDays(-1)),
            origin = Origins.Import,
        };
    }

    static Text GroupName(string group) => group switch
    {
        "all" => new("Все голосовавшие", "All voters"),
        VoterGroups.Unknown => new("не указано", "not stated"),
        "<25" => new("до 25 лет", "under 25"),
        "25-39" or "40-59" => new(group.Replace('-', '–') + " лет", group.Replace('-', '–')),
        "60+" => new("60 лет и старше", "60 and over"),
        "M" => new("мужчины", "men"),
        "F" or "K" => new("женщины", "women"),
        _ => ReplayedRound.Both(group),
    };

    static object Proposal(ElectionProposal proposal, int number, ElectionFile election)
    {
        var (cost, currency) = (proposal.Columns.GetValueOrDefault("cost"), election["currency"] ?? "");
        var about = new Text($"Проект {proposal.Id} в файле выборов." + (cost is null ? "" : $" Стоимость: {cost} {currency}."), $"Project {proposal.Id} of the election file." + (cost is null ? "" : $" Cost: {cost} {currency}."));
        var language = election["language"] is { Length: 2 } code ? code : "en";
        return new { number, title = new Dictionary<string, string> { [language] = proposal.Name }, summary = about, sector = Sector(proposal.Columns.GetValueOrDefault("category") ?? "") };
    }

    static string Sector(string category) => category.Split(',')[0].Trim() switch
    {
        "health" => "health",
        "sport" or "culture" or "public space" => "tour",
        "education" => "digital",
        "environmental protection" or "urban greenery" => "eco",
        "public transit and roads" => "mach",
        "welfare" => "craft",
        _ => "eco",
    };

    /// <summary>The same voter of the same file gets the same pseudonym: nothing about a person is in it.</summary>
    static Guid Voter(string slug, int index) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{slug}/{index}"))[..16]);

    static string Slug(string path)
    {
        var slug = new string([.. Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        while (slug.Contains("--", StringComparison.Ordinal)) slug = slug.Replace("--", "-");
        return slug.Length > 60 ? slug[..60].Trim('-') : slug;
    }

    sealed class Step(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Increment(value);
    }
}
