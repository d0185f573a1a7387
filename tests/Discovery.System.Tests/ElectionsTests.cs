using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.SystemTests;

public sealed class ElectionsTests
{
    static readonly string[] Balanced = ["--groups", "age", "--damping", "30", "--no-exposure", "--ties", "listed"];

    [Fact]
    public async Task An_imported_election_counts_as_the_file_does_and_as_other_engines_do()
    {
        Needed.Program();
        var file = Needed.Data("pabulib", "Poland_Krakow_2024_Lagiewniki-Borek_Falecki.pb");
        using var folder = new Folder();
        var import = await TheProgram.RunAsync(["import", file, "--data", folder.File("data"), "--bundle", folder.File("bundle.json"), "--json", .. Balanced]);
        Assert.True(import.Code == 0, import.Errors);
        var imported = JsonDocument.Parse(import.Output).RootElement;

        var rank = await TheProgram.RunAsync(["rank", file, .. Balanced]);
        Assert.True(rank.Code == 0, rank.Errors);
        var ranked = JsonDocument.Parse(rank.Output).RootElement;
        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(file + ".expected.json", TestContext.Current.CancellationToken)).RootElement;
        var names = expected.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToList();
        var order = expected.GetProperty("balanced").GetProperty("ranked_pairs_tb_order (tie_breaker=0..M-1)").GetProperty("result").Ints().ConvertAll(i => names[i]);
        Assert.Equal(order, Strings(imported, "consensus"));
        Assert.Equal(order, Strings(ranked, "consensus"));
        Assert.Equal(expected.GetProperty("V").GetInt32(), imported.GetProperty("ballots").GetInt32());

        var recount = await TheProgram.RunAsync("recount", folder.File("bundle.json"));
        Assert.True(recount.Code == 0, recount.Errors);
    }

    [Fact]
    public async Task The_named_cases_of_the_method_are_reproduced_by_the_program()
    {
        Needed.Program();
        var file = Needed.Data("core-cases", "named.json");
        var run = await TheProgram.RunAsync("rank", "--cases", file);
        Assert.True(run.Code == 0, run.Errors);
        var (cases, results) = (JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsArray(), JsonNode.Parse(run.Output)!.AsArray());
        Assert.Equal(cases.Count, results.Count);
        for (var i = 0; i < cases.Count; i++)
            foreach (var (key, value) in cases[i]!["expected"]!.AsObject()) Assert.True(JsonNode.DeepEquals(value, results[i]![key]), $"{cases[i]!["name"]} {key}");
    }

    static IEnumerable<string?> Strings(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(s => s.GetString());
}
