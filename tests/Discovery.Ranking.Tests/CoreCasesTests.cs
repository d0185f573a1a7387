using System.Text.Json.Nodes;

namespace Discovery.Ranking.Tests;

public sealed class CoreCasesTests
{
    [Theory]
    [InlineData("named.json", 20)]
    [InlineData("fuzz.json", 150)]
    public void Every_core_case_is_reproduced_to_the_last_digit(string file, int cases)
    {
        var json = File.ReadAllText(Shared.DataFile("core-cases", file));
        var tests = JsonNode.Parse(json)!.AsArray();
        var results = JsonNode.Parse(CoreCases.Run(json))!.AsArray();

        Assert.Equal(cases, results.Count);
        for (var i = 0; i < cases; i++)
        {
            var (expected, actual) = (tests[i]!["expected"]!.AsObject(), results[i]!.AsObject());
            Assert.Equal(expected.Select(x => x.Key).Order(), actual.Select(x => x.Key).Order());
            foreach (var (key, value) in expected)
            {
                Assert.True(JsonNode.DeepEquals(value, actual[key]),
                    $"{tests[i]!["name"]} {key}: expected {value!.ToJsonString()}, got {actual[key]!.ToJsonString()}");
            }
        }
    }
}
