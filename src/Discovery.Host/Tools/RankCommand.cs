using System.CommandLine;
using System.Text.Json;
using Discovery.Ranking;

namespace Discovery.Host.Tools;

/// <summary><c>discovery rank FILE</c>: counts an election file, or checks the named cases of the method, without any server.</summary>
internal static class RankCommand
{
    public static Command Describe()
    {
        var file = new Argument<string?>("FILE") { Description = "A .pb, .soc, .soi, .toc or .toi file", Arity = ArgumentArity.ZeroOrOne };
        var cases = new Option<string?>("--cases") { Description = "A JSON array of cases; prints an array of their exact results" };
        var json = new Option<bool>("--json") { Description = "Accepted for likeness with import: the answer is always JSON" };
        var count = new CountOptions();
        var command = new Command("rank", "Count a file without a server") { file, cases, json };
        count.AddTo(command);
        command.Validators.Add(c => { if (c.GetValue(file) is null == c.GetValue(cases) is null) c.AddError("rank takes either FILE or --cases FILE."); });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(cases) is { } path)
            {
                try { Console.WriteLine(CoreCases.Run(Refused.ReadFile(path))); }
                catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException) { throw new Refused(path, e.Message); }
                return 0;
            }
            Console.WriteLine(ElectionCount.Run(CountOptions.ReadElection(parsed.GetValue(file)!), count.Read(parsed)));
            return 0;
        });
        return command;
    }
}
