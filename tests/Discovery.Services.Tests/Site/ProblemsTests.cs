using System.Net.Http.Json;
using System.Text;

namespace Discovery.ServicesTests.Site;

public sealed class ProblemsTests(Everybody everybody)
{
    readonly DiscoveryApp app = everybody.App;

    [Fact]
    public async Task Every_refusal_is_problem_details()
    {
        var town = await app.Town;
        var round = await app.CollectingRound();
        var voter = app.AsVoter(town.Firms[1].Person);
        (int Status, Task<HttpResponseMessage> Asked)[] refusals =
        [
            (401, app.Anonymous.GetAsync(round.Api("voting", "/ballot"))),
            (401, app.WithToken("nonsense").GetAsync(round.Api("voting", "/ballot"))),
            (403, voter.PostAsJsonAsync(round.Api("voting", "/electors"), Array.Empty<int>())),
            (403, voter.PostAsJsonAsync(round.Api("proposals", "/ballot-list"), new { })),
            (404, app.Anonymous.GetAsync("/api/voting/rounds/no-such-round")),
            (404, app.Anonymous.GetAsync("/api/voting/no/such/path")),
            (404, app.Anonymous.GetAsync(round.Api("aggregation"))),
            (405, voter.PatchAsJsonAsync(round.Api("voting", "/ballot"), new { })),
            (409, app.AsTool().PostAsJsonAsync(round.Api("rounds", "/publish"), new { })),
            (400, app.AsTool().PostAsync("/api/rounds", new StringContent("{", Encoding.UTF8, "application/json"))),
            (400, app.AsTool().PostAsJsonAsync("/api/identity/import", new { organisations = new[] { new { kind = "firm" } } })),
        ];
        foreach (var (status, asked) in refusals)
        {
            var problem = await asked.Refused();
            Assert.Equal((status, "application/problem+json", status), (problem.Status, problem.MediaType, problem.Body.GetProperty("status").GetInt32()));
            Assert.NotEmpty(problem.Body.Text("title")!);
        }
    }

    [Fact]
    public async Task Wrong_fields_are_named_in_the_language_of_the_asker()
    {
        var problem = await app.AsTool().PostAsJsonAsync("/api/rounds", new { slug = "Not A Slug", k = 0 }).Refused();
        Assert.Equal(400, problem.Status);
        var errors = problem.Body.GetProperty("errors");
        Assert.True(errors.TryGetProperty("slug", out var slug) && errors.TryGetProperty("k", out _) && errors.TryGetProperty("region", out _), problem.ToString());
        var russian = app.AsTool();
        russian.DefaultRequestHeaders.AcceptLanguage.Clear();
        russian.DefaultRequestHeaders.AcceptLanguage.Add(new("ru"));
        var other = (await russian.PostAsJsonAsync("/api/rounds", new { slug = "Not A Slug" }).Refused()).Body.GetProperty("errors").GetProperty("slug");
        Assert.Matches(@"\p{IsCyrillic}", other[0].GetString());
        Assert.DoesNotMatch(@"\p{IsCyrillic}|^rounds\.", slug[0].GetString());
    }
}
