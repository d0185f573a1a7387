using System.CommandLine;
using Discovery.Ranking;

namespace Discovery.Host.Tools;

/// <summary>The options that <c>import</c> and <c>rank</c> share.</summary>
internal sealed class CountOptions
{
    readonly Option<string?> groups = new("--groups") { Description = "What makes the groups: age, sex, district, neighborhood or voting_method" };
    readonly Option<long?> damping = new("--damping") { Description = "q of every group, in ballots" };
    readonly Option<int> k = new("--k") { Description = "Places on the shortlist", DefaultValueFactory = _ => 10 };
    readonly Option<bool> noExposure = new("--no-exposure") { Description = "Rank also what few have seen" };
    readonly Option<string?> ties = new("--ties") { Description = "listed: ties in the order of the file instead of the seed" };

    public CountOptions()
    {
        groups.AcceptOnlyFromAmong("age", "sex", "district", "neighborhood", "voting_method");
        ties.AcceptOnlyFromAmong("listed");
        damping.Validators.Add(o => { if (o.GetValueOrDefault<long?>() is < 1 or > 1_000_000_000) o.AddError("--damping takes a number from 1 to 1000000000."); });
        k.Validators.Add(o => { if (o.GetValueOrDefault<int>() is < 1 or > 100) o.AddError("--k takes a number from 1 to 100."); });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(groups);
        command.Options.Add(damping);
        command.Options.Add(k);
        command.Options.Add(noExposure);
        command.Options.Add(ties);
    }

    public ElectionCountOptions Read(ParseResult parsed) => new()
    {
        Groups = parsed.GetValue(groups) is { } by ? VoterGroups.Parse(by) : Grouping.None,
        Damping = parsed.GetValue(damping),
        K = parsed.GetValue(k),
        NoExposure = parsed.GetValue(noExposure),
        TiesListed = parsed.GetValue(ties) is not null,
    };

    public static ElectionFile ReadElection(string path)
    {
        try { return ElectionFile.Read(path); }
        catch (ElectionFileException e) { throw new Refused(e.Line > 0 ? $"{path}:{e.Line}" : path, e.Reason); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new Refused(path, e.Message); }
    }
}
