using System.Net.Http.Json;

namespace Discovery.ServicesTests.Voting;

public sealed class RefusedBallotTests(OpenVote vote) : IClassFixture<OpenVote>
{
    [Theory]
    [InlineData("""{"tiers":[[99]]}""", "voting.ballot.unknown")]
    [InlineData("""{"tiers":[[0]]}""", "voting.ballot.unknown")]
    [InlineData("""{"tiers":[[3],[4],[3]]}""", "voting.ballot.duplicate")]
    [InlineData("""{"tiers":[[3,3]]}""", "voting.ballot.duplicate")]
    [InlineData("""{"tiers":[[3],[6]]}""", "voting.ballot.withdrawn")]
    [InlineData("""{"tiers":[[2],[3],[4],[5],[6]]}""", "voting.ballot.toomany")]
    [InlineData("""{"tiers":[]}""", "voting.ballot.empty")]
    [InlineData("""{}""", "voting.ballot.empty")]
    [InlineData("""{"tiers":[[3],[]]}""", "voting.ballot.emptytier")]
    [InlineData("""{"tiers":[null]}""", "voting.ballot.emptytier")]
    [InlineData("""{"tiers":[[3]],"approved":[4]}""", "voting.ballot.approved")]
    [InlineData("""{"tiers":[[3]],"approved":[3,3]}""", "voting.ballot.approved")]
    [InlineData("""{"tiers":[[1],[3]]}""", "voting.ballot.own")]
    public async Task A_ballot_that_cannot_be_counted_as_meant_is_refused(string ballot, string code)
    {
        var problem = await vote.App.MustRefuseAsync(vote.Round, vote.App.AsVoter(vote.Town.Firms[0].Person), ballot);
        Assert.Equal((400, code), (problem.Status, problem.Code));
        Assert.NotEmpty(problem.Detail!);
    }

    [Theory]
    [InlineData("""{"tiers":[[3""")]
    [InlineData("""{"tiers":"three"}""")]
    [InlineData("""{"tiers":[["three"]]}""")]
    [InlineData("""{"tiers":[[3.5]]}""")]
    [InlineData("""{"tiers":[[99999999999]]}""")]
    [InlineData("""{"as":"somebody","tiers":[[3]]}""")]
    [InlineData("""{"tiers":[[3]] /* because */}""")]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task What_is_not_a_ballot_at_all_is_a_bad_request(string body) =>
        Assert.Equal(400, (await vote.App.MustRefuseAsync(vote.Round, vote.App.AsVoter(vote.Town.Firms[1].Person), body)).Status);

    [Fact]
    public async Task A_proposal_of_an_affiliate_is_not_on_the_ballot()
    {
        var problem = await vote.App.MustRefuseAsync(vote.Round, vote.App.AsVoter(vote.Town.Family[3].Person), """{"tiers":[[2]]}""");
        Assert.Equal("voting.ballot.own", problem.Code);
        var mine = await vote.App.AsVoter(vote.Town.Family[3].Person).Get(vote.Round.Api("voting", "/ballot"));
        Assert.Equal([2], mine.GetProperty("unseen").Ints());
    }

