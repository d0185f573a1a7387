using System.Text.Json.Nodes;

namespace Discovery.Ranking.Tests;

public sealed class ElectionFileTests
{
    private const string Orders = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 5\n# NUMBER UNIQUE ORDERS: 2\n"
        + "# ALTERNATIVE NAME 1: Harbour\n# ALTERNATIVE NAME 2: Mill\n# ALTERNATIVE NAME 3: Bridge\n3: 1,{2,3}\n2: 3\n";

    private const string Budget = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;100\nvote_type;approval\nmax_length;2\n"
        + "PROJECTS\nproject_id;cost;name\nA;50;\"Path; paved, \"\"wide\"\"\"\nB;70;Bench\nVOTES\nvoter_id;vote;age\n1;A,B;30\n2;B;\n";

    [Theory]
    [InlineData("3: 1,{2,3}", "3: 1,{2,9}", 8, "unknown alternative '9'")]
    [InlineData("3: 1,{2,3}", "3: 1,{2,1}", 8, "alternative 1 stands twice in the order")]
    [InlineData("3: 1,{2,3}", "x: 1,{2,3}", 8, "The count of an order is not a whole number: 'x'")]
    [InlineData("3: 1,{2,3}", "3: 1,{2,3", 8, "'{' without '}'")]
    [InlineData("3: 1,{2,3}", "3: 1,2}", 8, "'}' without '{'")]
    [InlineData("3: 1,{2,3}", "3: ", 8, "unknown alternative ''")]
    [InlineData("3: 1,{2,3}", "4: 1,{2,3}", 9, "NUMBER VOTERS is 5 in the header, but the file has 6")]
    [InlineData("2: 3\n", "", 8, "NUMBER VOTERS is 5 in the header, but the file has 3")]
    [InlineData("NUMBER ALTERNATIVES: 3", "NUMBER ALTERNATIVES: 4", 9, "NUMBER ALTERNATIVES is 4 in the header, but the file has 3")]
    [InlineData("TYPE: toi", "TYPE: soi", 8, "a tie in a strict order (.soi)")]
    [InlineData("TYPE: toi", "TYPE: toc", 9, "an incomplete order where all are complete (.toc)")]
    [InlineData("# NUMBER VOTERS: 5\n", "", 0, "the header '# NUMBER VOTERS' is missing")]
    public void A_malformed_order_file_names_line_and_reason(string old, string changed, int line, string reason) =>
        Refused(Orders.Replace(old, changed), "x.toi", line, reason);

    [Theory]
    [InlineData("1;A,B;30", "1;A,C;30", 14, "unknown project 'C'")]
    [InlineData("1;A,B;30", "1;A,A;30", 14, "project 'A' stands twice on the ballot")]
    [InlineData("1;A,B;30", "1;A,B", 14, "2 fields under 3 column names")]
    [InlineData("max_length;2", "max_length;1", 14, "2 projects on the ballot, max_length is 1")]
    [InlineData("max_length;2", "max_length;two", 8, "max_length is not a whole number: 'two'")]
    [InlineData("num_votes;2", "num_votes;3", 15, "num_votes is 3, but the file has 2")]
    [InlineData("num_projects;2", "num_projects;1", 15, "num_projects is 1, but the file has 2")]
    [InlineData("B;70;Bench", "B;dear;Bench", 11, "cost is not a number: 'dear'")]
    [InlineData("B;70;Bench", "A;70;Bench", 11, "project 'A' is listed twice")]
    [InlineData("project_id;cost", "id;cost", 9, "the section PROJECTS has no column 'project_id'")]
    [InlineData("VOTES\nvoter_id;vote;age\n1;A,B;30\n2;B;\n", "", 11, "the section VOTES is missing")]
    [InlineData("META\n", "", 1, "the file does not start with the section META")]
    [InlineData("vote_type;approval", "vote_type;magic", 8, "unknown vote_type 'magic'")]
    [InlineData("vote_type;approval", "vote_type;cumulative", 13, "the section VOTES has no column 'points'")]
    public void A_malformed_budget_file_names_line_and_reason(string old, string changed, int line, string reason) =>
        Refused(Budget.Replace(old, changed), "x.pb", line, reason);

