using System.CommandLine;

namespace Discovery.Host.Tools;

internal static class DataOption
{
    /// <summary><c>--data DIR</c>: the embedded installation that a tool works on; else <c>DISCOVERY_DATA</c>, else <c>data</c> below the working directory.</summary>
    public static Option<string> New() => new("--data")
    {
        Description = "Folder of the embedded installation (default: DISCOVERY_DATA, else data)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DISCOVERY_DATA") ?? "data",
    };
}
