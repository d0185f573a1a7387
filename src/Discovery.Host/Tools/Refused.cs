namespace Discovery.Host.Tools;

/// <summary>A tool says no to its input: one line on standard error says where and why, and the exit code is 1.</summary>
internal sealed class Refused(string where, string why) : Exception($"{where}: {why}")
{
    public static string ReadFile(string path)
    {
        try { return File.ReadAllText(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new Refused(path, e.Message); }
    }
}
