using System.Diagnostics;

namespace Discovery.Testing;

/// <summary>The program <c>discovery</c> as a process: the published one of <c>DISCOVERY_APP</c>, else the one built with the tests.</summary>
public static class TheProgram
{
    public static string? Published => Environment.GetEnvironmentVariable("DISCOVERY_APP") is { Length: > 0 } path && File.Exists(path) ? path : null;

    public static ProcessStartInfo Start(params string[] arguments) => Published is { } published
        ? new(published, arguments)
        : new("dotnet", [Path.Combine(AppContext.BaseDirectory, "discovery.dll"), .. arguments]);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = Start(arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try { await process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException) { process.Kill(); throw new TimeoutException($"discovery {string.Join(' ', arguments)} did not end"); }
        return (process.ExitCode, await output, await errors);
    }
}