    [Theory]
    [InlineData("nobody", 401, null)]
    [InlineData("a broken token", 401, null)]
    [InlineData("a stranger", 403, "voting.stranger")]
    [InlineData("an official", 403, "voting.official")]
    [InlineData("an auditor", 403, "voting.official")]
    [InlineData("an official of another region", 403, "voting.official")]
    [InlineData("the institute", 403, "voting.stranger")]
    [InlineData("a tool", 403, "voting.stranger")]
    public async Task Who_is_not_of_the_electorate_has_no_ballot(string who, int status, string? code)
    {
        var http = who switch
        {
            "nobody" => vote.App.Anonymous,
            "a broken token" => vote.App.WithToken("CfDJ8nonsense"),
            "a stranger" => vote.App.AsVoter(Guid.NewGuid()),
            "an official" => vote.App.As("official"),
            "an auditor" => vote.App.As("auditor"),
            "the institute" => vote.App.AsVoter(vote.Town.Institute.Person),
            "a tool" => vote.App.AsTool(),
            _ => vote.App.As("official", "elsewhere"),
        };
        var problem = await vote.App.MustRefuseAsync(vote.Round, http, """{"tiers":[[3]]}""");
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Nobody_votes_for_an_organisation_of_somebody_else()
    {
        var problem = await vote.App.MustRefuseAsync(vote.Round, vote.App.AsVoter(vote.Town.Firms[1].Person), $$"""{"as":"{{vote.Town.Firms[2].Subject}}","tiers":[[3]]}""");
        Assert.Equal((403, "voting.notyours"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Who_acts_for_two_organisations_says_for_which()
    {
        var hats = vote.App.AsVoter(vote.Town.TwoHats.Person);
        Assert.Equal((400, "voting.choose"), await vote.App.MustRefuseAsync(vote.Round, hats, """{"tiers":[[3]]}""") is var p ? (p.Status, p.Code) : default);
        var receipt = await vote.Round.CastAsync(vote.Town.TwoHats, new { @as = vote.Town.Universities[1].Subject, tiers = new[] { new[] { 3 } } });
        Assert.Equal(1, receipt.Revision);
    }

    [Fact]
    public async Task There_is_nothing_to_withdraw_before_a_ballot_was_cast()
    {
        var before = await vote.App.EntriesAsync(vote.Round);
        Assert.Equal("voting.noballot", (await vote.App.AsVoter(vote.Town.Firms[4].Person).DeleteAsync(vote.Round.Api("voting", "/ballot")).Refused()).Code);
        await vote.Round.CastAsync(vote.Town.Firms[4], 3);
        await vote.Round.WithdrawAsync(vote.Town.Firms[4]);
        Assert.Equal("voting.noballot", (await vote.App.AsVoter(vote.Town.Firms[4].Person).DeleteAsync(vote.Round.Api("voting", "/ballot")).Refused()).Code);
        Assert.Equal(before + 2, await vote.App.EntriesAsync(vote.Round));
    }

    [Fact]
    public async Task A_proposal_is_withdrawn_once_and_only_with_a_reason()
    {
        var path = vote.Round.Api("voting", "/withdrawn-proposals");
        var tool = vote.App.AsTool();
        var before = await vote.App.EntriesAsync(vote.Round);
        Assert.Equal("voting.withdrawn.already", (await tool.PostAsJsonAsync(path, new { number = 6, reason = "again" }).Refused()).Code);
        Assert.Equal("voting.ballot.unknown", (await tool.PostAsJsonAsync(path, new { number = 60, reason = "who" }).Refused()).Code);
        Assert.True((await tool.PostAsJsonAsync(path, new { number = 5 }).Refused()).Body.GetProperty("errors").TryGetProperty("reason", out _));
        Assert.Equal(403, (await vote.App.AsVoter(vote.Town.Firms[1].Person).PostAsJsonAsync(path, new { number = 5, reason = "I say so" }).Refused()).Status);
        Assert.Equal(403, (await vote.App.As("official", "elsewhere").PostAsJsonAsync(path, new { number = 5, reason = "I say so" }).Refused()).Status);
        Assert.Equal(before, await vote.App.EntriesAsync(vote.Round));
    }

    [Fact]
    public async Task An_owner_family_has_sixteen_ballots()
    {
        foreach (var member in vote.Town.Family.Take(16)) await vote.Round.CastAsync(member, 3, 4);
        var problem = await vote.App.MustRefuseAsync(vote.Round, vote.App.AsVoter(vote.Town.Family[16].Person), """{"tiers":[[3]]}""");
        Assert.Equal((409, "voting.family"), (problem.Status, problem.Code));
        // Who has a ballot already may change it.
        Assert.Equal(2, (await vote.Round.CastAsync(vote.Town.Family[0], 4, 3)).Revision);
    }
}
