namespace Discovery.Testing;

/// <summary>Where the sources lie, and the folder of open election data beside them.</summary>
public static class Repository
{
    static readonly Lazy<string> Found = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside the repository.");
    });

    public static string Folder => Found.Value;

    public static string At(params string[] path) => Path.Combine([Folder, .. path]);

    /// <summary>A file of ../shared/data, or null where that folder is absent.</summary>
    public static string? Data(params string[] path) =>
        Path.GetFullPath(Path.Combine([Folder, "..", "shared", "data", .. path])) is var file && File.Exists(file) ? file : null;
}