    [Theory]
    [InlineData("3,x", "The number of points is not a whole number: 'x'")]
    [InlineData("3,-1", "The number of points is not a whole number: '-1'")]
    [InlineData("3", "1 points for 2 projects")]
    [InlineData("3,1", "4 points on the ballot, max_sum_points is 3")]
    public void Points_are_checked(string points, string reason) => Refused(
        Budget.Replace("approval", "cumulative\nmax_sum_points;3").Replace("vote;age", "vote;points").Replace("A,B;30", "A,B;" + points), "x.pb", 15, reason);

    [Fact]
    public void An_unknown_ending_is_refused() =>
        Refused(Orders, "x.doc", 0, "'x.doc' is neither .soc, .soi, .toc, .toi nor .pb");

    [Fact]
    public void Byte_order_mark_line_ends_and_quoted_fields_are_legal()
    {
        var file = Read("\uFEFF" + Budget.Replace("\n", "\r\n"), "x.pb");
        Assert.Equal("Path; paved, \"wide\"", file.Proposals[0].Name);
        Assert.Equal(2, file.Votes.Count);
        Assert.Equal("100", file["budget"]);
        Assert.Equal(5, Read("\uFEFF" + Orders.Replace("\n", "\r\n"), "x.toi").Votes.Sum(v => v.Count));
    }

    [Theory]
    [InlineData("pabulib", ".pb")]
    [InlineData("nswla", ".soi")]
    [InlineData("textbook", ".toi", ".toc", ".soc")]
    [InlineData("prefvoting-minimal", ".soc")]
    public void What_is_written_reads_back_the_same(string folder, params string[] endings)
    {
        foreach (var name in Shared.Names(folder, endings).Where(n => new FileInfo(Shared.DataFile(folder, n)).Length < 1_000_000))
        {
            var file = ElectionFile.Read(Shared.DataFile(folder, name));
            var text = new StringWriter();
            file.Write(text, name);
            var again = Read(text.ToString(), name);

            Assert.Equal(file.Kind, again.Kind);
            Assert.Equal(file.Meta.OrderBy(x => x.Key), again.Meta.OrderBy(x => x.Key));
            Assert.Equal(file.Proposals.Select(p => (p.Id, p.Name)), again.Proposals.Select(p => (p.Id, p.Name)));
            Assert.All(file.Proposals.Zip(again.Proposals), x => Assert.Equal(x.First.Columns, x.Second.Columns));
            Assert.Equal(file.Votes.Count, again.Votes.Count);
            Assert.All(file.Votes.Zip(again.Votes), x =>
            {
                Assert.Equal(x.First.Count, x.Second.Count);
                Assert.Equal(x.First.Tiers, x.Second.Tiers);
                Assert.Equal(x.First.Values, x.Second.Values);
                Assert.Equal(x.First.Voter, x.Second.Voter);
            });
        }
    }

    [Fact]
    public void A_budget_can_be_written_as_orders()
    {
        var text = new StringWriter();
        Read(Budget, "x.pb").Write(text, "x.toi");
        Assert.Contains("1: {1,2}\n1: 2\n", text.ToString());
        Assert.Throws<ElectionFileException>(() => Read(Budget, "x.pb").Write(new StringWriter(), "x.soc"));
    }

    [Fact]
    public void A_file_is_counted_by_groups_with_its_own_ids()
    {
        var json = JsonNode.Parse(ElectionCount.Run(Read(Budget, "x.pb"), new() { Groups = Grouping.Age, Damping = 1, K = 1, TiesListed = true }))!;
        Assert.Equal("""{"ballots":2,"consensus":["B","A"],"groups":{"25-39":1,"unknown":1},"shortlist":["B"]}""", json.ToJsonString());
    }

    [Fact]
    public void A_file_without_votes_is_counted_too()
    {
        var file = Read(Budget.Replace("1;A,B;30\n2;B;\n", "").Replace("num_votes;2", "num_votes;0"), "x.pb");
        Assert.Equal("{\"ballots\":0,\"consensus\":[\"A\",\"B\"],\"groups\":{},\"shortlist\":[]}", ElectionCount.Run(file, new() { TiesListed = true }));
    }

    private static ElectionFile Read(string text, string name) => ElectionFile.Read(new StringReader(text), name);

    private static void Refused(string text, string name, int line, string reason)
    {
        var refused = Assert.Throws<ElectionFileException>(() => Read(text, name));
        Assert.Equal((line, reason), (refused.Line, refused.Reason));
    }
}
