namespace Discovery.Ranking.Tests;

/// <summary>The folder of open election data beside the repository; tests that need it are skipped without it.</summary>
internal static class Shared
{
    private static readonly Lazy<string?> Data = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        if (folder is null) return null;
        var data = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
        return Directory.Exists(data) ? data : null;
    });

    public static string DataFile(params string[] path)
    {
        Assert.SkipWhen(Data.Value is null, "The election data (../shared/data) is not there.");
        return Path.Combine([Data.Value!, .. path]);
    }

    /// <summary>Names of the files of a folder, for theories; one empty name when the data is absent.</summary>
    public static IEnumerable<string> Names(string folder, params string[] endings)
    {
        if (Data.Value is null) return ["absent"];
        return Directory.GetFiles(Path.Combine(Data.Value, folder)).Select(f => Path.GetFileName(f)!)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
    }
}
