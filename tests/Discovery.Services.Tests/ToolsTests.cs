namespace Discovery.ServicesTests;

public sealed class ToolsTests
{
    [Theory]
    [InlineData("broken.pb", "META\nkey;value\nnum_votes;2\nPROJECTS\nproject_id;cost\n1;10\nVOTES\nvoter_id;vote\n1;7\n")]
    [InlineData("broken.soi", "# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n1: 1,3\n")]
    [InlineData("empty.pb", "")]
    [InlineData("picture.png", "not an election")]
    public async Task A_broken_file_is_refused_by_its_line_and_changes_nothing(string name, string content)
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder.File(name), content, TestContext.Current.CancellationToken);
        var import = await TheProgram.RunAsync("import", folder.File(name), "--data", folder.File("data"));
        Assert.Equal(1, import.Code);
        Assert.StartsWith(folder.File(name), import.Errors, StringComparison.Ordinal);
        Assert.Single(import.Errors.TrimEnd().Split('\n'));
        Assert.Empty(import.Output);
        Assert.False(Directory.Exists(folder.File("data")));
    }
}
